/* What forms have in common that draw themselves in the browser: questions and their problems, the line that says how saving
 * stands, two versions beside each other, and what the device keeps until it is sent.
 */
(function () {
  "use strict";
  const { answers, make } = window.ekasih;

  /* ------------------------------------------------------------- drawing */

  const button = (text, act, kind) => make("button", { type: "button", class: "ek-button" + (kind ? " " + kind : ""), onclick: act }, text);
  const link = (text, href) => make("a", { href, class: "ek-button", "data-ek-go": "1" }, text);
  const ways = (...acts) => make("div", { class: "ek-drawn-ways" }, ...acts);

  function status(id, text, alarming) {
    const line = document.getElementById(id);
    if (line && line.textContent !== text) {
      line.textContent = text;
      line.classList.toggle("is-away", Boolean(alarming));
    }
  }

  const errorOf = (control) => control.getAttribute("aria-describedby").split(" ")[0];

  // A control names the place of its problem first among what describes it.
  function question(control, label, { before = null, body = control, wide = false } = {}) {
    return make(
      "div",
      { class: "ek-drawn-field" + (wide ? " is-wide" : "") },
      make("label", { for: control.id }, label),
      before,
      body,
      make("p", { id: errorOf(control), class: "ek-drawn-error" }),
    );
  }

  const wrong = new WeakMap(); // what a field held when it was said to be wrong

  function problem(control, text) {
    const note = document.getElementById(errorOf(control));
    if (note.textContent !== text) {
      note.textContent = text;
      wrong.set(control, control.value);
    }
    if (text && control.tagName !== "FIELDSET") {
      control.setAttribute("aria-invalid", "true");
    } else {
      control.removeAttribute("aria-invalid");
    }
  }

  // Takes back what was said of a field that is mended; whether it was.
  function mend(control, kind) {
    const note = document.getElementById(errorOf(control));
    const isMended = Boolean(note && note.textContent) && answers.mended(kind, wrong.get(control), control.value);
    if (isMended) {
      problem(control, "");
      document.querySelectorAll(".ek-error-summary [data-ek-about]").forEach((link) => {
        link.closest("li").hidden = link.closest("li").hidden || link.dataset.ekAbout === control.id;
      });
    }
    return isMended;
  }

  // Rows are (name, mine, theirs); the title is given back to lead the keyboard to.
  function twoVersions(words, note, rows, acts, id) {
    const cells = [words.question, words.mine, words.theirs].map((text) => make("th", { scope: "col" }, text));
    const lines = answers.differing(rows).map(([name, mine, theirs]) =>
      make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, mine || words.empty), make("td", {}, theirs || words.empty)),
    );
    const title = make("h2", { tabindex: "-1" }, words.conflict);
    const table = make("table", { class: "ek-table" }, make("thead", {}, make("tr", {}, cells)), make("tbody", {}, lines));
    const box = make(
      "div",
      { class: "ek-error-summary", id, role: "alert" },
      title,
      make("p", {}, note),
      make("div", { class: "ek-case-scroll", tabindex: "0", role: "group", "aria-label": words.conflict }, table),
      ways(...acts),
    );
    return { box, title };
  }

  /* ------------------------------------------------------------- on the device */

  const signsOut = (event) =>
    event.target instanceof HTMLFormElement && (event.target.getAttribute("action") || "").includes("/keluar");

  // What is kept under the number of a user and of a case. A private window keeps nothing on the device; then this page does.
  function store(prefix) {
    const here = new Map();
    const nameOf = (user, number) => prefix + user + "." + number;

    function onDevice(act, otherwise) {
      try {
        return act(window.localStorage);
      } catch (_refused) {
        return otherwise;
      }
    }

    function names(start) {
      const there = onDevice((device) => Object.keys(device), []);
      return [...new Set([...there, ...here.keys()])].filter((name) => name.startsWith(start));
    }

    const read = (name) => JSON.parse(onDevice((device) => device.getItem(name), null) || here.get(name) || "null");

    function dropNamed(name) {
      here.delete(name);
      onDevice((device) => device.removeItem(name));
    }

    return {
      get: (user, number) => read(nameOf(user, number)),
      of: (user) => names(prefix + user + ".").map(read).filter(Boolean),
      all: () => names(prefix).map(read).filter(Boolean),
      drop: (user, number) => dropNamed(nameOf(user, number)),
      wipe: () => names(prefix).forEach(dropNamed),
      keep(user, number, value) {
        const [name, text] = [nameOf(user, number), JSON.stringify(value)];
        const isKept = onDevice((device) => (device.setItem(name, text), true), false);
        isKept ? here.delete(name) : here.set(name, text);
      },
    };
  }

  window.ekasih.drawn = { button, link, ways, status, question, problem, mend, twoVersions, signsOut, store };
})();
