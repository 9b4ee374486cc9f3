/* Which columns of a table are drawn. */
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { anything, load, plain } = require("./browser");

const window = load(["grid.js"], { matchMedia: anything(), addEventListener: anything(), localStorage: anything() });
const { shown } = window.ekasih.columns;

test("columns that a person left out are not drawn, and all others are", () => {
  assert.deepEqual(plain(shown(["status", "area"], ["area"], false)), { on: ["status"], off: ["area"] });
  assert.deepEqual(plain(shown(["status", "area"], ["gone"], false)), { on: ["status", "area"], off: [] });
});

test("on a narrow screen the first column says it all", () => {
  assert.deepEqual(plain(shown(["status", "area"], [], true)), { on: [], off: ["status", "area"] });
});
