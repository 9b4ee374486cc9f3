/* Search from every page: a dialog with one field and a list. Pages and actions are known here and found at once; areas,
 * households and cases are asked for when a hand rests, and an answer that is no longer wanted is given up.
 */
(function () {
  "use strict";
  const ekasih = (window.ekasih = window.ekasih || {});
  const RESTS = 250; // milliseconds without a key
  const ORDER = ["areas", "households", "cases", "actions", "pages"];
  let parts = null; // {dialog, input, list, status}
  let offered = null; // what travelled with the button
  let found = {}; // what the server found, by kind
  let options = []; // as they stand in the list
  let active = -1;
  let timer = null;
  let asking = null;
  let picking = null; // {but, use}: an area is wanted, other than that one, and nothing is opened

  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  function matching(those, text) {
    const words = plain(text).split(/\s+/).filter(Boolean);
    return those.filter((one) => words.every((word) => plain(`${one.label} ${one.note}`).includes(word)));
  }

  /* ---- the dialog ---- */
  function build(button) {
    offered = JSON.parse(button.dataset.ekFind);
    const { words } = offered;
    const input = ekasih.make("input", {
      id: "frame-search", type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": "frame-find-list",
      "aria-autocomplete": "list", "aria-label": words.title, placeholder: words.placeholder, autocomplete: "off",
      autocapitalize: "off", spellcheck: "false", enterkeyhint: "search", maxlength: "80", oninput: typed, onkeydown: pressed,
    });
    const list = ekasih.make("div", { id: "frame-find-list", class: "ek-find-list", role: "listbox", "aria-label": words.title });
    const status = ekasih.make("p", { class: "ek-find-status", role: "status" });
    const close = ekasih.make(
      "button",
      { type: "button", class: "ek-icon-button", "aria-label": words.close, title: words.close, "data-ek-close": "1" },
      ekasih.make("span", { class: "ek-icon ek-icon-close", "aria-hidden": "true" }),
    );
    const icon = ekasih.make("span", { class: "ek-icon ek-icon-search", "aria-hidden": "true" });
    const dialog = ekasih.make(
      "dialog",
      { id: "frame-find-dialog", class: "ek-pop ek-find-dialog", "aria-label": words.title },
      ekasih.make("div", { class: "ek-find-field" }, icon, input, close),
      list,
      status,
      ekasih.make("p", { class: "ek-find-hint" }, words.hint),
    );
    dialog.addEventListener("close", forget);
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) {
        take(options[Number(option.dataset.place)]);
      }
    });
    document.body.append(dialog);
    return { dialog, input, list, status };
  }

  function open() {
    const button = document.getElementById("frame-find");
    if (!button || document.querySelector("dialog[open]") || ekasih.forms.isWaiting()) {
      return;
    }
    parts = parts || build(button);
    parts.dialog.showModal();
    parts.input.focus();
    draw();
  }

  /* Asks for an area by name; ``use`` is called with its code. */
  ekasih.pickArea = function (title, but, use) {
    open();
    if (parts && parts.dialog.open) {
      picking = { but, use };
      name(title, title);
      draw();
    }
  };

  function name(title, placeholder) {
    for (const one of [parts.dialog, parts.input, parts.list]) {
      one.setAttribute("aria-label", title);
    }
    parts.input.placeholder = placeholder;
  }

  const codeOf = (one) => new URLSearchParams(one.address.split("?")[1]).get("in");

  // Nothing of what was typed or found stays behind a closed dialog.
  function forget() {
    giveUp();
    picking = null;
    name(offered.words.title, offered.words.placeholder);
    parts.input.value = "";
    found = {};
    parts.list.replaceChildren();
    parts.status.textContent = "";
  }

  /* ---- the list ---- */
  function shown() {
    const text = parts.input.value.trim();
    if (picking) {
      const areas = (found.areas || []).filter((one) => codeOf(one) !== picking.but);
      return areas.length ? [["areas", areas]] : [];
    }
    const own = { actions: matching(offered.actions, text), pages: matching(offered.pages, text) };
    const groups = ORDER.map((kind) => [kind, own[kind] || found[kind] || []]).filter(([, those]) => those.length);
    if (text && offered.search) {
      groups.push(["further", [{ label: offered.words.further, note: "", further: true }]]);
    }
    return groups;
  }

  function draw() {
    const groups = shown();
    options = groups.flatMap(([, those]) => those);
    active = -1;
    let place = 0;
    const drawn = groups.map(([kind, those]) => {
      const name = offered.groups[kind];
      const heading = name && ekasih.make("div", { class: "ek-find-group", "aria-hidden": "true" }, name);
      const rows = those.map((one) => row(one, place++));
      return ekasih.make("div", { role: "group", "aria-label": name || offered.words.title }, heading, rows);
    });
    parts.list.replaceChildren(...drawn);
    parts.list.hidden = !options.length;
    parts.input.setAttribute("aria-expanded", String(options.length > 0));
    parts.input.removeAttribute("aria-activedescendant");
  }

  function row(one, place) {
    const note = one.note ? ekasih.make("span", { class: "ek-find-detail" }, one.note) : null;
    const label = ekasih.make("span", { class: "ek-find-label" }, one.label);
    return ekasih.make(
      "div",
      { role: "option", id: `frame-find-${place}`, class: "ek-find-option", "data-place": String(place), "aria-selected": "false" },
      label,
      note,
    );
  }

  function light(place) {
    const drawn = parts.list.querySelectorAll("[role=option]");
    if (!drawn.length) {
      return;
    }
    active = (place + drawn.length) % drawn.length;
    drawn.forEach((one, at) => one.setAttribute("aria-selected", String(at === active)));
    drawn[active].scrollIntoView({ block: "nearest" });
    parts.input.setAttribute("aria-activedescendant", drawn[active].id);
  }

  function tell() {
    const count = options.filter((one) => !one.further).length;
    const { words } = offered;
    const letters = parts.input.value.replace(/[^\p{L}\d]/gu, "").length;
    const nothing = letters < 3 ? words.short : words.none;
    parts.status.textContent = count ? words.results.replace("{n}", String(count)) : nothing;
  }

  /* ---- asking ---- */
  function giveUp() {
    window.clearTimeout(timer);
    if (asking) {
      asking.abort();
    }
    asking = null;
  }

  function typed() {
    giveUp();
    found = {};
    draw();
    const text = parts.input.value.trim();
    if (text.length < 2) {
      parts.status.textContent = "";
      return;
    }
    timer = window.setTimeout(() => ask(text), RESTS);
  }

  async function ask(text) {
    const own = (asking = new AbortController());
    parts.dialog.setAttribute("aria-busy", "true");
    try {
      const answer = await ekasih.post("/cari", "application/json", JSON.stringify(picking ? { text, only: "areas" } : { text }), own.signal);
      const told = answer.ok ? await answer.json() : null;
      if (own !== asking) {
        return;
      }
      if (told) {
        found = told;
        const lit = options[active];
        draw();
        const again = lit ? options.findIndex((one) => one.address === lit.address && one.label === lit.label) : -1;
        if (again >= 0) {
          light(again);
        }
        tell();
      } else {
        parts.status.textContent = offered.words.failed;
      }
    } catch (error) {
      if (own === asking && error.name !== "AbortError") {
        parts.status.textContent = offered.words.failed;
      }
    } finally {
      if (own === asking || asking === null) {
        parts.dialog.removeAttribute("aria-busy");
      }
    }
  }

  /* ---- choosing ---- */
  function take(one) {
    const text = parts.input.value.trim();
    const picked = picking;
    parts.dialog.close();
    if (picked) {
      if (one) {
        picked.use(codeOf(one));
      }
    } else if (one && !one.further) {
      ekasih.go(one.address);
    } else if (offered.search && text) {
      ekasih.handSearch(text, offered.search);
    }
  }

  function pressed(event) {
    if (event.isComposing) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      light(active < 0 && step < 0 ? -1 : active + step);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (active >= 0) {
        take(options[active]);
      } else if (picking && options.length) {
        take(options[0]);
      } else if (!picking && parts.input.value.trim() && (offered.search || options.length)) {
        take(offered.search ? null : options[0]);
      }
    }
  }

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target && target.closest("#frame-find")) {
      open();
    }
  });

  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !ekasih.writing(event.target);
    const chord = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
    if (slash || chord) {
      event.preventDefault();
      open();
    }
  });
})();
