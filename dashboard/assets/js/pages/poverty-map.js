/* What the map page does in the browser: keeps its choices and its address together, takes the next step in or out,
 * asks for the households in view. */
(function () {
  "use strict";

  const COUNTRY = "MY";
  const COUNTS = ["poor", "tegar", "miskin", "reach_aided"]; // measures that circles can show
  const hold = () => window.dash_clientside.no_update;
  const byId = (id) => document.getElementById(id);
  const causes = () => window.dash_clientside.callback_context.triggered.map((item) => item.prop_id.split(".")[0]);
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const page = (window.ekasih.povertyMap = window.ekasih.povertyMap || {});

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
    if (!touched.includes("poverty-map-view")) {
      const now = page.wanted() || asked || {};
      const next = chosen(now, values, only, households, known, touched);
      if (JSON.stringify(sorted(next)) !== JSON.stringify(sorted(now))) {
        go(next);
      }
      return [...values.map(hold), hold(), hold()];
    }
    const now = asked || {};
    // what is as it should be already is left alone: each control that is set is drawn again
    const changed = (held, wanted) => (JSON.stringify(held) === JSON.stringify(wanted) ? hold() : wanted);
    const controls = CHOICES.map(([name, none], place) =>
      name === "level" ? (known || {}).level || hold() : changed(values[place], now[name] || none),
    );
    const chips = now.only ? now.only.split(".") : [];
    return [...controls, changed(only || [], chips), changed(Boolean(households), now.points === "1")];
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
  page.reflect = function (shown) {
    view = shown;
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
    page.timed(shown);
  };

  const TOOLS = {
    bubbles: () => turn("marks", view.marks === "bubbles" ? "" : "bubbles"),
    position: () => turn("position", view.position === "true" ? "" : "true"),
    time: () => page.time.turn(),
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

  /* The map is drawn first; what else follows the view is told when the areas are on the screen. What cannot be drawn
   * is not gone to. */
  async function go(next) {
    const told = await page.show(next);
    if (told) {
      set("poverty-map-view", { data: next });
    } else if (!page.wanted()) {
      set("poverty-map-view", { data: { ...view } });
    }
  }

  page.go = go;

  function turn(name, value) {
    const next = { ...(page.wanted() || view) };
    keep(next, name, value);
    go(next);
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

  page.into = into;
  const enter = (code) => go(into(page.wanted() || view, code));

  function take(picked, up) {
    const cause = causes()[0];
    if (page.busy()) {
      return hold();
    }
    if (cause === "poverty-map-picked" && picked && picked.code !== step.area) {
      enter(picked.code);
    } else if (cause === "poverty-map-up" && up && step.up) {
      enter(step.up);
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
      if (!page.busy()) {
        enter(link.dataset.ekInto);
      }
    }
    const sorter = target && target.closest("button[data-ek-sort]");
    if (sorter) {
      page.table.sort(Number(sorter.dataset.ekSort), sorter.dataset.ekUp === "true");
    }
    const compared = target && target.closest("button[data-ek-compare]");
    if (compared) {
      turn("with", compared.dataset.ekCompare === view.with ? "" : compared.dataset.ekCompare);
    }
    const asked = target && target.closest("button[data-ek-compare-with]");
    if (asked) {
      window.ekasih.pickArea(asked.dataset.ekCompareWith, view.in || COUNTRY, (code) => turn("with", code));
    }
    const toggle = target && target.closest("[data-ek-toggle]");
    if (toggle) {
      const open = byId(toggle.dataset.ekToggle).toggleAttribute("data-open");
      toggle.setAttribute("aria-expanded", String(open));
    }
  });

  /* -------------------------------------------------------------- answer */

  /* Draws the view, or finds it drawn; then the controls hear what there is to choose. Lists that are as they were are left alone. */
  async function draw(asked, _changed, levels, months) {
    const told = await page.show(asked || {}, causes().includes("poverty-map-changed"));
    if (!told) {
      return [hold(), hold(), hold(), hold()];
    }
    // whoever goes on at once goes on from the map that is drawn
    step = told.step;
    const changed = (given, held) => (JSON.stringify(given) === JSON.stringify(held) ? hold() : given);
    return [told.step, changed(told.levels, levels), changed(told.months, months), told.trail];
  }

  /* A step taken in the table takes its row away: the focus goes to the name of where one has come, once it is there. */
  let area = null;
  let expected = false;

  page.leave = function (next) {
    const moved = area !== null && area !== next;
    area = next;
    const within = document.activeElement && document.activeElement.closest(".ek-poverty-map-table");
    expected = expected || Boolean(moved && within);
  };

  function arrive() {
    if (expected) {
      expected = false;
      window.ekasih.forms.lead(() => byId("poverty-map-heading"), { centred: window.innerWidth <= 768 });
    }
    return hold();
  }

  const clientside = (window.dash_clientside = window.dash_clientside || {});
  clientside.ekasih_poverty_map = Object.assign(clientside.ekasih_poverty_map || {}, { choose, take, draw, arrive });
})();
