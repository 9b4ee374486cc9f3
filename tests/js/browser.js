/* Loads scripts of the app outside of a browser: into a window that has no more than is handed in. */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");
const { webcrypto } = require("node:crypto");

const FOLDER = path.join(__dirname, "..", "..", "dashboard", "assets", "js");

// What may be read, called and made without end, for scripts that look around while they load.
function anything() {
  return new Proxy(function () {}, {
    get: (_target, name) => (name === Symbol.toPrimitive ? () => "" : name === Symbol.iterator ? function* () {} : anything()),
    set: () => true,
    apply: () => anything(),
    construct: () => anything(),
  });
}

// The window in which the scripts named have run, in this order.
function load(names, given = {}) {
  const window = Object.defineProperties({ crypto: webcrypto }, Object.getOwnPropertyDescriptors(given));
  window.window = window;
  vm.createContext(window);
  for (const name of names) {
    vm.runInContext(fs.readFileSync(path.join(FOLDER, name), "utf8"), window, { filename: name });
  }
  return window;
}

const scriptsIn = (folder) => fs.readdirSync(path.join(FOLDER, folder)).filter((name) => name.endsWith(".js")).sort();
const all = () => [...scriptsIn("."), ...scriptsIn("pages").map((name) => path.join("pages", name))];

// What comes out of another window has another Object; the same told in this one.
const plain = (value) => JSON.parse(JSON.stringify(value));

module.exports = { all, anything, load, plain };
