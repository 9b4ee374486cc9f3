/* Which of the views that are shown one after the other a key leads to. */
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { anything, load } = require("./browser");

const { stepOf } = load(["present.js"], { document: anything() }).ekasih;

test("arrows and the page keys move one step, and no further than the ends", () => {
  for (const key of ["ArrowRight", "ArrowDown", "PageDown"]) {
    assert.equal(stepOf(key, 0, 3), 1);
    assert.equal(stepOf(key, 2, 3), 2);
  }
  for (const key of ["ArrowLeft", "ArrowUp", "PageUp"]) {
    assert.equal(stepOf(key, 2, 3), 1);
    assert.equal(stepOf(key, 0, 3), 0);
  }
  assert.equal(stepOf("Home", 2, 3), 0);
  assert.equal(stepOf("End", 0, 3), 2);
});

test("other keys lead nowhere", () => {
  for (const key of ["a", "Enter", "Tab", " "]) {
    assert.equal(stepOf(key, 1, 3), null);
  }
});
