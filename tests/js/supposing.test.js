/* What is supposed: fields and the address say the same. */
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { load, plain } = require("./browser");

const { supposing } = load(["supposing.js"]).ekasih;

test("what is typed stands in the view, what is its default does not, and a list begins anew", () => {
  assert.deepEqual(plain(supposing.typed({ in: "08", selepas: "7" }, "pgk", 10)), { in: "08", pgk: "10" });
  assert.deepEqual(plain(supposing.typed({ pgk: "10" }, "pgk", 0)), {});
  assert.deepEqual(plain(supposing.typed({ pgk: "10" }, "pgk", "")), {});
  assert.deepEqual(plain(supposing.typed({}, "anak_umur", 7)), {});
  assert.deepEqual(plain(supposing.typed({}, "anak_miskin", true)), { anak_miskin: "1" });
  assert.deepEqual(plain(supposing.typed({ strata: "urban" }, "strata", null)), {});
});

test("a field shows what the view says", () => {
  assert.equal(supposing.shown({ pgk: "-5" }, "pgk"), -5);
  assert.equal(supposing.shown({}, "pgk"), 0);
  assert.equal(supposing.shown({}, "anak_umur"), 7);
  assert.equal(supposing.shown({ anak_miskin: "1" }, "anak_miskin"), true);
  assert.equal(supposing.shown({}, "negeri"), null);
});

test("a step up leads from a district to its state, and from there to the country", () => {
  assert.deepEqual(["0803", "08", "MY", undefined].map(supposing.above), ["08", "MY", "MY", "MY"]);
});
