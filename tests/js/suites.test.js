/* A component whose suite comes later is dressed as the page is: with the names of classes by which styles and forms.js find it. */
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { test } = require("node:test");
const { anything, load } = require("./browser");

const ASSETS = path.join(__dirname, "..", "..", "dashboard", "assets");
const React = {
  Fragment: "fragment",
  createContext: () => ({ Provider: "context" }),
  createElement: (type, props, ...inside) => ({ type, props: props || {}, inside }),
  useContext: () => false,
  useEffect: () => null,
  useState: () => [null, () => null],
};

// The providers that stand around a component, from the outermost to the innermost.
function providers(element) {
  const own = element && element.type === "MantineProvider" ? [element] : [];
  return [...own, ...(element && element.inside ? element.inside.flatMap(providers) : [])];
}

function drawn(type) {
  const root = { dataset: { suites: JSON.stringify({ dash_mantine_components: "/suite.js" }), charts: "" } };
  const window = load(["suites.js"], {
    React, document: { documentElement: root, addEventListener: () => null, head: anything() },
    location: { pathname: "/kpi" }, setTimeout: () => 0,
  });
  window.dash_mantine_components = { MantineProvider: "MantineProvider", [type]: type };
  return window.dash_mantine_components[type]({});
}

for (const type of ["TextInput", "Select", "Textarea", "RadioGroup"]) {
  test(`the classes of a ${type} keep the names that stay`, () => {
    const found = providers(drawn(type));
    assert.equal(found.length, 1);
    assert.notEqual(found[0].props.withStaticClasses, false);
    assert.equal(found[0].props.classNamesPrefix, undefined);
  });
}

test("styles and forms.js do find fields by those names", () => {
  const files = fs.readdirSync(ASSETS, { recursive: true }).filter((name) => /\.(css|js)$/.test(name) && !name.includes("vendor"));
  const named = files.filter((name) => /\.mantine-\w+-\w+/.test(fs.readFileSync(path.join(ASSETS, name), "utf8")));
  assert.ok(named.includes(path.join("js", "forms.js")));
  assert.ok(named.some((name) => name.endsWith(".css")));
});
