/* What is typed at the site of a project: less than before asks why, what is no percentage counts as before, all adds up by weight. */
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { anything, load, plain } = require("./browser");

const { sites } = load(["answers.js", "dom.js", "drawn.js", "pages/visits-parts.js", "pages/visits-sites.js"], {
  document: anything(), addEventListener: () => null,
}).ekasih.visits;
const WORDS = { share_wrong: "wrong", reason_needed: "why" };
const milestones = [{ weight: 20, done: "50" }, { weight: 80, done: "0" }];
const form = (shares, reason = "") => ({ shares, reason });

test("the whole is what each milestone weighs of what is done of it", () => {
  assert.equal(sites.overall(milestones, ["50", "0"]), 10);
  assert.equal(sites.overall(milestones, ["100", "12,5"]), 30);
  assert.equal(sites.overall(milestones, ["", "1000"]), 10);
});

test("less than the report before asks why, until somebody says", () => {
  assert.equal(sites.isLess(milestones, ["50", "0"]), false);
  assert.equal(sites.isLess(milestones, ["49.5", "100"]), true);
  assert.deepEqual(plain(sites.problemsOf({ milestones }, form(["49.5", "100"]), WORDS)), { reason: "why" });
  assert.deepEqual(plain(sites.problemsOf({ milestones }, form(["49.5", "100"], "Roboh"), WORDS)), {});
});

for (const typed of ["", "-1", "101", "5o", "1e1", "12.345"]) {
  test(`'${typed}' is no percentage`, () => {
    assert.deepEqual(plain(sites.problemsOf({ milestones }, form([typed, "0"]), WORDS)), { share_1: "wrong" });
  });
}
