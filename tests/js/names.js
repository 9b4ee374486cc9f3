/* Prints what Python may reach in the scripts by its name, as JSON: functions of callbacks by namespace, renderers of tables, and
 * what the map calls.
 */
"use strict";
const { all, anything, load } = require("./browser");

const LOOKED_AT = [
  "addEventListener", "CSSStyleSheet", "document", "fetch", "history", "localStorage", "location", "matchMedia", "navigator",
  "sessionStorage", "setInterval", "setTimeout", "MutationObserver", "React", "Request", "ResizeObserver",
];
const given = Object.fromEntries(LOOKED_AT.map((name) => [name, anything()]));
const window = load(all(), { ...given, JSON: { ...JSON, parse: () => ({}) } });
const named = (holder) => Object.keys(holder || {}).sort();
const functions = Object.fromEntries(Object.entries(window.dash_clientside).map(([name, holder]) => [name, named(holder)]));
const called = Object.entries(window.ekasih).flatMap(([name, holder]) =>
  typeof holder === "object" ? named(holder).map((part) => `ekasih.${name}.${part}`) : [`ekasih.${name}`],
);
process.stdout.write(JSON.stringify({ functions, renderers: named(window.dashAgGridComponentFunctions), called }));
