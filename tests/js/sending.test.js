/* Visits that wait on a device are sent once each, in order, and stay where they could not be. */
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { load } = require("./browser");

// A device with visits and photographs, and a server that answers as it is told to.
function world(answerTo, { photos = [], onLine = true } = {}) {
  const entry = { case: 5, user: 7, key: "k", version: 2, visited_at: "now", form: {}, ready: true, visit: null };
  const seen = { asked: [], bodies: [], told: [], dropped: [], timers: [] };
  const kept = new Map([[5, entry]]);
  const device = {
    entries: () => [...kept.values()],
    keep: (one) => kept.set(one.case, one),
    drop: async (one) => kept.delete(one.case),
    photos: async () => photos.filter((photo) => !seen.dropped.includes(photo.key)),
    dropPhoto: async (key) => seen.dropped.push(key),
    savePhoto: async () => {},
  };
  const window = load(["forgery.js", "pages/visits-sending.js"], {
    document: { cookie: "other=1; ekasih_token=a%2Fb" },
    navigator: { onLine },
    addEventListener: () => {},
    clearTimeout: () => {},
    setTimeout: (act, after) => seen.timers.push(after),
    dispatchEvent: (event) => seen.told.push(event.detail),
    CustomEvent: function (_name, options) { this.detail = options.detail; },
    ekasih: { visits: { device } },
    fetch: async (address, options) => {
      seen.asked.push(address);
      seen.bodies.push(options.body);
      assert.equal(options.headers["X-Ekasih-Token"], "a/b");
      const { status, body } = answerTo(address, options);
      return { status, headers: { get: () => (body ? "application/json" : "text/html") }, json: async () => body };
    },
  });
  window.ekasih.visits.of(7);
  return { entry, kept, seen, flush: window.ekasih.visits.flush, states: () => seen.told.map((one) => one.state) };
}

const arrived = (address) => ({ status: 200, body: address.endsWith("/hantar") ? { visit: 40 } : {} });

test("a visit goes before its photographs, and leaves the device when all have arrived", async () => {
  const { seen, kept, flush, states } = world(arrived, { photos: [{ key: "p1" }, { key: "p2" }] });
  await flush();
  assert.deepEqual(seen.asked, ["/lawatan/5/hantar", "/lawatan/40/foto?kunci=p1", "/lawatan/40/foto?kunci=p2"]);
  assert.equal(kept.size, 0);
  assert.deepEqual(states(), ["sending", "photos", "photos", "sent"]);
});

test("a visit to a site goes to its project, and its photographs with their milestone, moment and place", async () => {
  const at = Date.UTC(2026, 10, 30, 1, 2, 3);
  const { entry, seen, kept, flush } = world((address) => ({ status: 200, body: address.endsWith("/tapak") ? { visit: 9 } : {} }), {
    photos: [{ key: "p1", phase: "semasa:2", at }],
  });
  Object.assign(entry, { kind: "site", report: 3, form: { shares: ["5"], latitude: "4.47", longitude: "101.04" } });
  await flush();
  const photo = "/projek/5/foto?kunci=p1&peringkat=semasa%3A2&saat=2026-11-30T01%3A02%3A03.000Z&lintang=4.47&bujur=101.04";
  assert.deepEqual(seen.asked, ["/projek/5/tapak", photo]);
  assert.deepEqual(JSON.parse(seen.bodies[0]), { user: 7, key: "k", version: 2, report: 3, visited_at: "now", form: entry.form });
  assert.equal(kept.size, 0);
});

test("a visit that had arrived is not sent again", async () => {
  const { entry, seen, flush } = world(arrived, { photos: [{ key: "p1" }] });
  entry.visit = 40;
  await flush();
  assert.deepEqual(seen.asked, ["/lawatan/40/foto?kunci=p1"]);
});

for (const status of [408, 429, 500, 502, 503, 504]) {
  test(`a server that is away (${status}) leaves the visit ready, to be sent again`, async () => {
    const { entry, seen, kept, flush, states } = world(() => ({ status }));
    await flush();
    assert.ok(entry.ready);
    assert.equal(kept.size, 1);
    assert.equal(seen.timers.length, 1);
    assert.equal(states().at(-1), "away");
  });
}

test("without a line nothing is asked", async () => {
  const { seen, flush, states } = world(arrived, { onLine: false });
  await flush();
  assert.deepEqual(seen.asked, []);
  assert.deepEqual(states(), ["away"]);
});

test("a session that has ended asks to sign in, and keeps the visit ready", async () => {
  const { entry, kept, flush, states } = world(() => ({ status: 401 }));
  await flush();
  assert.ok(entry.ready);
  assert.equal(kept.size, 1);
  assert.deepEqual(states(), ["sending", "sign_in"]);
});

test("a stale visit waits for its officer with what stands in the register now", async () => {
  const { entry, seen, kept, flush, states } = world(() => ({ status: 409, body: { conflict: { version: 3 } } }));
  await flush();
  assert.equal(entry.ready, false);
  assert.equal(entry.conflict, true);
  assert.equal(kept.size, 1);
  assert.equal(states().includes("conflict"), true);
  assert.deepEqual(seen.told.find((one) => one.state === "conflict").now, { version: 3 });
});

test("what the server does not accept stays with its problems", async () => {
  const { entry, kept, flush } = world(() => ({ status: 422, body: { refused: "No", problems: { reason: "required" } } }));
  await flush();
  assert.equal(entry.ready, false);
  assert.equal(entry.refused, "No");
  assert.deepEqual(entry.problems, { reason: "required" });
  assert.equal(kept.size, 1);
});

test("a photograph that is refused stays, and the others go", async () => {
  const photos = [{ key: "p1" }, { key: "p2" }];
  const answer = (address) => (address.includes("p1") ? { status: 415, body: { refused: "Not a picture" } } : arrived(address));
  const { seen, kept, flush, states } = world(answer, { photos });
  await flush();
  assert.equal(photos[0].refused, "Not a picture");
  assert.deepEqual(seen.dropped, ["p2"]);
  assert.equal(kept.size, 1);
  assert.equal(states().at(-1), "photos_refused");
});

test("what became ready while others were sent is sent as well, each once", async () => {
  const { seen, kept, flush } = world(arrived);
  await Promise.all([flush(), flush(), flush()]);
  assert.deepEqual(seen.asked, ["/lawatan/5/hantar"]);
  assert.equal(kept.size, 0);
});
