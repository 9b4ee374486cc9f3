/* What the worklist page does in the browser: reads its table anew when another list or district is chosen. */
(function () {
  "use strict";

  const grid = window.ekasih.pagedGrid("tasks-rows", ["status", "perCapita", "area"], 108);
  const readAnew = (view) => (grid.readAnew() ? view : window.dash_clientside.no_update);


  function narrow(district, view) {
    const next = { ...view, in: district };
    if (!district) {
      delete next.in;
    }
    return JSON.stringify(next) === JSON.stringify(view) ? window.dash_clientside.no_update : next;
  }

  // Which rows are ticked: their numbers, and nothing else of them.
  const ticked = (rows) => (rows || []).map((row) => row.id);

  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_tasks: { readAnew, narrow, ticked } });
})();
