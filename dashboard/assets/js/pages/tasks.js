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

  /* ---- the mukim that points propose: accepted by a row's own button, or for all rows that are ticked ---- */
  const proposal = (row) => ({ household: row.id, version: row.version, mukim: row.mukim });

  function accept(_pressed, inRow, rows) {
    const byRow = window.dash_clientside.callback_context.triggered.some((one) => one.prop_id.endsWith(".cellRendererData"));
    const chosen = byRow ? [inRow.value] : (rows || []).filter((row) => row.mukim).map(proposal);
    return { key: window.ekasih.answers.uuid(), rows: chosen };
  }

  const element = (tag, props, ...children) => window.React.createElement(tag, props, ...children);
  const renderers = {
    EkTaskWhy({ data, setData }) {
      if (!data) {
        return null;
      }
      const offer = data.mukim
        ? element("button", {
            type: "button", className: "ek-button ek-tasks-accept", "aria-label": data.acceptNamed,
            onClick: (event) => {
              event.currentTarget.disabled = true;
              setData(proposal(data));
            },
          }, data.accept)
        : null;
      return element("div", { className: "ek-tasks-reason" }, element("span", null, data.why), offer);
    },
  };
  window.dashAgGridComponentFunctions = Object.assign(window.dashAgGridComponentFunctions || {}, renderers);
  window.dash_clientside = Object.assign(window.dash_clientside || {}, {
    ekasih_tasks: { readAnew, narrow, accept },
  });
})();
