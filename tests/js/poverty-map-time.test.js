/* The map month by month: which frames are fetched, painted and kept, and when the page follows. */
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const path = require("node:path");
const { load, plain } = require("./browser");

const MONTHS = ["2025-01", "2025-02", "2025-03", "now"].map((value) => ({ value, label: value, hidden: value === "2025-02" }));

/* The page with its slider open in January; every answer comes at once, and a wait is over when the test says so. */
async function page({ still = false, refuse = () => false } = {}) {
  const asked = [];
  const painted = [];
  const gone = [];
  const waits = [];
  const screens = []; // what waits for the next picture on the screen
  const listed = [];
  const made = [];
  const element = (tag, given, ...children) => {
    const attributes = { ...given };
    const node = {
      tag, attributes, children: children.flat(), value: attributes.value || "", textContent: "", style: {}, dataset: {}, checked: false, hidden: false,
      classList: { toggle: () => null },
      setAttribute: (name, value) => (node.attributes[name] = value),
      replaceChildren: (...parts) => (node.children = parts),
      press: () => node.attributes.onclick(),
    };
    node.parentElement = node.parentElement || { hidden: false };
    made.push(node);
    return node;
  };
  const box = element("div");
  box.dataset.words = JSON.stringify({ play: "Main", pause: "Jeda", next: "Seterusnya", back: "Sebelum", times: "{n}", scaleOne: "{month}", failed: "gagal" });
  const window = load([path.join("pages", "poverty-map-time.js")], {
    URLSearchParams,
    JSON,
    matchMedia: () => ({ matches: still }),
    setTimeout: (run) => waits.push(run),
    requestAnimationFrame: (run) => screens.push(run),
    clearTimeout: (id) => (waits[id - 1] = () => null),
    document: { getElementById: (id) => (id === "poverty-map-time" ? box : element("div")), querySelector: () => null, querySelectorAll: () => [] },
    dash_clientside: { set_props: () => null },
    fetch: async (address) => {
      asked.push(address);
      if (refuse(address)) {
        throw new Error("away");
      }
      const told = address.startsWith("/peta/garis-masa") ? { months: MONTHS, marks: [{ month: "2025-02", text: "garis" }], faded: "sembunyi" } : { picture: address, legend: null, rows: {}, area: "MY", told: address };
      return { json: async () => told };
    },
    ekasih: {
      make: element,
      built: () => [],
      maps: { paint: (picture) => painted.push(picture) },
      povertyMap: { table: { show: (rows, view) => listed.push(view.month || "now") }, go: (view) => gone.push(plain(view)) },
    },
  });
  const map = window.ekasih.povertyMap;
  map.timed({ month: "2025-01", scale: "all" });
  await settled();
  const slider = made.find((one) => one.attributes.type === "range");
  const [play] = made.filter((one) => one.tag === "button");
  return { asked, painted, gone, waits, screens, listed, map, slider, play };
}

const settled = () => new Promise((done) => setImmediate(() => setImmediate(done)));
const months = (addresses) => addresses.filter((one) => one.startsWith("/peta/bulan")).map((one) => new URLSearchParams(one.split("?")[1]).get("month"));

test("the month beside the one shown is fetched before it is wanted, and then asked for no more", async () => {
  const { asked, painted, map } = await page();
  assert.deepEqual(months(asked), ["2025-02"]);
  assert.equal(await map.time.to(1), true);
  assert.deepEqual(months(asked), ["2025-02", "2025-03"]);
  assert.equal(painted.length, 1);
  assert.match(painted[0], /month=2025-02&scale=all/);
});

test("now has no month in its address, and a hidden month says so on the slider", async () => {
  const { painted, map, slider } = await page();
  await map.time.to(1);
  assert.equal(slider.attributes["aria-valuetext"], "2025-02, sembunyi");
  await map.time.to(3);
  assert.doesNotMatch(painted[1], /month=/);
});

test("a frame that was overtaken is not painted", async () => {
  const { painted, map } = await page();
  const first = map.time.to(1);
  const second = map.time.to(2);
  assert.deepEqual([await first, await second], [false, true]);
  assert.equal(painted.length, 1);
});

test("the table follows when the map is on the screen, and that of an overtaken month not at all", async () => {
  const { listed, waits, screens, map } = await page();
  const drawn = () => [screens, screens, waits].forEach((those) => those.splice(0).forEach((run) => run()));
  await map.time.to(1);
  assert.deepEqual(listed, []);
  drawn();
  assert.deepEqual(listed, ["2025-02"]);
  await map.time.to(2);
  await map.time.to(3);
  drawn();
  assert.deepEqual(listed, ["2025-02", "now"]);
});

test("the page follows once the slider has come to rest, with the month that is shown", async () => {
  const { gone, waits, slider } = await page();
  slider.value = "2";
  slider.attributes.oninput();
  await settled();
  assert.deepEqual(gone, []);
  waits[waits.length - 1]();
  assert.deepEqual(gone, [{ month: "2025-03", scale: "all" }]);
});

test("who moves on while the page follows is not led back", async () => {
  const { gone, painted, waits, map, slider } = await page();
  slider.value = "1";
  slider.attributes.oninput();
  await settled();
  waits[waits.length - 1]();
  slider.value = "2";
  slider.attributes.oninput();
  map.timed(gone[0]);
  await settled();
  assert.equal(map.time.place(), 2);
  assert.match(painted[painted.length - 1], /month=2025-03/);
  waits[waits.length - 1]();
  assert.deepEqual(gone.map((view) => view.month), ["2025-02", "2025-03"]);
});

test("play goes on to the last month and stops there", async () => {
  const { painted, waits, play } = await page();
  play.press();
  for (let turn = 0; turn < 4; turn += 1) {
    await settled();
    waits.splice(0).forEach((run) => run());
  }
  await settled();
  assert.equal(painted.length, 3);
  assert.equal(play.attributes["aria-pressed"], "false");
});

test("who wants no movement takes a step with play, and nothing goes on by itself", async () => {
  const { painted, waits, play } = await page({ still: true });
  play.press();
  await settled();
  waits.splice(0).forEach((run) => run());
  await settled();
  assert.equal(painted.length, 1);
  assert.equal(play.textContent, "Seterusnya");
});

test("a month that does not come is told, is not painted, and is asked for again", async () => {
  let away = true;
  const { asked, painted, map } = await page({ refuse: (address) => away && address.includes("2025-03") });
  assert.equal(await map.time.to(2), false);
  away = false;
  assert.equal(await map.time.to(2), true);
  assert.equal(months(asked).filter((month) => month === "2025-03").length, 2);
  assert.equal(painted.length, 1);
});
