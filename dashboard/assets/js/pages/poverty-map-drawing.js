/* Draws a view of the map page. The picture is asked for the moment it is wanted: on the way in before the page has been
 * put together, at a click before its parts have heard of it; what stands beside the map is written by hand.
 */
(function () {
  "use strict";

  const PAGE = "poverty-map";
  const ROUTE = "/peta/gambar";
  const HOME = "/";
  const page = (window.ekasih.povertyMap = window.ekasih.povertyMap || {});
  const byId = (id) => document.getElementById(id);
  const frame = () => document.querySelector(`[data-ek-map="${PAGE}"]`);

  let latest = null; // {key, view, abort, answer, shown, frame}: the view that was wanted last

  function keyOf(view) {
    const query = new URLSearchParams(view);
    query.sort();
    return query.toString();
  }

  function inAddress() {
    return Object.fromEntries([...new URLSearchParams(window.location.search)].reverse());
  }

  /* -------------------------------------------------------------- asking */

  async function answerTo(key, signal) {
    const headers = { Accept: "application/json" };
    const answer = await window.fetch(ROUTE + (key && "?" + key), { credentials: "same-origin", headers, signal });
    const told = await answer.json();
    if (told.sideUpdate) {
      Object.entries(told.sideUpdate).forEach(([id, props]) => window.dash_clientside.set_props(id, props));
      throw new Error("refused");
    }
    window.ekasih.maps.prepare(told.picture);
    return told;
  }

  /* What was asked for last is not asked for again; what was wanted before is no longer. */
  function ask(view, again) {
    const key = keyOf(view);
    if (latest && latest.key === key && !again) {
      return latest;
    }
    if (latest) {
      latest.abort.abort();
    }
    const one = { key, view, abort: new AbortController(), shown: null, frame: null };
    one.answer = answerTo(key, one.abort.signal).catch(() => {
      latest = latest === one ? null : latest;
      return null;
    });
    latest = one;
    return one;
  }

  /* ------------------------------------------------------------- drawing */

  /* Draws a view, unless it is drawn; gives its answer once the areas are on the screen, and nothing where that did not come
   * or another view was wanted meanwhile. */
  function show(view, again = false) {
    const elsewhere = latest && latest.shown && latest.frame !== frame();
    const one = ask(view, again || elsewhere);
    if (!one.shown) {
      one.frame = frame();
      one.shown = one.answer.then((told) => told && put(one, told));
    }
    return one.shown;
  }

  async function put(one, told) {
    await window.ekasih.maps.prepare(told.picture);
    if (latest !== one || !byId("poverty-map-table")) {
      return null;
    }
    // what takes room from the map changes first, so that it is drawn once
    page.reflect(one.view);
    write("poverty-map-legend", told.legend);
    const status = await window.ekasih.maps.paint(told.picture);
    byId("poverty-map-trouble").hidden = status.state !== "failed";
    await window.ekasih.maps.seen();
    write("poverty-map-most", told.most);
    write("poverty-map-unbounded", told.unbounded);
    page.table.show({ rows: told.rows, area: told.step.area }, one.view);
    return told;
  }

  function write(id, parts) {
    byId(id).replaceChildren(...window.ekasih.built(parts));
  }

  if (window.location.pathname === HOME) {
    ask(inAddress(), false);
    // what is drawn around and over it comes meanwhile
    const { around, places } = document.documentElement.dataset;
    [around, places].filter(Boolean).forEach((url) => window.ekasih.ground.collection(url));
  }
  if (window.L) {
    window.L.Map.addInitHook(function () {
      this.whenReady(() => this.getContainer().closest(`[data-ek-map="${PAGE}"]`) && show(inAddress()));
    });
  }

  Object.assign(page, { show, wanted: () => latest && (page.moment ? page.moment(latest.view) : latest.view) });
})();
