/* What the worklist page does in the browser: reads its table anew when another list is chosen. */
(function () {
  "use strict";

  function readAnew(view) {
    if (!window.dash_ag_grid) {
      return window.dash_clientside.no_update;
    }
    window.dash_ag_grid.getApiAsync("tugasan-rows").then((api) => {
      if (window.innerWidth < 768) {
        api.setColumnsVisible(["status", "perCapita", "area"], false);
      }
      api.paginationGoToFirstPage();
      api.purgeInfiniteCache();
    });
    return view;
  }

  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_tugasan: { readAnew } });
})();
