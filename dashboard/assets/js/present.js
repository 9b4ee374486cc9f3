/* Keeping the page one looks at, and kept views shown one after the other over the whole screen. */
(function () {
  "use strict";
  const ekasih = (window.ekasih = window.ekasih || {});
  const KEY = "ekasih.presenting";
  const FORWARDS = ["ArrowRight", "ArrowDown", "PageDown"], BACKWARDS = ["ArrowLeft", "ArrowUp", "PageUp"];
  /* where arrows have a meaning of their own */
  const OWN_ARROWS = "input, textarea, select, .leaflet-container, [role=grid], [role=tablist], [role=combobox], [contenteditable]";

  /* Which step a key leads to from a step; null for a key that leads nowhere. */
  ekasih.stepOf = function (key, at, count) {
    if (key === "Home") return 0;
    if (key === "End") return count - 1;
    if (FORWARDS.includes(key)) return Math.min(at + 1, count - 1);
    return BACKWARDS.includes(key) ? Math.max(at - 1, 0) : null;
  };

  function shown() {
    try { return JSON.parse(window.sessionStorage.getItem(KEY)); } catch (_refused) { return null; }
  }

  function keep(state) {
    try {
      state ? window.sessionStorage.setItem(KEY, JSON.stringify(state)) : window.sessionStorage.removeItem(KEY);
    } catch (_refused) { /* private window: nothing is presented past this page */ }
  }

  function whole(on) {
    const screen = on ? document.documentElement.requestFullscreen : document.fullscreenElement && document.exitFullscreen;
    // a browser without it, or that refuses, shows the same in its window
    if (screen) Promise.resolve(screen.call(on ? document.documentElement : document)).catch(() => null);
  }

  function button(sign, label, act) {
    return ekasih.make("button", { type: "button", class: "ek-button", "aria-label": label, title: label, onclick: act }, sign);
  }

  function draw() {
    const state = shown(), bar = document.getElementById("ek-present");
    document.documentElement.toggleAttribute("data-ek-presenting", Boolean(state));
    if (bar) bar.remove();
    if (!state) return;
    const step = state.steps[state.at];
    document.body.append(ekasih.make("div", { id: "ek-present", class: "ek-present", role: "group", "aria-label": state.words.name },
      button("◂", state.words.before, () => to(state.at - 1)),
      ekasih.make("p", { role: "status" }, `${state.at + 1} / ${state.steps.length} · ${step.name}`),
      button("▸", state.words.after, () => to(state.at + 1)),
      button("×", state.words.end, end)));
  }

  function to(at) {
    const state = shown();
    if (!state || at < 0 || at >= state.steps.length) return;
    keep({ ...state, at });
    draw();
    ekasih.go(state.steps[at].path);
  }

  function end() {
    const state = shown();
    keep(null);
    draw();
    whole(false);
    if (state) ekasih.go(state.back);
  }

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const keeps = target && target.closest("a[data-ek-keep-view]");
    if (keeps) {
      event.preventDefault();
      const here = window.location.pathname + window.location.search;
      ekasih.go(`${keeps.getAttribute("href")}?simpan=${encodeURIComponent(here)}`);
    }
    const starts = target && target.closest("[data-ek-present]");
    if (starts) {
      keep({ ...JSON.parse(starts.dataset.ekPresent), at: 0 });
      whole(true);
      to(0);
    }
  });

  document.addEventListener("keydown", (event) => {
    const state = !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.altKey && shown();
    if (!state) return;
    if (event.key === "Escape") return end();
    const arrows = event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End";
    if (arrows && event.target instanceof Element && event.target.closest(OWN_ARROWS)) return;
    const at = ekasih.stepOf(event.key, state.at, state.steps.length);
    if (at === null) return;
    event.preventDefault();
    if (at !== state.at) to(at);
  });

  /* Escape of a whole screen reaches the browser alone: it ends what is presented as well. */
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement && shown()) end();
  });
  document.addEventListener("DOMContentLoaded", draw);
})();
