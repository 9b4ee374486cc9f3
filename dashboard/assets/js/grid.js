/* What the tables that page do in the browser: fit a narrow screen, and ask anew when the question has changed. */
(function () {
  "use strict";
  const ekasih = (window.ekasih = window.ekasih || {});
  const narrow = window.matchMedia("(max-width: 48em)");

  const watched = new WeakSet();

  // On a narrow screen the first column says it all; the grid itself must know, or it keeps the others' room.
  ekasih.pagedGrid = function (grid, others, narrowRow) {
    function fit(api) {
      const height = narrow.matches ? narrowRow : 64;
      let wrong = api.getGridOption("rowHeight") !== height;
      api.setColumnsVisible(others, !narrow.matches);
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
          api.paginationGoToFirstPage();
          api.purgeInfiniteCache();
        });
        return true;
      },
    };
  };
})();
