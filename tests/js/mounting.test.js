/* What Dash tells its store of what it has drawn. */
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { load } = require("./browser");

function store(layoutHashes) {
  const heard = [];
  const made = { heard, getState: () => ({ layoutHashes }), dispatch: (action) => heard.push(action) };
  load(["mounting.js"]).dash_stores.push(made);
  return made;
}
const drawn = (...itempath) => ({ type: "RESET_COMPONENT_STATE", payload: { itempath } });

test("that a component was drawn is heard where something changed at its place or below it, and nowhere else", () => {
  const made = store({ "components,props,children,1,props,value": { hash: 1 } });
  made.dispatch(drawn("components", "props", "children", 0));
  made.dispatch(drawn("components", "props", "children", 1, "props", "value", "props", "children"));
  assert.deepEqual(made.heard, []);
  const above = drawn("components", "props", "children", 1);
  made.dispatch(above);
  assert.deepEqual(made.heard, [above]);
});

test("everything else is heard, also what is done by a function", () => {
  const made = store({});
  const other = { type: "ON_PROP_CHANGE", payload: { itempath: ["components"] } };
  const does = () => undefined;
  made.dispatch(other);
  made.dispatch(does);
  assert.deepEqual(made.heard, [other, does]);
});

test("the list of stores is Dash's own, and keeps what was in it", () => {
  const page = load(["mounting.js"]);
  assert.equal(page.dash_stores.push({ dispatch() {}, getState() {} }), 1);
  assert.equal(page.dash_stores.length, 1);
});
