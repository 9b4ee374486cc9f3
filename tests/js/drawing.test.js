/* A drawn area: its corners, its sides, its size. */
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { load, plain } = require("./browser");

const { cornersOf, crossing, degrees, shapeOf, squareKm } = load(["drawing.js"]).ekasih.drawing;
const SQUARE = [[4, 101], [4, 101.1], [4.1, 101.1], [4.1, 101]];

test("corners become a closed polygon with longitude first, and come back as they were", () => {
  const shape = JSON.parse(shapeOf(SQUARE));
  assert.deepEqual(shape.coordinates[0][0], [101, 4]);
  assert.deepEqual(shape.coordinates[0][4], shape.coordinates[0][0]);
  assert.deepEqual(plain(cornersOf(JSON.stringify(shape))), SQUARE);
  assert.deepEqual(plain(cornersOf(JSON.stringify({ type: "Feature", geometry: shape }))), SQUARE);
});

test("two corners are no area yet", () => assert.equal(shapeOf(SQUARE.slice(0, 2)), ""));

test("what has holes or several parts, or is no polygon, is not edited corner by corner", () => {
  const ring = JSON.parse(shapeOf(SQUARE)).coordinates[0];
  const others = [
    "", "{", "null", "[]", "{\"features\":[]}", JSON.stringify({ type: "Point", coordinates: [101, 4] }),
    JSON.stringify({ type: "Polygon", coordinates: [ring, ring] }),
    JSON.stringify({ type: "MultiPolygon", coordinates: [[ring]] }),
    JSON.stringify({ type: "Polygon", coordinates: [[[101, 4], ["x", 4], [101, 5], [101, 4]]] }),
  ];
  assert.deepEqual(others.map((text) => cornersOf(text)), others.map(() => null));
});

test("sides that cross are named, neighbours that share a corner are not", () => {
  assert.equal(crossing(SQUARE), null);
  assert.deepEqual(plain(crossing([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]])), [1, 3]);
  assert.equal(crossing(SQUARE.slice(0, 3)), null);
});

test("a corner that lies on another side, and a way walked twice, cross as well", () => {
  assert.notEqual(crossing([[4, 101], [4, 101.2], [4.1, 101.2], [4, 101.1], [4.1, 101]]), null);
  assert.notEqual(crossing([[4, 101], [4, 101.1], [4.1, 101.1], [4, 101.1], [4, 101.05]]), null);
});

test("degrees are read with point or comma, and only where Malaysia is", () => {
  assert.equal(degrees(" 4,59 ", "latitude"), 4.59);
  assert.equal(degrees("101.08", "longitude"), 101.08);
  for (const wrong of ["", "x", "4.5.9", "101.08", "1e1", "NaN"]) {
    assert.equal(degrees(wrong, "latitude"), null, wrong);
  }
});

test("a tenth of a degree each way near the equator is some 123 square kilometres", () => {
  assert.ok(Math.abs(squareKm(SQUARE) - 123.3) < 0.3);
});
