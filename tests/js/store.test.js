/* What a device keeps, for whom, and that a device that keeps nothing loses nothing while the page is open. */
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { load, plain } = require("./browser");

function deviceWith(entries = {}) {
  const device = { ...entries };
  const methods = {
    getItem: (name) => (Object.hasOwn(device, name) ? device[name] : null),
    setItem: (name, text) => (device[name] = text),
    removeItem: (name) => delete device[name],
  };
  for (const [name, method] of Object.entries(methods)) {
    Object.defineProperty(device, name, { value: method, enumerable: false, configurable: true });
  }
  return device;
}

function storeOn(window) {
  return load(["answers.js", "dom.js", "drawn.js"], window).ekasih.drawn.store("ekasih.kes.");
}

const refusing = () => Object.defineProperty({}, "localStorage", { get: () => { throw new Error("private"); }, enumerable: true });

test("what one user kept of a case is read again, and by no other", () => {
  const localStorage = deviceWith();
  storeOn({ localStorage }).keep(7, 12, { version: 3 });
  const again = storeOn({ localStorage });
  assert.deepEqual(plain(again.get(7, 12)), { version: 3 });
  assert.equal(again.get(8, 12), null);
  assert.equal(again.get(7, 1), null);
  assert.deepEqual(plain(again.of(7)), [{ version: 3 }]);
  assert.deepEqual(plain(again.of(70)), []);
});

test("user 1 is not user 12", () => {
  const store = storeOn({ localStorage: deviceWith() });
  store.keep(12, 3, { of: 12 });
  assert.deepEqual(plain(store.of(1)), []);
  assert.equal(store.all().length, 1);
});

test("wiping takes all of this kind, of whichever user, and nothing else", () => {
  const localStorage = deviceWith({ "ekasih.rail": "open", "ekasih.lawatan.7.1": "{}" });
  const store = storeOn({ localStorage });
  store.keep(7, 12, { a: 1 });
  store.keep(8, 13, { a: 2 });
  store.wipe();
  assert.deepEqual(Object.keys(localStorage).sort(), ["ekasih.lawatan.7.1", "ekasih.rail"]);
});

test("what is dropped is gone, and the rest stays", () => {
  const store = storeOn({ localStorage: deviceWith() });
  store.keep(7, 12, { a: 1 });
  store.keep(7, 13, { a: 2 });
  store.drop(7, 12);
  assert.equal(store.get(7, 12), null);
  assert.deepEqual(plain(store.of(7)), [{ a: 2 }]);
});

test("a device that is full or private keeps nothing, so the page does", () => {
  const full = deviceWith();
  Object.defineProperty(full, "setItem", { value: () => { throw new Error("full"); } });
  for (const window of [{ localStorage: full }, refusing()]) {
    const store = storeOn(window);
    store.keep(7, 12, { a: 1 });
    assert.deepEqual(plain(store.of(7)), [{ a: 1 }]);
    store.wipe();
    assert.equal(store.get(7, 12), null);
  }
});
