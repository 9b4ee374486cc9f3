/* Days as people write them, and as a month shows them. Nothing here knows the page; tests/js holds it to what it says. */
(function () {
  "use strict";
  const ekasih = (window.ekasih = window.ekasih || {});
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

  // Months count from 0; a day that is none, such as 31/02, is nothing.
  function day(year, month, date) {
    const made = new Date(2000, 0, 1);
    made.setFullYear(year, month, date);
    return made.getFullYear() === year && made.getMonth() === month && made.getDate() === date ? made : null;
  }

  // dd/mm/yyyy, with other separators too, or yyyy-mm-dd, as the server reads it.
  function read(text) {
    const parts = text.trim().split(/[/.\-\s]/);
    if (parts.length !== 3 || !parts.every((part) => /^\d{1,4}$/.test(part))) {
      return null;
    }
    const [year, month, date] = (parts[0].length === 4 ? parts : parts.reverse()).map(Number);
    return year > 0 ? day(year, month - 1, date) : null;
  }

  const two = (number) => String(number).padStart(2, "0");
  const written = (one) => two(one.getDate()) + "/" + two(one.getMonth() + 1) + "/" + String(one.getFullYear()).padStart(4, "0");

  // A month in weeks from Monday to Sunday; nothing where a day belongs to another month.
  function weeks(year, month) {
    const last = new Date(year, month + 1, 0).getDate();
    const before = (new Date(year, month, 1).getDay() + 6) % 7;
    const cells = [...Array(before).fill(null), ...Array.from({ length: last }, (_none, at) => at + 1)];
    return Array.from({ length: Math.ceil(cells.length / 7) }, (_none, at) => Array.from({ length: 7 }, (_day, column) => cells[7 * at + column] || null));
  }

  // The same day of another month, or its last where it has none such.
  function months(one, by) {
    const last = new Date(one.getFullYear(), one.getMonth() + by + 1, 0).getDate();
    return new Date(one.getFullYear(), one.getMonth() + by, Math.min(one.getDate(), last));
  }

  // The day that a key leads to from another; nothing for other keys.
  function led(one, key, isShifted) {
    const weekday = (one.getDay() + 6) % 7;
    const by = key === "Home" ? -weekday : key === "End" ? 6 - weekday : STEPS[key];
    if (by !== undefined) {
      return new Date(one.getFullYear(), one.getMonth(), one.getDate() + by);
    }
    const turn = { PageUp: -1, PageDown: 1 }[key];
    return turn ? months(one, turn * (isShifted ? 12 : 1)) : null;
  }

  ekasih.days = { read, written, weeks, months, led };
})();
