/* Tables that are whole on the page: a press on a column's head puts the rows in its order, the third one back in their own.
 *
 * Rows belong to the page, which fills them anew where they are: so each keeps the place that it was given, and the order is made
 * again whenever something in the table has changed.
 */
(function () {
  "use strict";
  const ekasih = (window.ekasih = window.ekasih || {});
  const NUMBER = /^(?:RM)?\s?([▲▼+\u2212-]?)\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?/;
  const DAY = /^(\d\d)\/(\d\d)\/(\d{4})(?:\D+(\d\d):(\d\d))?/;
  const NOTHING = /^[\s\u2013\u2014-]*$/;

  /* ---- what a cell says, so that it can be compared ---- */

  // A day or moment, a number, or a text; null for nothing.
  function key(text) {
    const said = text.trim().replace(/\s+/g, " ");
    if (NOTHING.test(said)) {
      return null;
    }
    const day = DAY.exec(said);
    if (day) {
      return Number(day[3] + day[2] + day[1] + (day[4] || "00") + (day[5] || "00"));
    }
    const number = NUMBER.exec(said);
    // a file number or the name of a street is no number
    if (number && !/^[\w/-]*[\w]/.test(said.slice(number[0].length).replace(/^(?:,|\.$)/, ""))) {
      const value = Number(number[2].replaceAll(",", "") + (number[3] || ""));
      return "▼-\u2212".includes(number[1]) && number[1] ? -value : value;
    }
    return said.toLocaleLowerCase();
  }

  // Numbers before texts; what is nothing is last, whichever way.
  function compare(one, other, down) {
    if (one === null || other === null) {
      return (one === null) - (other === null);
    }
    const kinds = (typeof one === "string") - (typeof other === "string");
    const found = kinds || (typeof one === "number" ? one - other : one.localeCompare(other, undefined, { numeric: true }));
    return down ? -found : found;
  }

  // The places of the rows whose cells say ``texts``, in their order.
  function order(texts, down) {
    const keys = texts.map(key);
    return keys.map((_one, place) => place).sort((a, b) => compare(keys[a], keys[b], down) || a - b);
  }

  /* ---- on the page ---- */
  const tables = new WeakMap(); // by table: the column, the direction, and the place each row was given
  const wanted = new Map(); // by what a list is called, on the page that is open: a list that is drawn anew keeps its order
  const called = (table) => window.location.pathname + " " + (table.parentElement?.getAttribute("aria-label") || "");
  const redrawn = new MutationObserver(() => {
    for (const table of document.querySelectorAll("table.ek-sorts")) {
      const kept = tables.has(table) ? null : wanted.get(called(table));
      if (kept) {
        Object.assign(sortOf(table), kept);
        draw(table);
      }
    }
  });

  function sortOf(table) {
    let state = tables.get(table);
    if (!state) {
      state = { column: -1, down: false, given: new Map(), next: 0 };
      state.watch = new MutationObserver(() => draw(table));
      tables.set(table, state);
    }
    return state;
  }

  // A size in kB or MB says beside it how many bytes it is.
  function said(cell) {
    const exact = cell && cell.querySelector("[data-ek-value]");
    return exact ? exact.dataset.ekValue : cell ? cell.innerText : "";
  }

  function draw(table) {
    const state = sortOf(table);
    const body = table.tBodies[0];
    if (!body) {
      return;
    }
    state.watch.disconnect();
    for (const row of body.rows) {
      if (!state.given.has(row)) {
        state.given.set(row, (state.next += 1));
      }
    }
    const own = [...body.rows].sort((a, b) => state.given.get(a) - state.given.get(b));
    const says = (row) => said(row.cells[state.column]);
    const rows = state.column < 0 ? own : order(own.map(says), state.down).map((place) => own[place]);
    rows.forEach((row, place) => body.rows[place] === row || body.insertBefore(row, body.rows[place]));
    [...table.tHead.rows[0].cells].forEach((head, place) => {
      if (place === state.column) {
        head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      } else {
        head.removeAttribute("aria-sort");
      }
    });
    if (state.column >= 0) {
      state.watch.observe(body, { childList: true, subtree: true, characterData: true });
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-ek-order]") : null;
    const table = button && button.closest("table");
    if (!table) {
      return;
    }
    const state = sortOf(table);
    const column = button.closest("th").cellIndex;
    if (state.column !== column) {
      Object.assign(state, { column, down: false });
    } else if (!state.down) {
      state.down = true;
    } else {
      Object.assign(state, { column: -1, down: false });
    }
    if (!wanted.size) {
      redrawn.observe(document.body, { childList: true, subtree: true });
    }
    wanted.set(called(table), { column: state.column, down: state.down });
    draw(table);
  });

  ekasih.sorting = { key, order };
})();
