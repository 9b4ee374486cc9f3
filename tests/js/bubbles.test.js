"use strict";
const assert = require("node:assert");
const { test } = require("node:test");
const { anything, load, plain } = require("./browser");

const { bubbles } = load(["map-bubbles.js"], { document: anything() }).ekasih;

test("no circle lies on another, and one that touches none stays", () => {
  const near = [{ x: 10, y: 10, radius: 20 }, { x: 12, y: 10, radius: 8 }, { x: 12, y: 10, radius: 8 }, { x: 300, y: 300, radius: 30 }];
  const moved = plain(bubbles.setApart(near));
  moved.forEach((one, index) =>
    moved.slice(index + 1).forEach((other) => assert.ok(Math.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius)),
  );
  assert.ok(Math.hypot(moved[3].x - 300, moved[3].y - 300) < 0.1);
});

test("what has neither a circle nor a mark is not drawn", () => {
  const map = { latLngToContainerPoint: ([latitude, longitude]) => ({ x: longitude, y: latitude }) };
  const areas = [{ properties: { code: "08" } }, { properties: { code: "0800" } }];
  const told = ({ properties }) => (properties.code === "08" ? { name: "Perak", bubble: { radius: 9 } } : { name: "Tiada" });
  const circles = plain(bubbles.placed(map, areas, told, () => ({ latitude: 4, longitude: 101 })));
  assert.deepStrictEqual(circles.map(({ code, name, radius }) => [code, name, radius]), [["08", "Perak", 9]]);
});
