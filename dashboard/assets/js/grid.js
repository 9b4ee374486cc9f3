/* What the tables that page do in the browser: fit a narrow screen, show the columns that were chosen, ask anew when the question
 * has changed, and be where they were when a person comes back from a record.
 */
(function () {
  "use strict";
  const ekasih = (window.ekasih = window.ekasih || {});
  const narrow = window.matchMedia("(max-width: 48em)");
  const TICKS = "ag-Grid-SelectionColumn";
  const watched = new WeakSet();

  /* ---- which columns: names of columns alone are kept, by browser ---- */
  const KEY = "ekasih.columns.";

  function hidden(grid) {
    try {
      return (window.localStorage.getItem(KEY + grid) || "").split(" ").filter(Boolean);
    } catch (_refused) {
      return [];
    }
  }

  function keepHidden(grid, names) {
    try {
      window.localStorage.setItem(KEY + grid, names.join(" "));
    } catch (_refused) {
      // a private window
    }
  }

  // Of the columns that may be left out: which are drawn, and which are not.
  function shown(others, left, isNarrow) {
    const drawn = (name) => !isNarrow && !left.includes(name);
    return { on: others.filter(drawn), off: others.filter((name) => !drawn(name)) };
  }

  function drawChoice(grid, others, api, fit) {
    const box = document.querySelector(`[data-ek-columns="${grid}"] .ek-columns-choice`);
    if (!box || box.childElementCount) {
      return;
    }
    for (const name of others) {
      const tick = ekasih.make("input", { type: "checkbox", checked: !hidden(grid).includes(name) });
      tick.addEventListener("change", () => {
        const rest = hidden(grid).filter((other) => other !== name);
        keepHidden(grid, tick.checked ? rest : [...rest, name]);
        fit(api);
      });
      box.append(ekasih.make("label", {}, tick, " ", api.getColumnDef(name).headerName));
    }
  }

  /* ---- where one was: in the memory of this page alone, for a question may be about a person ---- */
  const places = {}; // by table: the address, the page and the order it was left at, and how far it was scrolled
  let returned = false;
  const address = () => window.location.pathname + window.location.search;

  window.addEventListener("popstate", () => (returned = true), true);
  window.addEventListener(
    "_dashprivate_pushstate",
    () => {
      returned = false;
      for (const [grid, place] of Object.entries(places)) {
        if (document.getElementById(grid)) {
          place.top = window.scrollY;
        }
      }
    },
    true,
  );

  ekasih.returned = () => returned;

  const orderOf = (api) => api.getColumnState().filter((one) => one.sort).map(({ colId, sort }) => ({ colId, sort }));

  function note(grid, api) {
    if (document.getElementById(grid)) {
      places[grid] = { address: address(), page: api.paginationGetCurrentPage(), order: orderOf(api), top: 0 };
    }
  }

  function noteChanges(grid, api) {
    for (const change of ["paginationChanged", "sortChanged"]) {
      api.addEventListener(change, () => note(grid, api));
    }
  }

  // Once the rows have come, the page that was left is there to go to.
  function comeBack(grid, api) {
    const place = returned ? places[grid] : null;
    if (!place || place.address !== address()) {
      noteChanges(grid, api);
      return;
    }
    delete places[grid];
    api.applyColumnState({ state: place.order, defaultState: { sort: null } });
    function arrive() {
      if (api.paginationGetTotalPages() <= place.page || !api.getDisplayedRowAtIndex(0)?.data) {
        return;
      }
      api.removeEventListener("modelUpdated", arrive);
      api.paginationGoToPage(place.page);
      window.setTimeout(() => window.scrollTo(0, place.top), 150);
      note(grid, api);
      noteChanges(grid, api);
    }
    api.addEventListener("modelUpdated", arrive);
  }

  // On a narrow screen the first column says it all; the grid itself must know, or it keeps the others' room.
  ekasih.pagedGrid = function (grid, others, narrowRow) {
    function fit(api) {
      const height = narrow.matches ? narrowRow : 64;
      let wrong = api.getGridOption("rowHeight") !== height;
      const { on, off } = shown(others, hidden(grid), narrow.matches);
      api.setColumnsVisible(on, true);
      api.setColumnsVisible(off, false);
      if (api.getColumn(TICKS)) {
        // its head says what it is for where there is room for words
        api.setColumnWidths([{ key: TICKS, newWidth: narrow.matches ? 44 : 76 }]);
      }
      drawChoice(grid, others, api, fit);
      api.forEachNode((node) => {
        wrong = wrong || (node.rowHeight && node.rowHeight !== height);
      });
      if (wrong) {
        // rows that came meanwhile are measured anew only when the height is another one
        api.setGridOption("rowHeight", height + 1);
        api.setGridOption("rowHeight", height);
      }
    }

    function fitColumns() {
      if (!document.getElementById(grid) || !window.dash_ag_grid) {
        return;
      }
      window.dash_ag_grid
        .getApiAsync(grid)
        .then((api) => {
          // rows that come in while the grid is being fitted may still have the first height
          if (!watched.has(api)) {
            watched.add(api);
            api.addEventListener("modelUpdated", () => fit(api));
            comeBack(grid, api);
          }
          fit(api);
        })
        .catch(() => undefined);
    }
    narrow.addEventListener("change", fitColumns);

    let asked = 0;

    // whether there is a table to ask
    return {
      readAnew() {
        if (!window.dash_ag_grid) {
          return false;
        }
        window.dash_ag_grid.getApiAsync(grid).then((api) => {
          fitColumns();
          // the same rows of another question are another request, which the request itself must say
          api.setGridOption("context", { asked: (asked += 1) });
          api.deselectAll();
          api.paginationGoToFirstPage();
          api.purgeInfiniteCache();
        });
        return true;
      },
    };
  };

  // Which rows are ticked: their numbers (with the version that was seen, where the list has it), and nothing else of them.
  const ticked = (rows) => (rows || []).map((row) => row.tick || row.id);

  // A record in the first column, which on a narrow screen says it all.
  const element = (tag, props, ...children) => window.React.createElement(tag, props, ...children);
  const renderers = {
    EkRecord({ data }) {
      if (!data) {
        return element("span", { className: "ek-row-loading" });
      }
      return element(
        "div",
        { className: "ek-row-name" },
        element("a", { href: data.href, onClick: (event) => ekasih.visit(event, data.href) }, data.name),
        element("span", { className: "ek-row-note" }, data.note),
        element("span", { className: "ek-row-small" }, data.small),
      );
    },
  };

  window.dashAgGridComponentFunctions = Object.assign(window.dashAgGridComponentFunctions || {}, renderers);
  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_grid: { ticked } });
  ekasih.columns = { shown };
})();
