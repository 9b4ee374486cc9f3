/* What the values of a form come to. */
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { load, plain } = require("./browser");

const { answers } = load(["answers.js", "days.js"]).ekasih;
const form = (income, more = {}) => ({ lokasi: { town: "Ipoh", village: "" }, members: [{ key: "m1", name: "Ali", employment: income }], ...more });

test("words are filled in, and a place for which there is no value stays", () => {
  assert.equal(answers.filled("{n} of {total}, {n}", { n: 3 }), "3 of {total}, 3");
  assert.equal(answers.filled("{constructor}", { n: 3 }), "{constructor}");
  assert.equal(answers.filled("{n}", { n: 0 }), "0");
});

test("nothing, an empty text and an empty list are the same; nought and no are not nothing", () => {
  for (const nothing of [null, undefined, "", []]) {
    assert.ok(answers.empty(nothing));
    assert.ok(answers.same(nothing, null));
  }
  for (const something of [0, false, "0", [0], " "]) {
    assert.ok(!answers.empty(something));
    assert.ok(!answers.same(something, null));
  }
  assert.ok(answers.same(["a", "b"], ["a", "b"]));
  assert.ok(!answers.same(["a", "b"], ["b", "a"]));
  assert.ok(!answers.same(5, "5"));
});

test("the places of what differs are told, also of what one side alone has", () => {
  assert.deepEqual(plain(answers.changed({ a: 1, b: 2, c: "" }, { a: 1, b: 3, d: 4 })), ["b", "d"]);
});

test("a text becomes a number only when no further key can make it another", () => {
  for (const [text, number] of [["12", 12], ["12.5", 12.5], ["-3", -3], ["0", 0], [" 7 ", 7], ["1e3", 1000]]) {
    assert.equal(answers.numberIn(text), number);
  }
  for (const text of ["", " ", "0.", "0.0", "-0", "12.", "12.50", "007", "abc", "1,200", "Infinity"]) {
    assert.equal(answers.numberIn(text), text);
  }
});

test("a form is flat by row and field, without what is empty", () => {
  assert.deepEqual(plain(answers.flat(form("900"))), { "lokasi.town": "Ipoh", "m1.name": "Ali", "m1.employment": "900" });
});

test("a form is one text, however its answers are ordered", () => {
  const other = { members: [{ employment: "900", name: "Ali", key: "m1" }], lokasi: { village: "", town: "Ipoh" } };
  assert.equal(answers.asText(form("900")), answers.asText(other));
  assert.notEqual(answers.asText(form("900")), answers.asText(form("901")));
});

test("what the device kept is not taken up where there is nothing, or the same", () => {
  assert.equal(answers.restored(null, { version: 2, form: form("900") }), "none");
  assert.equal(answers.restored({ version: 1, form: form("900") }, { version: 2, form: form("900") }), "none");
});

test("what the device kept goes on where nobody else has saved since", () => {
  assert.equal(answers.restored({ version: 2, form: form("950") }, { version: 2, form: form("900") }), "own");
});

test("it goes on as well where what was saved is what was sent from here and its answer was lost", () => {
  const unheard = [answers.asText(form("900"))];
  assert.equal(answers.restored({ version: 1, form: form("950"), unheard }, { version: 2, form: form("900") }), "own");
});

test("where somebody else has saved meanwhile there are two versions", () => {
  const unheard = [answers.asText(form("910"))];
  assert.equal(answers.restored({ version: 1, form: form("950"), unheard }, { version: 2, form: form("900") }), "two");
  assert.equal(answers.restored({ version: 1, form: form("950") }, { version: 2, form: form("900") }), "two");
});

test("of two versions each field takes the side that was chosen; mine is kept only as far as there is one", () => {
  const conflict = { mine: { "a.x": "1", "a.y": "" }, theirs: { "a.x": "2", "a.y": "3", "a.z": "4" } };
  const chosen = { "a.x": "mine", "a.y": "mine", "a.z": "mine" };
  assert.deepEqual(plain(answers.settled(conflict, chosen)), { "a.x": "1", "a.y": "" });
  assert.deepEqual(plain(answers.settled(conflict, { "a.x": "theirs", "a.y": "theirs" })), { "a.x": "2", "a.y": "3" });
});

test("only rows that differ are shown beside each other", () => {
  const rows = [["Town", "Ipoh", "Ipoh"], ["Note", "", undefined], ["Income", "900", "950"]];
  assert.deepEqual(plain(answers.differing(rows)), [["Income", "900", "950"]]);
});

test("coordinates are two numbers or none, with a point or a comma", () => {
  for (const pair of [["", ""], ["4.5", "101.1"], ["4,5", "101,1"], ["-4", "101"]]) {
    assert.ok(answers.coordinatesFit(...pair), pair.join());
  }
  for (const pair of [["4.5", ""], ["", "101"], ["north", "101"], ["4.5", "1.0.1"]]) {
    assert.ok(!answers.coordinatesFit(...pair), pair.join());
  }
});

test("a key is a random UUID, also where the browser makes none", () => {
  const keys = new Set(Array.from({ length: 100 }, answers.uuid));
  assert.equal(keys.size, 100);
  for (const key of keys) {
    assert.match(key, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

test("a field is mended when it holds something else that can be read as what it asks for", () => {
  assert.ok(answers.mended("date", "31/02/1970", "28/02/1970"));
  assert.ok(!answers.mended("date", "31/02/1970", "28/02/19x"));
  assert.ok(!answers.mended("date", "31/02/1970", "31/02/1970"), "it says the same");
  assert.ok(!answers.mended("money", "banyak", ""), "nothing is no answer");
  assert.ok(!answers.mended("money", "banyak", "bany"));
  assert.ok(answers.mended("money", "banyak", "RM1,200.00"));
  assert.ok(answers.mended("text", "", "Ali"));
  assert.ok(answers.mended("choice", null, "Anak"));
  assert.ok(!answers.mended("whole", "dua", "du"));
});
