/* What the record pages do in the browser: ask, open one form at a time, tell what is unsaved, guard it, keep the keyboard
 * where the work is, and draw the rows of the search results. Nothing here sees a server; texts come from the page.
 */
(function () {
  "use strict";

  const { answers } = window.ekasih;
  const GRID = "households-results";
  const skip = () => window.dash_clientside.no_update;
  const triggered = () => window.dash_clientside.callback_context.triggered;

  /* ------------------------------------------------------------- searching */

  // The text goes into memory only, never into an address: it may be a name or a MyKad number.
  // It is read from the box itself: the box tells Dash a moment later than it tells that Enter was pressed.
  function ask(_clicks, _submits, district, mukim, status, strata, handed) {
    const how = triggered().map((item) => item.prop_id).join();
    const box = document.getElementById("households-search-text");
    const typed = how.includes("households-handed") && handed ? handed.text : box && box.value;
    const filters = { daerah: district, mukim: district ? mukim : null, status, strata };
    lastText = typed || "";
    return { text: typed || "", filters, at: Date.now() };
  }

  // The top bar hands its question over in this tab's own storage; it is taken once.
  function handed() {
    const text = window.ekasih && window.ekasih.takeSearch ? window.ekasih.takeSearch() : null;
    return text ? { text, at: Date.now() } : null;
  }

  // Who comes back from a record finds the question that was asked; it was kept in this page's memory alone.
  let lastText = "";
  const askedBefore = () => (window.ekasih.returned() && lastText ? { text: lastText, at: Date.now() } : null);

  function takeHanded() {
    const found = handed() || askedBefore();
    return found ? [found, found.text] : [skip(), skip()];
  }

  window.addEventListener("ekasih:search", () => {
    const found = handed();
    if (found && document.getElementById("households-search-text")) {
      window.dash_clientside.set_props("households-search-text", { value: found.text });
      window.dash_clientside.set_props("households-handed", { data: found });
    }
  });

  function keepFilters(asked) {
    if (!asked || window.location.pathname !== "/isi-rumah") {
      return skip();
    }
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(asked.filters || {})) {
      if (value) {
        query.set(name, value);
      }
    }
    const text = query.toString();
    window.history.replaceState(window.history.state, "", window.location.pathname + (text ? "?" + text : ""));
    return text;
  }

  const grid = window.ekasih.pagedGrid(GRID, ["perCapita", "area", "visited"], 88);
  const readAnew = (asked) => (asked && grid.readAnew() ? asked.at : skip());

  /* ------------------------------------------------------------- the table */

  const element = (tag, props, ...children) => window.React.createElement(tag, props, ...children);

  function pieces(marked) {
    return (marked || []).map(([text, matches], place) => element(matches ? "mark" : "span", { key: place }, text));
  }

  const renderers = {
    EkHousehold({ data }) {
      if (!data) {
        return element("span", { className: "ek-row-loading" });
      }
      const href = "/isi-rumah/" + data.id;
      return element(
        "div",
        { className: "ek-row-name" },
        element("a", { href, onClick: (event) => window.ekasih.visit(event, href) }, pieces(data.name)),
        element(
          "span",
          { className: "ek-row-note" },
          pieces(data.file),
          " · ",
          data.members,
          data.note.length ? " · " : null,
          pieces(data.note),
        ),
        element("span", { className: "ek-row-small" }, data.area, " · ", data.perCapita),
      );
    },
    EkStatus({ data }) {
      return data ? element("span", { className: "ek-badge ek-badge-" + data.status.replace("_", "-") }, data.statusName) : null;
    },
    EkPerCapita({ data }) {
      if (!data) {
        return null;
      }
      const [income, food, line] = data.bar;
      return element(
        "div",
        { className: "ek-row-income" },
        element("span", null, data.perCapita),
        element(
          "span",
          { className: "ek-bar", "aria-hidden": "true" },
          element("span", { className: "ek-bar-fill ek-bar-" + data.status, style: { width: income + "%" } }),
          element("span", { className: "ek-bar-mark", style: { left: food + "%" } }),
          element("span", { className: "ek-bar-mark", style: { left: line + "%" } }),
        ),
      );
    },
    EkArea({ data }) {
      return data
        ? element(
            "div",
            { className: "ek-row-two" },
            element("span", null, data.area),
            element("span", { className: "ek-row-note" }, data.strata),
          )
        : null;
    },
    EkVisited({ data }) {
      return data
        ? element(
            "div",
            { className: "ek-row-two" },
            element("span", null, data.visited),
            data.late ? element("span", { className: "ek-row-note ek-late" }, data.late) : null,
          )
        : null;
    },
  };

  /* ------------------------------------------------- one form, and its guard */

  let dirty = false;

  function dialogOf(words) {
    let dialog = document.getElementById("households-leave");
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.id = "households-leave";
      dialog.className = "ek-dialog";
      dialog.setAttribute("aria-labelledby", "households-leave-title");
      const title = document.createElement("h2");
      title.id = "households-leave-title";
      const text = document.createElement("p");
      const form = document.createElement("form");
      form.method = "dialog";
      for (const value of ["stay", "discard"]) {
        const button = document.createElement("button");
        button.value = value;
        button.className = "ek-dialog-" + value;
        form.append(button);
      }
      dialog.append(title, text, form);
      document.body.append(dialog);
    }
    dialog.querySelector("h2").textContent = words.leave;
    dialog.querySelector("p").textContent = words.question;
    dialog.querySelector("[value=stay]").textContent = words.stay;
    dialog.querySelector("[value=discard]").textContent = words.discard;
    return dialog;
  }

  let words = {};

  // Resolves to whether what is unsaved may be dropped.
  function mayLeave() {
    if (!dirty) {
      return Promise.resolve(true);
    }
    const dialog = dialogOf(words);
    return new Promise((resolve) => {
      dialog.returnValue = "stay";
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "discard"), { once: true });
      dialog.showModal();
      dialog.querySelector("[value=stay]").focus();
    });
  }

  let openedBy = null;

  async function open(_edits, _cancel, _saved, editing) {
    const what = triggered().filter((item) => item.value);
    if (!what.length) {
      return skip();
    }
    const source = what[0].prop_id;
    if (source.startsWith("households-saved")) {
      dirty = false;
      return editing ? null : skip();
    }
    if (!(await mayLeave())) {
      return skip();
    }
    dirty = false;
    clearDock();
    if (source.startsWith("households-cancel")) {
      return null;
    }
    const id = JSON.parse(source.slice(0, source.lastIndexOf(".")));
    openedBy = source.slice(0, source.lastIndexOf("."));
    return { form: id.form, row: id.row, key: answers.uuid().replaceAll("-", ""), at: Date.now() };
  }

  function clearDock() {
    window.dash_clientside.set_props("households-dock-message", { children: null });
    window.dash_clientside.set_props("households-conflict", { data: null });
    window.dash_clientside.set_props("households-flash", { children: null });
  }

  // What reads the record anew would take an open form away.
  let aside = null;

  function dock(editing) {
    document.body.classList.toggle("ek-editing", Boolean(editing));
    if (aside) {
      window.ekasih.forms.close(aside, false);
    }
    aside = editing && document.querySelector(".ek-part-exit");
    if (aside) {
      window.ekasih.forms.close(aside, true);
    }
    return editing ? "ek-dock" : "ek-dock is-hidden";
  }

  const domId = (id) => JSON.stringify(id, Object.keys(id).sort());

  function unsaved(values, baseline, names, said) {
    words = said || words;
    let count = 0;
    names.forEach((id, place) => {
      const key = id.row + "." + id.name;
      const differs = Boolean(baseline) && key in baseline && !answers.same(values[place], baseline[key]);
      count += differs ? 1 : 0;
      const input = document.getElementById(domId(id));
      const box = input && input.closest(".ek-field");
      if (box) {
        box.classList.toggle("is-changed", differs);
      }
    });
    dirty = count > 0;
    return count ? answers.filled(words.some || "", { n: count }) : words.none || "";
  }

  window.addEventListener("beforeunload", (event) => {
    if (dirty) {
      event.preventDefault();
    }
  });

  document.addEventListener(
    "click",
    (event) => {
      const link = dirty && event.target instanceof Element && event.target.closest("a[href]");
      if (!link || link.getAttribute("href").startsWith("#") || link.target === "_blank") {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      mayLeave().then((leaves) => {
        if (leaves) {
          dirty = false;
          link.click();
        }
      });
    },
    true,
  );

  // The browser's own way back cannot be stopped, only undone: the address is put back until it is decided.
  let here = window.location.href;

  window.addEventListener(
    "popstate",
    (event) => {
      if (!dirty) {
        return;
      }
      event.stopImmediatePropagation();
      window.history.pushState({}, "", here);
      mayLeave().then((leaves) => {
        if (leaves) {
          dirty = false;
          window.history.back();
        }
      });
    },
    true,
  );

  /* ------------------------------------------------------------- the keyboard */

  const FIELDS = ".ek-record-page .ek-field input, .ek-record-page .ek-field textarea";

  function focusOn(target) {
    if (target) {
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: "center", behavior: "auto" });
    }
  }

  function focus(shown, message, flash, accepted) {
    here = window.location.href;
    const how = triggered().map((item) => item.prop_id).join();
    const { lead } = window.ekasih.forms;
    if (how.includes("households-shown")) {
      const find = () => (shown ? document.querySelector(FIELDS) : openedBy && document.getElementById(openedBy));
      lead(find, { centred: Boolean(shown) });
    } else if (how.includes("households-dock-message") && message) {
      lead(() => document.querySelector("#households-dock-message:not(:empty)"));
    } else if (how.includes("households-flash") && flash) {
      lead(() => document.querySelector("#households-flash:not(:empty)"));
    } else if (how.includes("households-mukim-message") && accepted) {
      lead(() => document.querySelector("#households-mukim-message:not(:empty)"));
    }
    return Date.now();
  }

  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-ek-close]")) {
      for (const told of ["households-flash", "households-mukim-message"]) {
        window.dash_clientside.set_props(told, { children: null });
      }
      return;
    }
    const device = event.target instanceof Element && event.target.closest("[data-ek-device]");
    if (device) {
      takeDevice(device);
      return;
    }
    const use = event.target instanceof Element && event.target.closest("[data-ek-use-sex]");
    if (use) {
      fillFrom(use);
      return;
    }
    const link = event.target instanceof Element && event.target.closest("[data-ek-field]");
    if (link) {
      event.preventDefault();
      focusOn(document.getElementById(domId({ name: link.dataset.ekField, row: link.dataset.ekRow, type: "households-field" })));
    }
  });

  // Puts what a MyKad number suggests into the fields of the same form.
  function fillFrom(button) {
    const input = button.closest(".ek-member").querySelector("input[id*='birth_date']");
    const row = input ? JSON.parse(input.id).row : "";
    const found = { sex: button.dataset.ekUseSex, birth_date: button.dataset.ekUseDate };
    for (const [name, value] of Object.entries(found)) {
      if (value) {
        window.dash_clientside.set_props({ name, row, type: "households-field" }, { value });
      }
    }
  }

  /* --------------------------------------------------------- two versions */

  function take(kept, names, conflict) {
    if (!conflict) {
      return skip();
    }
    const chosen = Object.fromEntries(names.map((id, place) => [id.row + "." + id.name, kept[place]]));
    const values = answers.settled(conflict, chosen);
    for (const id of names) {
      const field = { name: id.name, row: id.row, type: "households-field" };
      const key = id.row + "." + id.name;
      if (key in values && document.getElementById(domId(field))) {
        window.dash_clientside.set_props(field, { value: values[key] });
      }
    }
    return Date.now();
  }

  /* --------------------------------------------------------------- the place */

  const DIGITS = 6;
  const ROUGHEST = 9999; // metres; as registry/households/moves.py has it
  let pickedAt = 0;
  const MOST_PUT = 40;
  let puts = []; // where the marker was put lately because that was typed

  let measuredAt = null; // where the device said to be, for as long as that is the place

  // A place that is pointed at or typed is not what the device measured; how exact it is is asked again.
  function forget(place) {
    if (measuredAt && !at(place, measuredAt)) {
      measuredAt = null;
      setField("accuracy", null);
      setField("device_accuracy", "");
    }
  }

  const setField = (name, value) => window.dash_clientside.set_props({ name, row: "", type: "households-field" }, { value });

  function takeDevice(button) {
    const note = button.nextElementSibling;
    const failed = () => (note.textContent = button.dataset.failed);
    if (!navigator.geolocation) {
      failed();
      return;
    }
    note.textContent = button.dataset.locating;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        if (coords.accuracy > ROUGHEST) {
          note.textContent = answers.filled(button.dataset.rough, { n: Math.round(coords.accuracy) });
          return;
        }
        note.textContent = "";
        measuredAt = [coords.latitude, coords.longitude].map((degrees) => Number(degrees.toFixed(DIGITS)));
        setPlace(...measuredAt);
        setField("accuracy", "device");
        setField("device_accuracy", String(Math.round(coords.accuracy)));
      },
      failed,
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 },
    );
  }

  const measured = (accuracy) => accuracy !== "device";

  function setPlace(latitude, longitude) {
    forget([latitude, longitude]);
    pickedAt = Date.now();
    puts = [];
    for (const [name, value] of [["latitude", latitude], ["longitude", longitude]]) {
      window.dash_clientside.set_props({ name, row: "", type: "households-field" }, { value: value.toFixed(DIGITS) });
    }
  }

  function pickPlace(position, click) {
    const how = triggered().map((item) => item.prop_id).join();
    if (how.includes("clickData") && click && click.latlng) {
      setPlace(click.latlng.lat, click.latlng.lng);
    } else if (how.includes("position") && position && !puts.some((place) => at(position, place))) {
      setPlace(position[0], position[1]);
    }
    return Date.now();
  }

  const at = (one, other) => Boolean(one && other) && one.every((value, axis) => Math.abs(value - other[axis]) <= 5e-7);

  function putMarker(latitude, longitude, position) {
    const place = [Number.parseFloat(latitude), Number.parseFloat(longitude)];
    if (place.some(Number.isNaN)) {
      return skip();
    }
    forget(place);
    if (at(place, position)) {
      return skip();
    }
    puts = [...puts.slice(-MOST_PUT), place];
    if (Date.now() - pickedAt > 500) {
      window.dash_clientside.set_props("households-place-edit", { viewport: { center: place } });
    }
    return place;
  }

  window.dashAgGridComponentFunctions = Object.assign(window.dashAgGridComponentFunctions || {}, renderers);
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    ekasih_households: {
      ask, takeHanded, keepFilters, readAnew, open, dock, unsaved, focus, take, pickPlace, putMarker, measured,
    },
  });
})();
