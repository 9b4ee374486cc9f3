/* A whole row opens its record: by mouse anywhere in it, by Enter from any cell of a table that pages. */
(function () {
  "use strict";
  const ROWS = ".ek-grid .ag-row, .ek-ruled > tbody > tr, .ek-cleanse-table > tbody > tr";
  const OWN = "a, button, input, label, select, textarea, summary, [role=checkbox], [role=combobox], [col-id=ag-Grid-SelectionColumn]";

  // The link that a row stands for: the one marked so, else the first in its first cell.
  function linkOf(row) {
    const marked = row.querySelector("a[data-ek-opens]");
    if (marked) {
      return marked;
    }
    const first = row.querySelector(".ag-cell, :scope > th, :scope > td");
    return row.matches(".ag-row") ? row.querySelector("a[href]") : first && first.querySelector("a[href]");
  }

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target || event.defaultPrevented || event.button || target.closest(OWN)) {
      return;
    }
    const row = target.closest(ROWS);
    const link = row && linkOf(row);
    // a person who marks a text to copy it does not mean to leave
    if (!link || !window.getSelection().isCollapsed) {
      return;
    }
    if (event.metaKey || event.ctrlKey) {
      window.open(link.href, "_blank", "noopener");
    } else {
      link.click();
    }
  });

  document.addEventListener(
    "keydown",
    (event) => {
      const target = event.key === "Enter" && event.target instanceof Element ? event.target : null;
      const cell = target && !target.closest(OWN) && target.closest(".ek-grid .ag-cell");
      const link = cell && linkOf(cell.closest(".ag-row"));
      if (link) {
        event.preventDefault();
        event.stopPropagation();
        link.click();
      }
    },
    true,
  );
})();
