/* What the map works out without a page: what lies in a frame, where a name stands, which names have room. */
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { load, plain } = require("./browser.js");

const { ground, names } = load(["map-ground.js", "map-names.js"]).ekasih;

const square = (west, south, size) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const area = (ring) => ({ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } });

test("a ring is cut where its frame ends", () => {
  const kept = plain(ground.cut(square(104, 2, 2), "lon<105"));
  assert.equal(Math.max(...kept.map(([longitude]) => longitude)), 105);
  assert.deepEqual(plain(ground.cut(square(110, 2, 2), "lon<105")), []);
  assert.equal(ground.cut(square(100, 2, 2), "lon<105").length, 5);
});

test("Borneo is moved and neither scaled nor mixed with the Peninsula", () => {
  for (const frame of Object.values(ground.FRAMES)) {
    const shapes = { type: "FeatureCollection", features: [area(square(101, 3, 1)), area(square(114, 4, 2))] };
    const [west, east] = plain(ground.framedAreas(shapes, frame)).features.map((one) => one.geometry.coordinates[0][0]);
    assert.deepEqual(west, square(101, 3, 1));
    const [[left, bottom], [right]] = east;
    assert.ok(Math.abs(right - left - 2) < 1e-9);
    assert.ok(Math.abs(left - 114 - frame.east[0]) < 1e-9 && Math.abs(bottom - 4 - frame.east[1]) < 1e-9);
  }
});

test("a name stands inside its area where there is most room", () => {
  const bottle = [[0, 0], [4, 0], [4, 2], [2.2, 2], [2.2, 6], [1.8, 6], [1.8, 2], [0, 2], [0, 0]];
  const spot = names.anchor(area(bottle));
  assert.ok(spot.latitude < 2);
  assert.ok(Math.abs(spot.longitude - 2) < 1e-9 && Math.abs(spot.width - 4) < 1e-9);
});

test("of names that would lie on one another the first is kept", () => {
  const boxes = [[0, 10], [5, 15], [12, 20]].map(([left, right]) => ({ box: { left, right, top: 0, bottom: 10 } }));
  const taken = [];
  assert.deepEqual(names.free(boxes, taken).map(({ box }) => box.left), [0, 12]);
  assert.equal(taken.length, 2);
});
