/* What the worklist page does in the browser: reads its table anew when another list is chosen. */
(function () {
  "use strict";

  const grid = window.ekasih.pagedGrid("tasks-rows", ["status", "perCapita", "area"], 108);
  const readAnew = (view) => (grid.readAnew() ? view : window.dash_clientside.no_update);

  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_tasks: { readAnew } });
})();
