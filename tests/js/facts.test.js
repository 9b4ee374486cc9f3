/* Of a household's facts a visit enters what differs alone, and says how far each part is. */
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { load, plain } = require("./browser");

const { facts } = load(["answers.js", "dom.js", "drawn.js", "pages/visits-facts.js"]).ekasih.visits;
const part = {
  name: "harta", title: "Harta",
  facts: [
    { key: ".vehicle", name: "vehicle", label: "Kenderaan", of: "", text: "Motosikal", value: "Motosikal", kind: "choice" },
    { key: "7.skill", name: "skill", label: "Kemahiran", of: "Ali", text: "", value: "", kind: "choice" },
  ],
};
const shape = { words: { empty: "tiada" }, choices: { vehicle: [{ value: "Kereta", label: "Car" }] } };
const fresh = () => ({ findings: { harta: { agrees: "", note: "" } }, changes: {} });

test("a part is open until somebody says that it is the same", () => {
  const form = fresh();
  assert.equal(facts.stateOf(part, form).state, "open");
  form.findings.harta.agrees = "yes";
  assert.equal(facts.stateOf(part, form).state, "same");
});

test("one press opens a fact with what stands, which is no difference yet", () => {
  const form = fresh();
  facts.put(part, form, ".vehicle", "Motosikal");
  assert.equal(form.findings.harta.agrees, "no");
  assert.deepEqual(plain(facts.changedIn(part, form)), []);
  form.changes[".vehicle"] = "Kereta";
  assert.deepEqual(plain(facts.stateOf(part, form)), { state: "differs", n: 1 });
  assert.deepEqual(plain(facts.differences(shape, part, form)), ["Kenderaan: Motosikal → Car"]);
});

test("a fact that is put back leaves its part open again, unless something was noted", () => {
  const form = fresh();
  facts.put(part, form, "7.skill", "Jahitan");
  assert.deepEqual(plain(facts.differences(shape, part, form)), ["Ali: Kemahiran: tiada → Jahitan"]);
  facts.put(part, form, "7.skill", null);
  assert.equal(facts.stateOf(part, form).state, "open");
  form.findings.harta.note = "Dijual";
  facts.put(part, form, "7.skill", "x");
  facts.put(part, form, "7.skill", null);
  assert.equal(facts.stateOf(part, form).state, "differs");
});

test("progress counts the parts that are done and names those that are not", () => {
  const form = fresh();
  const other = { name: "lokasi", title: "Lokasi", facts: [] };
  form.findings.lokasi = { agrees: "yes", note: "" };
  assert.deepEqual(plain(facts.progress([part, other], form)), { done: 1, n: 2, open: ["Harta"] });
});

test("what was found of a member who is gone is dropped when the form is based anew", () => {
  assert.deepEqual(plain(facts.known([part], { ".vehicle": "Kereta", "9.skill": "x" })), { ".vehicle": "Kereta" });
  assert.deepEqual(plain(facts.known([part], undefined)), {});
});
