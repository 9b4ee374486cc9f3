/* Which columns of a list are shown, where the list is whole in the page: their numbers alone are kept, by browser.
 *
 * What is left out is said by rules of style and not by the cells, for the page draws rows anew whenever it likes.
 */
(function () {
  "use strict";
  const ekasih = (window.ekasih = window.ekasih || {});
  const KEY = "ekasih.list.";
  const NAME = /^[a-z][a-z-]*\.(\d{1,2})$/;
  const sheet = new CSSStyleSheet();

  // Which columns of the list are left out, from what was kept of it: never the first, and none that it does not have.
  function leftOut(list, kept) {
    const columns = Number((NAME.exec(list) || [])[1] || 0);
    const said = String(kept || "").split(" ").map(Number);
    return [...new Set(said)].filter((column) => Number.isInteger(column) && column > 1 && column <= columns).sort((a, b) => a - b);
  }

  // What the style says of a list: each column that is left out, and on the box that some are.
  function rules(list, left) {
    if (!NAME.test(list) || !left.length) {
      return [];
    }
    const at = `[data-ek-list="${list}"]`;
    const cells = left.map((column) => `${at} table > * > tr > :nth-child(${column})`).join(", ");
    const columns = Number(NAME.exec(list)[1]);
    return [`${cells} { display: none !important; }`, `${at} > .ek-columns > summary::after { content: " ${columns - left.length}/${columns}"; }`];
  }

  function kept() {
    try {
      return Object.entries(window.localStorage).filter(([key]) => key.startsWith(KEY));
    } catch (_refused) {
      return [];
    }
  }

  const chosen = new Map(); // by list: which columns are left out

  function draw() {
    sheet.replaceSync([...chosen].flatMap(([list, left]) => rules(list, left)).join("\n"));
  }

  function keep(list, left) {
    chosen.set(list, left);
    draw();
    try {
      window.localStorage.setItem(KEY + list, left.join(" "));
    } catch (_refused) {
      // a private window
    }
  }

  function tick(list, column, name) {
    const box = ekasih.make("input", { type: "checkbox" });
    box.checked = !(chosen.get(list) || []).includes(column);
    box.addEventListener("change", () => {
      const others = (chosen.get(list) || []).filter((other) => other !== column);
      keep(list, leftOut(list, [...others, ...(box.checked ? [] : [column])].join(" ")));
    });
    return ekasih.make("label", {}, box, " ", name);
  }

  // The heads may be in another language, or others, since the box was last open.
  function fill(box) {
    const list = box.parentElement.dataset.ekList;
    const head = box.parentElement.querySelector("thead > tr");
    const names = [...(head ? head.cells : [])].map((cell) => cell.textContent.trim());
    const ticks = names.map((name, place) => (place && name ? tick(list, place + 1, name) : null)).filter(Boolean);
    box.querySelector(".ek-columns-choice").replaceChildren(...ticks);
  }

  document.addEventListener(
    "toggle",
    (event) => {
      const box = event.target instanceof Element && event.target.matches(".ek-columns[open]") ? event.target : null;
      if (box && box.parentElement.matches("[data-ek-list]")) {
        fill(box);
      }
    },
    true,
  );

  // Escape, or a press elsewhere, shuts the box.
  document.addEventListener("keydown", (event) => {
    const box = event.key === "Escape" && event.target instanceof Element && event.target.closest(".ek-columns[open]");
    if (box) {
      box.open = false;
      box.querySelector("summary").focus();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    for (const box of document.querySelectorAll(".ek-columns[open]")) {
      box.open = box.contains(event.target);
    }
  });

  for (const [key, value] of kept()) {
    chosen.set(key.slice(KEY.length), leftOut(key.slice(KEY.length), value));
  }
  draw();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  ekasih.listColumns = { leftOut, rules };
})();
