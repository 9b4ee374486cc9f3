/* What the map page does in the browser: keeps its choices and its address together, takes the next step in or out,
 * draws and sorts the table, asks for the households in view. */
(function () {
  "use strict";

  const COUNTRY = "MY";
  const COUNTS = ["poor", "tegar", "miskin", "reach_aided"]; // measures that circles can show
  const hold = () => window.dash_clientside.no_update;
  const byId = (id) => document.getElementById(id);
  const causes = () => window.dash_clientside.callback_context.triggered.map((item) => item.prop_id.split(".")[0]);
  const make = (...all) => window.ekasih.make(...all);
  const set = (id, props) => window.dash_clientside.set_props(id, props);

  /* ------------------------------------------------------------- choices */

  const CHOICES = [
    ["measure", "poor"],
    ["strata", "all"],
    ["level", null],
    ["month", "now"],
    ["scheme", "quantiles"],
    ["k", "5"],
  ];
  const LEVEL = CHOICES.findIndex(([name]) => name === "level");
  let step = {};
  let view = {};

  /* The controls follow the view, and the view what was touched of them. A control that is set by an answer reports what
   * it was given: that is no choice, since it agrees with the view; nor does it undo one that is made in that moment. */
  function choose(asked, ...rest) {
    const values = rest.slice(0, CHOICES.length);
    const [only, households, known] = rest.slice(CHOICES.length);
    const touched = causes();
    const now = asked || {};
    const next = touched.includes("poverty-map-view") ? now : chosen(now, values, only, households, known, touched);
    if (JSON.stringify(sorted(next)) !== JSON.stringify(sorted(now))) {
      return [next, ...values.map(hold), hold(), hold()];
    }
    view = now;
    reflect();
    // what is as it should be already is left alone: each control that is set is drawn again
    const changed = (held, wanted) => (JSON.stringify(held) === JSON.stringify(wanted) ? hold() : wanted);
    const controls = CHOICES.map(([name, none], place) =>
      name === "level" ? (known || {}).level || hold() : changed(values[place], now[name] || none),
    );
    const chips = now.only ? now.only.split(".") : [];
    return [hold(), ...controls, changed(only || [], chips), changed(Boolean(households), now.points === "1")];
  }

  function chosen(now, values, only, households, known, touched) {
    const next = { ...now };
    CHOICES.forEach(([name, none], place) => {
      if (name !== "level" && touched.includes("poverty-map-" + (name === "k" ? "classes" : name))) {
        keep(next, name, values[place] === none ? "" : values[place]);
      }
    });
    // a list of levels that changes empties its field
    const level = values[LEVEL];
    if (touched.includes("poverty-map-level") && level && level !== (now.level || (known || {}).level)) {
      keep(next, "level", level);
    }
    if (touched.includes("poverty-map-chips")) {
      keep(next, "only", (only || []).join("."));
    }
    if (touched.includes("poverty-map-households")) {
      keep(next, "points", households ? "1" : "");
    }
    return next;
  }

  function keep(view, name, value) {
    if (value) {
      view[name] = value;
    } else {
      delete view[name];
    }
  }

  function sorted(view) {
    return Object.keys(view).sort().map((name) => [name, view[name]]);
  }

  /* --------------------------------------------------------------- tools */

  /* The buttons above the map say what the view is. */
  function reflect() {
    for (const button of document.querySelectorAll("[data-ek-map-tool]")) {
      const tool = button.dataset.ekMapTool;
      if (tool === "position") {
        button.setAttribute("aria-pressed", String(view.position === "true"));
        button.hidden = Boolean(view.in && view.in !== COUNTRY);
      } else if (tool === "bubbles") {
        button.setAttribute("aria-pressed", String(view.marks === "bubbles"));
        button.hidden = !COUNTS.includes(view.measure || COUNTS[0]);
      }
    }
    for (const link of document.querySelectorAll("[data-ek-map-file]")) {
      const kind = link.dataset.ekMapFile;
      link.href = link.dataset.ekRoute + "?" + new URLSearchParams({ ...view, as: kind === "png" ? "svg" : kind });
    }
  }

  const TOOLS = {
    bubbles: () => go("marks", view.marks === "bubbles" ? "" : "bubbles"),
    position: () => go("position", view.position === "true" ? "" : "true"),
    find: () => byId("frame-find").click(),
    whole: () => {
      const stage = document.querySelector(".ek-poverty-map-map");
      (document.fullscreenElement ? document.exitFullscreen() : stage.requestFullscreen()).catch(() => null);
    },
    share: () => {
      const said = byId("poverty-map-shared");
      const copied = navigator.clipboard ? navigator.clipboard.writeText(window.location.href) : Promise.reject(new Error("copy"));
      copied.then(() => (said.textContent = said.dataset.done), () => (said.textContent = said.dataset.failed));
    },
  };

  document.addEventListener("fullscreenchange", () => {
    const button = document.querySelector('[data-ek-map-tool="whole"]');
    if (button) {
      button.setAttribute("aria-pressed", String(Boolean(document.fullscreenElement)));
    }
  });

  /* The picture in points is made of the one in lines, twice as fine. */
  async function asPoints(href) {
    const answer = await fetch(href, { credentials: "same-origin" });
    if (!answer.ok) {
      throw new Error(`picture: ${answer.status}`);
    }
    const named = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
    const drawn = new Image();
    drawn.src = URL.createObjectURL(await answer.blob());
    await drawn.decode();
    const canvas = document.createElement("canvas");
    canvas.width = drawn.naturalWidth * 2;
    canvas.height = drawn.naturalHeight * 2;
    canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(drawn.src);
    const points = await new Promise((done) => canvas.toBlob(done, "image/png"));
    const link = make("a", { href: URL.createObjectURL(points), download: (named ? named[1] : "ekasih.svg").replace(/svg$/, "png") });
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest('[data-ek-map-file="png"]');
    if (link) {
      event.preventDefault();
      asPoints(link.href).catch(() => window.location.assign(link.href));
    }
  });

  function go(name, value) {
    const next = { ...view };
    keep(next, name, value);
    set("poverty-map-view", { data: next });
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-ek-map-tool]");
    if (button && byId("poverty-map-heading")) {
      TOOLS[button.dataset.ekMapTool](button);
    }
  });

  /* --------------------------------------------------------------- steps */

  function into(view, code) {
    const { level, only, ...next } = view || {};
    keep(next, "in", code === COUNTRY ? "" : code);
    return next;
  }

  function take(picked, up, view) {
    const cause = causes()[0];
    if (window.ekasih.povertyMap.busy()) {
      return hold();
    }
    if (cause === "poverty-map-picked" && picked && picked.code !== step.area) {
      set("poverty-map-view", { data: into(view, picked.code) });
    } else if (cause === "poverty-map-up" && up && step.up) {
      set("poverty-map-view", { data: into(view, step.up) });
    }
    return hold();
  }

  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.key !== "Backspace" || event.defaultPrevented || !byId("poverty-map-heading") || !target) {
      return;
    }
    if (!target.closest("input, textarea, select, [contenteditable], [role=combobox]")) {
      event.preventDefault();
      set("poverty-map-up", { data: { at: Date.now() } });
    }
  });

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const link = target && target.closest("a[data-ek-into]");
    if (link && !(event.metaKey || event.ctrlKey || event.shiftKey || event.button)) {
      event.preventDefault();
      set("poverty-map-picked", { data: { code: link.dataset.ekInto, at: Date.now() } });
    }
    const sorter = target && target.closest("button[data-ek-sort]");
    if (sorter) {
      set("poverty-map-sort", { data: { by: Number(sorter.dataset.ekSort), up: sorter.dataset.ekUp === "true" } });
    }
    const compared = target && target.closest("button[data-ek-compare]");
    if (compared) {
      go("with", compared.dataset.ekCompare === view.with ? "" : compared.dataset.ekCompare);
    }
    const asked = target && target.closest("button[data-ek-compare-with]");
    if (asked) {
      window.ekasih.pickArea(asked.dataset.ekCompareWith, view.in || COUNTRY, (code) => go("with", code));
    }
    const toggle = target && target.closest("[data-ek-toggle]");
    if (toggle) {
      const open = byId(toggle.dataset.ekToggle).toggleAttribute("data-open");
      toggle.setAttribute("aria-expanded", String(open));
    }
  });

  /* -------------------------------------------------------------- answer */

  const HANDED_OUT = ["legend", "rows", "step", "levels", "months", "unbounded", "trail", "most"]; // in the order of the outputs

  /* Hands out the rest of an answer once the map is to be seen; lists that are as they were are left alone. */
  function handOut(rest, levels, months) {
    if (!rest) {
      return HANDED_OUT.map(hold);
    }
    // whoever goes on at once goes on from the map that is drawn
    step = rest.step;
    const shown = { levels, months };
    const given = HANDED_OUT.map((name) => {
      const same = name in shown && JSON.stringify(rest[name]) === JSON.stringify(shown[name]);
      return same ? hold() : rest[name];
    });
    return new Promise((answer) => {
      const done = () => answer(given);
      // the next frame draws, and has been on the screen when the second after it begins
      const after = (frames, then) => window.requestAnimationFrame(() => (frames > 1 ? after(frames - 1, then) : then()));
      after(3, () => window.setTimeout(done, 0));
      // a page that is not looked at has no frames
      window.setTimeout(done, 250);
    });
  }

  /* --------------------------------------------------------------- table */

  const NAME = -1;
  const MENDED = 7;
  const SMALL = 8;
  const CHANGE = 2;

  function value(row, by) {
    return by === NAME ? row[1] : row[3 + by][0];
  }

  function order(rows, by, up) {
    const sign = up ? 1 : -1;
    return rows.slice().sort((one, other) => {
      // what is no place stands below all places
      if (Boolean(one[MENDED]) !== Boolean(other[MENDED])) {
        return one[MENDED] ? 1 : -1;
      }
      // a change from a handful of households leads no list
      if (by === CHANGE && one[SMALL] !== other[SMALL]) {
        return one[SMALL] ? 1 : -1;
      }
      const [a, b] = [value(one, by), value(other, by)];
      if (a === null || b === null) {
        return (a === null) - (b === null) || one[1].localeCompare(other[1], "ms");
      }
      return (by === NAME ? a.localeCompare(b, "ms") : a - b) * sign || one[1].localeCompare(other[1], "ms");
    });
  }

  function head(data, by, up) {
    const column = (label, place, number) => {
      const here = place === by;
      const next = here ? !up : place === NAME;
      const arrow = make("span", { class: "ek-poverty-map-arrow", "aria-hidden": "true" }, here ? (up ? "▲" : "▼") : "");
      const title = data.words.sort.replace("{column}", label);
      const button = make("button", { type: "button", title, "data-ek-sort": place, "data-ek-up": String(next) }, label, arrow);
      const sorted = here ? (up ? "ascending" : "descending") : null;
      return make("th", { scope: "col", class: number ? "ek-number" : "", "aria-sort": sorted }, button);
    };
    return make(
      "tr",
      null,
      make("th", { scope: "col", class: "ek-number ek-poverty-map-rank" }, data.words.rank),
      column(data.words.area, NAME, false),
      data.words.columns.map((label, place) => column(label, place, true)),
    );
  }

  /* Puts an area beside the one that is looked at, or takes it away again. */
  function comparer(code, name, data, view) {
    const label = data.words.compare.replace("{area}", name);
    const pressed = String((view || {}).with === code);
    return make("button", { type: "button", class: "ek-poverty-map-compare", title: label, "aria-label": label, "aria-pressed": pressed, "data-ek-compare": code }, "⇄");
  }

  function line(row, data, view) {
    const [code, name, rank] = row;
    const here = code === data.selected;
    const query = new URLSearchParams(into(view, code)).toString();
    const href = "/" + (query ? "?" + query : "");
    const link = make("a", { href, "data-ek-into": code, "aria-current": here ? "true" : null }, name);
    return make(
      "tr",
      { "data-area": code, class: (here ? "ek-poverty-map-here" : "") + (row[MENDED] ? " ek-poverty-map-apart" : "") },
      make("td", { class: "ek-number ek-poverty-map-rank" }, rank === null ? "" : String(rank)),
      make("th", { scope: "row" }, make("div", { class: "ek-poverty-map-name" }, link, row[MENDED] ? null : comparer(code, name, data, view)), row[MENDED] ? make("a", { href: row[MENDED], class: "ek-poverty-map-mend" }, data.words.mend) : null),
      row.slice(3, 6).map(([, text]) => make("td", { class: "ek-number" }, text)),
    );
  }

  /* Drawn by hand: as components, a hundred rows would slow down every step on the page. */
  function table(data, sort, view) {
    const drawn = byId("poverty-map-table");
    if (!data || !drawn) {
      return hold();
    }
    if (causes().includes("poverty-map-rows")) {
      leave();
    }
    const by = sort ? sort.by : data.ranked;
    const up = sort ? sort.up : false;
    const ordered = order(data.rows, by, up);
    const rows = ordered.map((row) => line(row, data, view));
    const apart = by === CHANGE ? ordered.findIndex((row) => row[SMALL] && !row[MENDED]) : -1;
    if (apart >= 0) {
      const told = make("th", { colspan: 5, scope: "rowgroup", class: "ek-poverty-map-small" }, data.words.small);
      rows.splice(apart, 0, make("tr", null, told));
    }
    const none = make("tr", null, make("td", { colspan: 5 }, data.words.none));
    const focus = focusIn(drawn);
    drawn.replaceChildren(
      make("caption", { class: "ek-sr" }, data.words.caption),
      make("thead", null, head(data, by, up)),
      make("tbody", null, rows.length ? rows : none),
    );
    const again = focus && drawn.querySelector(focus);
    if (again) {
      again.focus({ preventScroll: true });
    }
    return hold();
  }

  /* How what has the focus in the table is found again, when the table has been drawn anew. */
  function focusIn(drawn) {
    const focused = document.activeElement;
    if (!focused || !drawn.contains(focused)) {
      return null;
    }
    const { ekSort, ekInto, ekCompare } = focused.dataset;
    if (ekCompare !== undefined) {
      return `[data-ek-compare="${window.CSS.escape(ekCompare)}"]`;
    }
    return ekSort === undefined ? `[data-ek-into="${window.CSS.escape(ekInto || "")}"]` : `[data-ek-sort="${ekSort}"]`;
  }

  const report = (status) => !status || status.state !== "failed";

  /* A step taken in the table takes its row away: the focus goes to the name of where one has come, once it is there. */
  let area = null;
  let expected = false;

  function leave() {
    const moved = area !== null && area !== step.area;
    area = step.area;
    const within = document.activeElement && document.activeElement.closest(".ek-poverty-map-table");
    expected = expected || Boolean(moved && within);
  }

  function arrive() {
    if (expected) {
      expected = false;
      window.ekasih.forms.lead(() => byId("poverty-map-heading"), { centred: window.innerWidth <= 768 });
    }
    return hold();
  }

  const clientside = (window.dash_clientside = window.dash_clientside || {});
  clientside.ekasih_poverty_map = Object.assign(clientside.ekasih_poverty_map || {}, { choose, take, handOut, table, report, arrive });
})();
