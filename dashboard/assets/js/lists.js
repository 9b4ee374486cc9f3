/* Choices made by keyboard in the lists of dash-mantine-components: no key is lost while a list is still being drawn.
 *
 * A list that opens is drawn, and counts where it stands, some turns after it says that it is open; a key that comes between is
 * forgotten, or the option that it lit is no longer known by the time Enter comes. Such keys wait here until the list has come to
 * rest, and Enter takes what is lit on the screen.
 */
(function () {
  "use strict";
  const CONTROL = "input[aria-haspopup=listbox]";
  const STEPS = new Set(["ArrowDown", "ArrowUp", "Enter", "Escape", "Tab"]);
  const STOPS = "a[href], button, input, select, textarea, summary, [tabindex]";
  const rested = new WeakSet(); // lists that are drawn and take keys themselves
  let waiting = []; // keys that came before

  const isOpen = (control) => control.dataset.expanded === "true";
  const listOf = (control) => document.getElementById(control.getAttribute("aria-controls") || "");
  const lit = (control) => isOpen(control) && listOf(control) && listOf(control).querySelector("[data-combobox-selected]");

  // The list sets its own count right with a timer, which comes before one that is set after it.
  function rest(control) {
    window.setTimeout(() => window.setTimeout(() => settle(control), 0), 0);
  }

  function settle(control) {
    if (!isOpen(control) || !control.isConnected) {
      return;
    }
    if (!listOf(control)) {
      rest(control);
      return;
    }
    rested.add(control);
    catchUp(control);
  }

  function catchUp(control) {
    const keys = waiting.filter((one) => one.control === control);
    waiting = waiting.filter((one) => one.control !== control);
    keys.forEach(({ key, back }) => press(control, key, back));
  }

  function press(control, key, back) {
    const option = key === "Enter" ? lit(control) : null;
    if (option) {
      option.click();
    } else if (key === "Tab") {
      goOn(control, back);
    } else {
      control.dispatchEvent(new KeyboardEvent("keydown", { key, code: key, bubbles: true, cancelable: true }));
    }
  }

  // Where the browser would have gone with Tab.
  function goOn(control, back) {
    const stops = [...document.querySelectorAll(STOPS)].filter(
      (one) => one === control || (one.tabIndex >= 0 && !one.disabled && !one.closest("[inert]") && one.checkVisibility()),
    );
    const next = stops[stops.indexOf(control) + (back ? -1 : 1)];
    if (next) {
      next.focus();
    }
  }

  // A hand that goes to the mouse has pressed its keys already.
  document.addEventListener("pointerdown", () => waiting.map((one) => one.control).forEach((one) => listOf(one) && catchUp(one)), true);

  document.addEventListener(
    "keydown",
    (event) => {
      const control = event.isTrusted && event.target instanceof Element && event.target.matches(CONTROL) ? event.target : null;
      if (!control || !STEPS.has(event.key) || event.isComposing || !isOpen(control)) {
        return;
      }
      if (!rested.has(control)) {
        waiting.push({ control, key: event.key, back: event.shiftKey });
      } else if (event.key === "Enter" && lit(control)) {
        lit(control).click();
      } else {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );

  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (!target.matches(CONTROL)) {
        continue;
      }
      if (!isOpen(target)) {
        rested.delete(target);
        waiting = waiting.filter((one) => one.control !== target);
      } else if (!rested.has(target)) {
        rest(target);
      }
    }
  }).observe(document.documentElement, { attributes: true, attributeFilter: ["data-expanded"], subtree: true });
})();
