/* Days as people write them, and the month they are chosen from. */
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { load, plain } = require("./browser");

const { days } = load(["days.js"]).ekasih;
const read = (text) => (days.read(text) ? days.written(days.read(text)) : null);
const led = (text, key, isShifted) => days.written(days.led(days.read(text), key, isShifted));

test("a day is read as the server reads it, and one that is none is not", () => {
  for (const text of ["03/02/1965", "3.2.1965", "3-2-1965", "1965-02-03", " 3 2 1965 "]) {
    assert.equal(read(text), "03/02/1965");
  }
  for (const text of ["", "31/02/1970", "00/01/1970", "1/13/1970", "1970", "a/b/c", "1/1/0"]) {
    assert.equal(read(text), null);
  }
  assert.equal(read("29/02/2024"), "29/02/2024");
});

test("a month begins on a Monday and has all of its days once", () => {
  const weeks = plain(days.weeks(2026, 10)); // 1 November 2026 is a Sunday
  assert.deepEqual(weeks[0], [null, null, null, null, null, null, 1]);
  assert.deepEqual(weeks.flat().filter(Boolean), Array.from({ length: 30 }, (_none, at) => at + 1));
  assert.ok(weeks.every((week) => week.length === 7));
});

test("keys lead by day, week, month and year, and to the ends of a week", () => {
  assert.equal(led("01/03/2024", "ArrowLeft"), "29/02/2024");
  assert.equal(led("31/12/2025", "ArrowRight"), "01/01/2026");
  assert.equal(led("03/11/2026", "ArrowUp"), "27/10/2026");
  assert.equal(led("04/11/2026", "Home"), "02/11/2026");
  assert.equal(led("04/11/2026", "End"), "08/11/2026");
  assert.equal(led("31/03/2026", "PageUp"), "28/02/2026");
  assert.equal(led("29/02/2024", "PageDown", true), "28/02/2025");
  assert.equal(days.led(days.read("01/01/2026"), "a"), null);
});
