/* Which columns of a list are left out. */
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { anything, load, plain } = require("./browser");

const kept = { "ekasih.list.jobs.4": "3", "ekasih.columns.tasks-rows": "area", "ekasih.list.x{}.3": "2" };
let drawn = "";
class Sheet {
  replaceSync(text) {
    drawn = text;
  }
}
const document = { addEventListener() {}, adoptedStyleSheets: [] };
const window = load(["columns.js"], { document, localStorage: kept, CSSStyleSheet: Sheet, Element: anything() });
const { leftOut, rules } = window.ekasih.listColumns;

test("the first column stays, whatever was kept, and so does what the list does not have", () => {
  assert.deepEqual(plain(leftOut("jobs.4", "1 2 4 4 9 x")), [2, 4]);
  assert.deepEqual(plain(leftOut("jobs.4", null)), []);
});

test("a list whose columns are others keeps none of the choice", () => {
  assert.deepEqual(plain(leftOut("jobs", "2")), []);
});

test("a rule of style names the list's own cells, and the box says how many are shown", () => {
  const [cells, said] = plain(rules("jobs.4", [3]));
  assert.match(cells, /^\[data-ek-list="jobs\.4"\] table > \* > tr > :nth-child\(3\) \{ display: none/);
  assert.match(said, /3\/4/);
  assert.deepEqual(plain(rules("jobs.4", [])), []);
});

test("what was kept is drawn before a list is there, and nothing that is no list's", () => {
  assert.match(drawn, /jobs\.4/);
  assert.doesNotMatch(drawn, /x\{\}|tasks-rows/);
});
