/* What the map page does in the browser: keeps its choices and its address together, takes the next step in or out,
 * draws and sorts the table, asks for the households in view. */
(function () {
  "use strict";

  const COUNTRY = "MY";
  const hold = () => window.dash_clientside.no_update;
  const byId = (id) => document.getElementById(id);
  const causes = () => window.dash_clientside.callback_context.triggered.map((item) => item.prop_id.split(".")[0]);
  const part = (type, props) => ({ namespace: "dash_html_components", type, props });
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

  /* The controls follow the view, and the view the controls: whichever was touched. */
  function choose(view, ...rest) {
    const values = rest.slice(0, CHOICES.length);
    const [only, households, known] = rest.slice(CHOICES.length);
    const touched = causes();
    const now = view || {};
    const drawn = now.level || (known || {}).level;
    const level = values[LEVEL];
    // a list of levels that changes empties its field, and one that is filled by the answer reports what it was given
    const echoed = touched.includes("peta-level") && (!level || level === drawn);
    if (!touched.length || echoed || touched.includes("peta-view") || touched.includes("peta-step")) {
      const controls = CHOICES.map(([name, none]) => (name === "level" ? (known || {}).level || hold() : now[name] || none));
      return [hold(), ...controls, now.only ? now.only.split(".") : [], now.points === "1"];
    }
    const next = { ...now };
    CHOICES.forEach(([name, none], place) => {
      if (name !== "level") {
        keep(next, name, values[place] === none ? "" : values[place]);
      } else if (touched.includes("peta-level")) {
        keep(next, name, level);
      }
    });
    keep(next, "only", (only || []).join("."));
    keep(next, "points", households ? "1" : "");
    const same = JSON.stringify(sorted(next)) === JSON.stringify(sorted(now));
    return [same ? hold() : next, ...values.map(hold), hold(), hold()];
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

  /* --------------------------------------------------------------- steps */

  function into(view, code) {
    const { level, only, ...next } = view || {};
    keep(next, "in", code === COUNTRY ? "" : code);
    return next;
  }

  function take(picked, up, taken, view) {
    step = taken || {};
    const cause = causes()[0];
    if (window.ekasih.peta.busy()) {
      return hold();
    }
    if (cause === "peta-picked" && picked && picked.code !== step.area) {
      set("peta-view", { data: into(view, picked.code) });
    } else if (cause === "peta-up" && up && step.up) {
      set("peta-view", { data: into(view, step.up) });
    }
    return step.area || null;
  }

  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.key !== "Backspace" || event.defaultPrevented || !byId("peta-heading") || !target) {
      return;
    }
    if (!target.closest("input, textarea, select, [contenteditable], [role=combobox]")) {
      event.preventDefault();
      set("peta-up", { data: { at: Date.now() } });
    }
  });

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const link = target && target.closest("a[data-ek-into]");
    if (link && !(event.metaKey || event.ctrlKey || event.shiftKey || event.button)) {
      event.preventDefault();
      set("peta-picked", { data: { code: link.dataset.ekInto, at: Date.now() } });
    }
    const sorter = target && target.closest("button[data-ek-sort]");
    if (sorter) {
      set("peta-sort", { data: { by: Number(sorter.dataset.ekSort), up: sorter.dataset.ekUp === "true" } });
    }
    const toggle = target && target.closest("[data-ek-toggle]");
    if (toggle) {
      const open = byId(toggle.dataset.ekToggle).toggleAttribute("data-open");
      toggle.setAttribute("aria-expanded", String(open));
    }
  });

  /* --------------------------------------------------------------- table */

  const NAME = -1;

  function value(row, by) {
    return by === NAME ? row[1] : row[3 + by][0];
  }

  function order(rows, by, up) {
    const sign = up ? 1 : -1;
    return rows.slice().sort((one, other) => {
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
      const button = part("Button", {
        children: [label, part("Span", { className: "ek-peta-arrow", "aria-hidden": "true", children: here ? (up ? "▲" : "▼") : "" })],
        type: "button",
        title: data.words.sort.replace("{column}", label),
        "data-ek-sort": String(place),
        "data-ek-up": String(next),
      });
      const said = here ? { "aria-sort": up ? "ascending" : "descending" } : {};
      return part("Th", { children: button, scope: "col", className: number ? "ek-number" : "", ...said });
    };
    return part("Tr", {
      children: [
        part("Th", { children: data.words.rank, scope: "col", className: "ek-number ek-peta-rank" }),
        column(data.words.area, NAME, false),
        ...data.words.columns.map((label, place) => column(label, place, true)),
      ],
    });
  }

  function line(row, data, view) {
    const [code, name, rank] = row;
    const here = code === data.selected;
    const query = new URLSearchParams(into(view, code)).toString();
    const link = part("A", {
      children: name,
      href: "/" + (query ? "?" + query : ""),
      "data-ek-into": code,
      "aria-current": here ? "true" : null,
    });
    const cells = row.slice(3, 6).map(([, text]) => part("Td", { children: text, className: "ek-number" }));
    return part("Tr", {
      children: [
        part("Td", { children: rank === null ? "" : String(rank), className: "ek-number ek-peta-rank" }),
        part("Th", { children: link, scope: "row" }),
        ...cells,
      ],
      "data-area": code,
      className: here ? "ek-peta-here" : "",
      key: code,
    });
  }

  function table(data, sort, view) {
    if (!data) {
      return hold();
    }
    if (causes().includes("peta-rows")) {
      arrive();
    }
    const fresh = !sort || causes().includes("peta-rows");
    const by = fresh && !sort ? data.ranked : sort.by;
    const up = fresh && !sort ? false : sort.up;
    const rows = order(data.rows, by, up).map((row) => line(row, data, view));
    const none = part("Tr", { children: part("Td", { children: data.words.none, colSpan: 5 }) });
    return [
      part("Caption", { children: data.words.caption, className: "ek-sr" }),
      part("Thead", { children: head(data, by, up) }),
      part("Tbody", { children: rows.length ? rows : none }),
    ];
  }

  const report = (status) => !status || status.state !== "failed";

  /* A step taken in the table takes its row away: the focus goes to the name of where one has come. */
  let area = null;

  function arrive() {
    const moved = area !== null && area !== step.area;
    area = step.area;
    const within = document.activeElement && document.activeElement.closest(".ek-peta-table");
    if (moved && within) {
      window.setTimeout(() => {
        const heading = byId("peta-heading");
        if (heading) {
          heading.focus({ preventScroll: window.innerWidth > 768 });
        }
      }, 60);
    }
  }

  const clientside = (window.dash_clientside = window.dash_clientside || {});
  clientside.ekasih_peta = Object.assign(clientside.ekasih_peta || {}, { choose, take, table, report });
})();
