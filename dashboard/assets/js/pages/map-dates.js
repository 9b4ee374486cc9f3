/* The map at two dates: its choices, its table, and two maps that look at the same place. */
(function () {
  "use strict";

  const KEYS = ["map-dates-one", "map-dates-other"];
  const FIELDS = [["map-dates-measure", "measure", "poor"], ["map-dates-level", "level", null], ["map-dates-first", "dari", null], ["map-dates-second", "hingga", "now"]];
  const hold = () => window.dash_clientside.no_update;
  const causes = () => window.dash_clientside.callback_context.triggered.map((item) => item.prop_id.split(".")[0]);
  const NEAR = 0.75; // pixels: so close two views are one
  const linked = new Map();
  let moved = null; // the map that was moved last, until the other has followed

  /* ---------------------------------------------------------- both maps */

  function follow(map, key) {
    linked.set(key, map);
    map.on("move", () => {
      // in the frame after: a map that is moved in the midst of the other's moving is drawn halfway
      const waits = moved !== null;
      moved = moved || map;
      if (!waits) {
        window.requestAnimationFrame(catchUp);
      }
    });
  }

  const open = (map) => map && map.getContainer().isConnected && map.getContainer().clientWidth > 0;

  function catchUp() {
    const map = moved;
    const other = [...linked.values()].find((one) => one !== map);
    if (open(map) && open(other) && !together(map, other)) {
      other.setView(map.getCenter(), map.getZoom(), { animate: false });
    }
    moved = null;
  }

  /* Whether both show the same; then none has to follow, and no following leads back. */
  function together(one, other) {
    const zoom = one.getZoom();
    return zoom === other.getZoom() && one.project(one.getCenter(), zoom).distanceTo(one.project(other.getCenter(), zoom)) < NEAR;
  }

  if (window.L) {
    window.L.Map.addInitHook(function () {
      this.whenReady(() => {
        const frame = this.getContainer().closest("[data-ek-map]");
        if (frame && KEYS.includes(frame.dataset.ekMap)) {
          follow(this, frame.dataset.ekMap);
        }
      });
    });
  }

  /* ----------------------------------------------------------- choices */

  /* A choice that differs from the view changes it; a click on an area leads into it. */
  function choose(measure, level, first, second, one, other, view) {
    const next = { ...view };
    const touched = causes();
    const values = [measure, level, first, second];
    FIELDS.forEach(([id, name, none], place) => {
      const value = values[place];
      // several at once were set by the page itself, which says what the view left open
      if (touched.length === 1 && touched.includes(id) && value) {
        if (value === none) {
          delete next[name];
        } else {
          next[name] = value;
        }
      }
    });
    const picked = touched.some((id) => id.endsWith("-picked")) && (touched.includes(KEYS[0] + "-picked") ? one : other);
    if (picked && picked.code) {
      next.in = picked.code;
      delete next.level;
    }
    return JSON.stringify(next) === JSON.stringify(view) ? hold() : next;
  }

  /* ------------------------------------------------------------- table */

  function table(told) {
    const drawn = document.getElementById("map-dates-table");
    if (!told || !drawn) {
      return hold();
    }
    const make = (...all) => window.ekasih.make(...all);
    const number = (place) => (place === 1 ? "" : "ek-number");
    drawn.replaceChildren(
      make("caption", { class: "ek-sr" }, told.caption),
      make("thead", null, make("tr", null, told.head.map((text, place) => make("th", { scope: "col", class: number(place) }, text)))),
      make("tbody", null, told.rows.map((row) => make("tr", null, row.map((text, place) => make(place === 1 ? "th" : "td", place === 1 ? { scope: "row" } : { class: "ek-number" }, text))))),
    );
    return told.rows.length;
  }

  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_dates: { choose, table } });
})();
