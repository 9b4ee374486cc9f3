/* The ranked table beside the map: the browser sorts and draws it, so that drawing it again asks nobody. */
(function () {
  "use strict";

  const page = (window.ekasih.povertyMap = window.ekasih.povertyMap || {});
  const make = (...all) => window.ekasih.make(...all);
  const NAME = -1;
  const MENDED = 7;
  const SMALL = 8;
  const CHANGE = 2;
  let data = null;
  let view = {};
  let sorted = null;

  function value(row, by) {
    return by === NAME ? row[1] : row[3 + by][0];
  }

  function order(rows, by, up) {
    const sign = up ? 1 : -1;
    return rows.slice().sort((one, other) => {
      // what is no place stands below all places
      if (Boolean(one[MENDED]) !== Boolean(other[MENDED])) {
        return one[MENDED] ? 1 : -1;
      }
      // a change from a handful of households leads no list
      if (by === CHANGE && one[SMALL] !== other[SMALL]) {
        return one[SMALL] ? 1 : -1;
      }
      const [a, b] = [value(one, by), value(other, by)];
      if (a === null || b === null) {
        return (a === null) - (b === null) || one[1].localeCompare(other[1], "ms");
      }
      return (by === NAME ? a.localeCompare(b, "ms") : a - b) * sign || one[1].localeCompare(other[1], "ms");
    });
  }

  function head(by, up) {
    const column = (label, place, number) => {
      const here = place === by;
      const next = here ? !up : place === NAME;
      const arrow = make("span", { class: "ek-poverty-map-arrow", "aria-hidden": "true" }, here ? (up ? "▲" : "▼") : "");
      const title = data.words.sort.replace("{column}", label);
      const button = make("button", { type: "button", title, "data-ek-sort": place, "data-ek-up": String(next) }, label, arrow);
      const sorted = here ? (up ? "ascending" : "descending") : null;
      return make("th", { scope: "col", class: number ? "ek-number" : "", "aria-sort": sorted }, button);
    };
    return make(
      "tr",
      null,
      make("th", { scope: "col", class: "ek-number ek-poverty-map-rank" }, data.words.rank),
      column(data.words.area, NAME, false),
      data.words.columns.map((label, place) => column(label, place, true)),
    );
  }

  /* Puts an area beside the one that is looked at, or takes it away again. */
  function comparer(code, name) {
    const label = data.words.compare.replace("{area}", name);
    const pressed = String(view.with === code);
    return make("button", { type: "button", class: "ek-poverty-map-compare", title: label, "aria-label": label, "aria-pressed": pressed, "data-ek-compare": code }, "⇄");
  }

  function line(row) {
    const [code, name, rank] = row;
    const here = code === data.selected;
    const query = new URLSearchParams(page.into(view, code)).toString();
    const href = "/" + (query ? "?" + query : "");
    const link = make("a", { href, "data-ek-into": code, "aria-current": here ? "true" : null }, name);
    return make(
      "tr",
      { "data-area": code, class: (here ? "ek-poverty-map-here" : "") + (row[MENDED] ? " ek-poverty-map-apart" : "") },
      make("td", { class: "ek-number ek-poverty-map-rank" }, rank === null ? "" : String(rank)),
      make("th", { scope: "row" }, make("div", { class: "ek-poverty-map-name" }, link, row[MENDED] ? null : comparer(code, name)), row[MENDED] ? make("a", { href: row[MENDED], class: "ek-poverty-map-mend" }, data.words.mend) : null),
      row.slice(3, 6).map(([, text]) => make("td", { class: "ek-number" }, text)),
    );
  }

  /* Draws the rows of an answer; sorted as the table was before, as far as there is anything to keep. */
  function show(told, within) {
    page.leave(told.area);
    data = told.rows;
    view = within;
    draw();
  }

  function sort(by, up) {
    sorted = { by, up };
    draw();
  }

  /* Drawn by hand: as components, a hundred rows would slow down every step on the page. */
  function draw() {
    const drawn = document.getElementById("poverty-map-table");
    const by = sorted ? sorted.by : data.ranked;
    const ordered = order(data.rows, by, Boolean(sorted) && sorted.up);
    const rows = ordered.map((row) => line(row));
    const apart = by === CHANGE ? ordered.findIndex((row) => row[SMALL] && !row[MENDED]) : -1;
    if (apart >= 0) {
      const told = make("th", { colspan: 5, scope: "rowgroup", class: "ek-poverty-map-small" }, data.words.small);
      rows.splice(apart, 0, make("tr", null, told));
    }
    const none = make("tr", null, make("td", { colspan: 5 }, data.words.none));
    const focus = focusIn(drawn);
    drawn.replaceChildren(
      make("caption", { class: "ek-sr" }, data.words.caption),
      make("thead", null, head(by, Boolean(sorted) && sorted.up)),
      make("tbody", null, rows.length ? rows : none),
    );
    const again = focus && drawn.querySelector(focus);
    if (again) {
      again.focus({ preventScroll: true });
    }
  }

  /* How what has the focus in the table is found again, when the table has been drawn anew. */
  function focusIn(drawn) {
    const focused = document.activeElement;
    if (!focused || !drawn.contains(focused)) {
      return null;
    }
    const { ekSort, ekInto, ekCompare } = focused.dataset;
    if (ekCompare !== undefined) {
      return `[data-ek-compare="${window.CSS.escape(ekCompare)}"]`;
    }
    return ekSort === undefined ? `[data-ek-into="${window.CSS.escape(ekInto || "")}"]` : `[data-ek-sort="${ekSort}"]`;
  }

  page.table = { show, sort };
})();
