/* Which picture the map page asks for, and what becomes of one that was overtaken or did not come. */
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const path = require("node:path");
const { load } = require("./browser");

/* The page with a map on it: what it asked for, painted and was told, each answered when the test says so. */
function page(pathname = "/", search = "") {
  const asked = [];
  const painted = [];
  const props = [];
  const element = { hidden: true, replaceChildren: () => null };
  const frame = {};
  const window = load(["dom.js", path.join("pages", "poverty-map-drawing.js")], {
    location: { pathname, search },
    URLSearchParams,
    AbortController,
    document: { documentElement: { dataset: {} }, querySelector: () => frame, getElementById: () => element },
    dash_clientside: { set_props: (id, given) => props.push([id, given]) },
    ekasih: {
      maps: { prepare: async () => null, seen: async () => null, paint: async (picture) => (painted.push(picture.url), { state: "ready" }) },
      povertyMap: { reflect: () => null, table: { show: () => null } },
    },
    fetch: (address, { signal }) =>
      new Promise((answer, fail) => {
        signal.addEventListener("abort", () => fail(new Error("aborted")));
        asked.push({ address, answer: (told) => answer({ json: async () => told }), fail });
      }),
  });
  return { asked, painted, props, map: window.ekasih.povertyMap };
}

const told = (url) => ({ picture: { url }, step: { area: "08" }, rows: {} });

test("the picture of the address is asked for on the way in, and not again when the map is there", async () => {
  const { asked, painted, map } = page("/", "?in=08&measure=tegar");
  assert.deepEqual(asked.map((one) => one.address), ["/peta/gambar?in=08&measure=tegar"]);
  const shown = map.show({ measure: "tegar", in: "08" });
  asked[0].answer(told("a"));
  assert.equal((await shown).picture.url, "a");
  assert.equal(await map.show({ in: "08", measure: "tegar" }), await shown);
  assert.equal(asked.length, 1);
  assert.deepEqual(painted, ["a"]);
});

test("another page asks for no picture", () => assert.equal(page("/kpi").asked.length, 0));

test("a view that is overtaken is never painted, whenever its answer comes", async () => {
  const { asked, painted, map } = page();
  const first = map.show({ in: "08" });
  const second = map.show({ in: "10" });
  asked[1].answer(told("late"));
  asked[2].answer(told("b"));
  assert.equal(await first, null);
  assert.equal((await second).picture.url, "b");
  assert.deepEqual(painted, ["b"]);
});

test("what did not come is asked for again, and is wanted no longer", async () => {
  const { asked, painted, map } = page("/kpi");
  const first = map.show({ in: "08" });
  asked[0].fail(new Error("away"));
  assert.equal(await first, null);
  assert.equal(map.wanted(), null);
  const again = map.show({ in: "08" });
  asked[1].answer(told("c"));
  assert.equal((await again).picture.url, "c");
  assert.deepEqual(painted, ["c"]);
});

test("a refusal changes on the page what the server says, and the map stays as it is", async () => {
  const { asked, painted, props, map } = page("/kpi");
  const shown = map.show({});
  asked[0].answer({ sideUpdate: { "frame-banner": { children: "Masuk semula" } } });
  assert.equal(await shown, null);
  assert.deepEqual(JSON.parse(JSON.stringify(props)), [["frame-banner", { children: "Masuk semula" }]]);
  assert.deepEqual(painted, []);
});

test("once a household was moved the same view is drawn anew", async () => {
  const { asked, painted, map } = page("/kpi");
  const first = map.show({});
  asked[0].answer(told("d"));
  await first;
  const again = map.show({}, true);
  asked[1].answer(told("e"));
  assert.equal((await again).picture.url, "e");
  assert.deepEqual(painted, ["d", "e"]);
});
