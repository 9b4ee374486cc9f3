/* What the queue of cases does in the browser: keeps its filters, reads its table anew, draws its rows. */
(function () {
  "use strict";
  const GRID = "cases-rows";
  const skip = () => window.dash_clientside.no_update;
  const element = (tag, props, ...children) => window.React.createElement(tag, props, ...children);
  const grid = window.ekasih.pagedGrid(GRID, ["state", "area", "assigned", "due"], 108);

  const readAnew = (view) => (grid.readAnew() ? view : skip());

  function filter(channel, mine, overdue, view) {
    const next = Object.assign({}, view);
    for (const [name, value] of [["saluran", channel], ["saya", mine ? "1" : ""], ["lewat", overdue ? "1" : ""]]) {
      if (value) {
        next[name] = value;
      } else {
        delete next[name];
      }
    }
    return JSON.stringify(next) === JSON.stringify(view) ? skip() : next;
  }

  // The button that was pressed is gone with its step: the keyboard goes on at what became of it.
  function told(message) {
    if (message) {
      window.ekasih.forms.lead(() => document.querySelector("#cases-flash:not(:empty)"));
      window.scrollTo(0, 0);
    }
    return skip();
  }

  const late = (data) => (data.late ? element("span", { className: "ek-row-note ek-late" }, data.late) : null);
  const renderers = {
    EkCase({ data }) {
      if (!data) {
        return element("span", { className: "ek-row-loading" });
      }
      const href = "/kes/" + data.id;
      return element(
        "div",
        { className: "ek-row-name" },
        element("a", { href, onClick: (event) => window.ekasih.visit(event, href) }, data.name),
        element("span", { className: "ek-row-note" }, data.number, " · ", data.channel),
        element("span", { className: "ek-row-small" }, data.stateName, " · ", data.area),
      );
    },
    EkCaseState({ data }) {
      return data ? element("span", { className: "ek-case-state ek-case-is-" + data.state }, data.stateName) : null;
    },
    EkCaseArea({ data }) {
      return data ? element("span", null, data.area) : null;
    },
    EkCaseOfficer({ data }) {
      return data ? element("span", null, data.assigned) : null;
    },
    EkCaseDue({ data }) {
      return data ? element("div", { className: "ek-row-two" }, element("span", null, data.due), late(data)) : null;
    },
  };
  window.dashAgGridComponentFunctions = Object.assign(window.dashAgGridComponentFunctions || {}, renderers);

  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_cases: { readAnew, filter, told } });
})();
