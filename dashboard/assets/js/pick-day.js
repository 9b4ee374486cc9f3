/* A month to choose a day from, beside every field in which a day is written; what is typed stays what it is. The button that
 * opens it is marked with data-ek-day, and its words come with the page.
 */
(function () {
  "use strict";
  const FIRST_YEAR = 1900;
  const YEARS_AHEAD = 10;
  const FIELD = ".mantine-InputWrapper-root, .ek-drawn-field";
  const { days, make } = window.ekasih;

  let words = null;
  let open = null; // the field, where the keyboard goes back to, the day that has it, and the dialog

  function wordsOf() {
    const told = document.getElementById("frame-days");
    words = words || (told ? JSON.parse(told.dataset.ekDays) : null);
    return words;
  }

  const said = (one) => one.getDate() + " " + words.months[one.getMonth()] + " " + one.getFullYear();
  const within = (one) => one.getFullYear() >= FIRST_YEAR && one.getFullYear() <= new Date().getFullYear() + YEARS_AHEAD;

  function cell(date) {
    if (date === null) {
      return make("td", {});
    }
    const one = new Date(open.at.getFullYear(), open.at.getMonth(), date);
    const isAt = date === open.at.getDate();
    const isChosen = open.chosen && days.written(open.chosen) === days.written(one);
    return make(
      "td",
      { "aria-selected": isChosen ? "true" : "false" },
      make("button", { type: "button", tabindex: isAt ? "0" : "-1", "aria-label": said(one), onclick: () => choose(one) }, String(date)),
    );
  }

  function option(value, text, chosen) {
    const made = make("option", { value }, text);
    made.selected = chosen;
    return made;
  }

  function draw() {
    const [year, month] = [open.at.getFullYear(), open.at.getMonth()];
    const body = days.weeks(year, month).map((week) => make("tr", {}, week.map(cell)));
    open.month.value = String(month);
    open.year.value = String(year);
    open.grid.setAttribute("aria-label", words.months[month] + " " + year);
    open.grid.tBodies[0].replaceChildren(...body);
  }

  function go(one, takesKeyboard) {
    if (!within(one)) {
      return;
    }
    open.at = one;
    draw();
    if (takesKeyboard) {
      open.grid.querySelector("[tabindex='0']").focus();
    }
  }

  function choose(one) {
    const { box, control } = open;
    open.back = control;
    window.ekasih.forms.put(control, days.written(one));
    box.close();
  }

  function pressedKey(event) {
    const one = days.led(open.at, event.key, event.shiftKey);
    if (one) {
      event.preventDefault();
      go(one, true);
    }
  }

  function show(control, button) {
    const today = new Date();
    const chosen = days.read(control.value);
    const at = chosen && within(chosen) ? chosen : today;
    const last = today.getFullYear() + YEARS_AHEAD;
    const month = make("select", { "aria-label": words.month }, words.months.map((name, place) => option(String(place), name, false)));
    const years = Array.from({ length: last - FIRST_YEAR + 1 }, (_none, place) => String(last - place));
    const year = make("select", { "aria-label": words.year }, years.map((name) => option(name, name, false)));
    const head = make("tr", {}, words.weekdays.map(([short, long]) => make("th", { scope: "col", abbr: long }, short)));
    const grid = make("table", { role: "grid", class: "ek-days" }, make("thead", {}, head), make("tbody", {}));
    const turned = () => go(days.months(open.at, 12 * (Number(year.value) - open.at.getFullYear()) + Number(month.value) - open.at.getMonth()));
    const close = () => open.box.close();
    const box = make(
      "dialog",
      { class: "ek-dialog ek-day-picker", "aria-label": button.getAttribute("aria-label") },
      make("div", { class: "ek-day-picker-head" }, month, year),
      grid,
      make("div", { class: "ek-day-picker-foot" }, act(words.today, () => choose(new Date())), act(words.close, close)),
    );
    month.addEventListener("change", turned);
    year.addEventListener("change", turned);
    grid.addEventListener("keydown", pressedKey);
    box.addEventListener("close", () => {
      const { back } = open;
      box.remove();
      open = null;
      back.focus();
    });
    open = { control, back: button, chosen, at, box, grid, month, year };
    document.body.append(box);
    box.showModal();
    go(at, true);
  }

  const act = (text, does) => make("button", { type: "button", class: "ek-button", onclick: does }, text);

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-ek-day]") : null;
    const control = button && button.closest(FIELD).querySelector("input");
    if (control && !open && wordsOf()) {
      show(control, button);
    }
  });

  // For forms that draw themselves: the button beside a field, which says whose day it opens.
  window.ekasih.dayButton = (label) =>
    wordsOf()
      ? make("button", { type: "button", class: "ek-day-button", "data-ek-day": "1", "aria-label": words.choose + ": " + label }, make("span", { class: "ek-icon ek-icon-calendar", "aria-hidden": "true" }))
      : null;
})();
