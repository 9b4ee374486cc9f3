/* In which order the cells of a column stand. */
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { anything, load, plain } = require("./browser");

const window = load(["sort.js"], { document: anything(), Element: anything(), MutationObserver: anything() });
const sorted = (texts, down = false) => plain(window.ekasih.sorting.order(texts, down)).map((place) => texts[place]);

test("days and moments are in the order of time", () => {
  assert.deepEqual(sorted(["02/01/2026", "01/03/2025", "30/12/2025"]), ["01/03/2025", "30/12/2025", "02/01/2026"]);
  assert.deepEqual(sorted(["02/01/2026 10:05", "02/01/2026 09:50"]), ["02/01/2026 09:50", "02/01/2026 10:05"]);
});

test("counts, amounts and shares are in the order of size", () => {
  assert.deepEqual(sorted(["1,204", "98", "1,034,000"]), ["98", "1,204", "1,034,000"]);
  assert.deepEqual(sorted(["RM1,250.00", "RM980.50", "RM98.00"]), ["RM98.00", "RM980.50", "RM1,250.00"]);
  assert.deepEqual(sorted(["9.5%", "10.25%", "▼ 3.0%"]), ["▼ 3.0%", "9.5%", "10.25%"]);
  assert.deepEqual(sorted(["12 MB", "3 MB"]), ["3 MB", "12 MB"]);
});

test("texts are in the order of the alphabet, the numbers within them by size", () => {
  assert.deepEqual(sorted(["KFD 10/2026", "kfd 9/2026", "Batu"]), ["Batu", "kfd 9/2026", "KFD 10/2026"]);
  assert.deepEqual(sorted(["2026-10/A", "2026-9/A"]), ["2026-9/A", "2026-10/A"]);
});

test("what is empty is last, whichever way", () => {
  assert.deepEqual(sorted(["", "b", "–", "a"]), ["a", "b", "", "–"]);
  assert.deepEqual(sorted(["", "b", "a"], true), ["b", "a", ""]);
});

test("rows that say the same keep their own order", () => {
  assert.deepEqual(plain(window.ekasih.sorting.order(["x", "a", "x", "a"], true)), [0, 2, 1, 3]);
});
