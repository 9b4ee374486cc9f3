/* What the list of requests for changes does in the browser: reads its table anew when other ones are asked for. */
(function () {
  "use strict";
  const grid = window.ekasih.pagedGrid("changes-rows", ["kind", "area", "requester", "at"], 92);
  const readAnew = (view) => (grid.readAnew() ? view : window.dash_clientside.no_update);
  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_changes: { readAnew } });
})();
