/* What every form of the app holds to, whoever draws it.
 *
 * - A form takes input only while nothing is about to change it: what an answer that is under way will draw anew or fill in is
 *   inert and says so (aria-busy), and so is a form that was pressed, until it is known what came of that.
 * - What stands on the screen is what is sent: the app's knowledge of a field follows each key, and again before each press.
 * - What was typed stays: a form that is drawn anew by the answer to something else gets back what stood in it.
 * - What is wrong is said until it is mended, and the keyboard goes to the first of it once a press was refused.
 * - The keyboard is never taken from where a person has put it.
 *
 * A form is marked with data-ek-form: "save" where its button changes something, "ask" where it only asks and may be asked anew
 * while the answer is still to come. Forms that draw themselves use `ekasih.forms` for the same.
 */
(function () {
  "use strict";
  const ekasih = (window.ekasih = window.ekasih || {});
  const { mended, numberIn, same } = ekasih.answers;
  const FORM = "[data-ek-form]";
  const SAVES = "[data-ek-form=save]";
  const FIELD = "input:not([type=hidden]), textarea, select";
  const BOX = ".mantine-InputWrapper-root";
  const OPTION = "[data-combobox-option]";
  const LIST = "input[aria-haspopup=listbox]";
  const SUMMARY = ".ek-error-summary, .ek-problems";
  const QUEUES = ["requested", "prioritized", "blocked", "executing", "watched", "executed"];
  const FILLS = new Set(["value", "checked", "data"]);
  const PRESSES = new Set(["n_clicks", "n_submit"]);

  /* ------------------------------------------------------- what Dash knows */

  const stores = () => window.dash_stores || [];
  const nameOf = (id) => (typeof id === "string" ? id : window.dash_component_api.stringifyId(id));
  const idOf = (name) => (name.startsWith("{") ? JSON.parse(name) : name);

  function layoutOf(name) {
    try {
      const found = window.dash_component_api.getLayout(idOf(name));
      return found && found.props && nameOf(found.props.id) === name ? found : null;
    } catch (_unknown) {
      return null; // the id is none of Dash's
    }
  }

  function hiddenOf(control) {
    let next = control.closest(BOX);
    do {
      next = next && next.nextElementSibling;
    } while (next && !next.matches("input[type=hidden]") && !next.matches(BOX));
    return next && next.matches("input[type=hidden]") ? next.value : undefined;
  }

  // What a field shows, as its component would tell it; undefined where that cannot be said.
  const SHOWN = {
    TextInput: (control) => control.value,
    Textarea: (control) => control.value,
    NumberInput: (control) => numberIn(control.value),
    Select: (control) => {
      const value = hiddenOf(control);
      return value === undefined ? undefined : value || null;
    },
    MultiSelect: (control) => {
      const value = hiddenOf(control);
      return value === undefined ? undefined : value.split(",").filter(Boolean);
    },
  };

  function shownBy(control) {
    const layout = control.id ? layoutOf(control.id) : null;
    const read = layout && layout.namespace === "dash_mantine_components" && SHOWN[layout.type];
    return read ? { layout, value: read(control) } : null;
  }

  /* -------------------------------------- what stands on the screen is sent */

  const touched = new Set(); // fields that a person has typed or chosen in
  const typed = new Map(); // by name: the field, what was drawn in it, what a person put there, whether it was sent

  function touch(control) {
    const shown = control && control.id && !touched.has(control) ? shownBy(control) : null;
    if (shown) {
      touched.add(control);
      typed.set(control.id, { control, drawn: shown.layout.props.value, value: shown.value, sent: false });
    }
  }

  function follow(control) {
    const shown = control.isConnected ? shownBy(control) : null;
    if (!shown || shown.value === undefined) {
      return;
    }
    const known = typed.get(control.id);
    if (known && !same(known.value, shown.value)) {
      Object.assign(known, { value: shown.value, sent: false });
    }
    if (!same(shown.value, shown.layout.props.value)) {
      window.dash_clientside.set_props(idOf(control.id), { value: shown.value });
    }
  }

  function followAll() {
    for (const control of touched) {
      control.isConnected ? follow(control) : touched.delete(control);
    }
  }

  const listOf = (option) => {
    const list = option.closest("[role=listbox]");
    return list && document.querySelector(LIST + '[aria-controls="' + window.CSS.escape(list.id) + '"]');
  };

  // Before the app hears of an event, and once it has dealt with it.
  function early(event) {
    const target = event.target instanceof Element ? event.target : null;
    if (!target || (event.type === "keydown" && event.key !== "Enter" && !target.matches(LIST))) {
      return;
    }
    if (event.type === "input" || target.matches(LIST)) {
      touch(target);
    } else if (target.closest(OPTION)) {
      touch(listOf(target.closest(OPTION)));
    } else if (target.closest(BOX)) {
      touch(target.closest(BOX).querySelector(LIST));
    }
    if (event.type !== "input") {
      followAll();
    }
    if (event.type === "click" || event.type === "keydown") {
      sending(target, event);
    }
  }

  function late(event) {
    const target = event.target instanceof Element ? event.target : null;
    if (event.type === "input") {
      const layout = target && target.id && touched.has(target) ? layoutOf(target.id) : null;
      if (layout && typeof layout.props.debounce !== "number") {
        window.queueMicrotask(() => follow(target));
      }
    } else {
      window.queueMicrotask(followAll);
    }
  }

  for (const type of ["input", "click", "keydown", "submit", "focusout"]) {
    document.addEventListener(type, early, true);
    document.addEventListener(type, late);
  }

  // What a form held when it was pressed goes with it; what was typed elsewhere has yet to be sent.
  function sending(target, event) {
    const presses = event.type === "click" ? target.closest("button:not([data-ek-day])") : target.matches("input") && target;
    const form = presses && presses.closest(FORM);
    if (form) {
      asked = { form, began: false };
      wrong.forEach((_known, control) => form.contains(control) && wrong.delete(control));
      typed.forEach((one) => (one.sent = one.sent || form.contains(one.control)));
    }
  }

  /* ------------------------------------- what an answer has drawn over again */

  function putBack() {
    for (const [name, one] of typed) {
      const control = document.getElementById(name);
      if (control === one.control) {
        const shown = shownBy(control);
        // else the app has yet to hear of the last key, or the field cannot say
        const heard = shown && shown.value !== undefined && same(shown.value, shown.layout.props.value);
        if (!shown || (heard && !same(shown.value, one.value))) {
          forget(name, one); // filled in by something else since
        } else if (one.sent && !isHeld(control)) {
          one.sent = false; // its answer has come, and it stands there still
        }
        continue;
      }
      forget(name, one);
      const shown = control && !one.sent ? shownBy(control) : null;
      if (shown && same(shown.layout.props.value, one.drawn)) {
        touched.add(control);
        typed.set(name, { control, drawn: one.drawn, value: one.value, sent: false });
        window.dash_clientside.set_props(idOf(name), { value: one.value });
      }
    }
  }

  function forget(name, one) {
    typed.delete(name);
    touched.delete(one.control);
  }

  /* ------------------------------------- what is wrong, until it is mended */

  const wrong = new Map(); // fields that are said to be wrong: with what text, and what they held then
  let asked = null; // the form that was pressed, until its answer is there

  function clear(control) {
    wrong.delete(control);
    window.dash_clientside.set_props(idOf(control.id), { error: null });
    const about = control.id.startsWith("{") ? JSON.parse(control.id) : {};
    document.querySelectorAll("[data-ek-field]").forEach((link) => {
      if (link.dataset.ekField === about.name && link.dataset.ekRow === about.row) {
        link.closest("li").hidden = true;
      }
    });
  }

  const kindOf = (control) => (control.parentElement.querySelector("[data-ek-day]") || control.closest(BOX + ":has([data-ek-day])") ? "date" : control.inputMode);

  function judge() {
    const isWorking = document.documentElement.hasAttribute("data-ek-working");
    const isAnswered = asked && asked.began && !isWorking;
    if (asked && !isAnswered) {
      asked.began = asked.began || isWorking;
      return; // what is said still is of the press before
    }
    const fresh = [];
    for (const control of document.querySelectorAll("[aria-invalid=true]")) {
      const shown = control.isConnected ? shownBy(control) : null;
      const text = shown && shown.layout.props.error;
      const known = wrong.get(control);
      if (text && (!known || known.text !== text)) {
        wrong.set(control, { text, value: shown.value });
        fresh.push(control);
      } else if (text && mended(kindOf(control), known.value, shown.value)) {
        clear(control);
      }
    }
    if (isAnswered) {
      const first = fresh.find((control) => asked.form.contains(control));
      const target = asked.form.querySelector(SUMMARY) || first;
      asked = null;
      if (target && !target.matches(FIELD)) {
        target.tabIndex = -1;
      }
      if (target && !leading) {
        leading = { find: () => target, anywhere: false, centred: true };
      }
    }
  }

  /* ----------------------------------- a form takes input when it is ready */

  const held = new Set();
  const own = new Map(); // held by a form itself: how often
  const closed = new Set(); // no input for as long as another form is open; nothing is awaited
  let left = null; // what had the keyboard when it was held

  const isHeld = (element) => [...held].some((one) => one.contains(element));

  // A group of boxes or circles has its name at its label only.
  function elementOf(id) {
    const label = document.getElementById(nameOf(id) + "-label");
    return document.getElementById(nameOf(id)) || (label && label.closest(BOX));
  }

  function outputsOf(callback, paths) {
    try {
      return callback.getOutputs(paths).flat();
    } catch (_gone) {
      return []; // its page is gone
    }
  }

  function changes(output) {
    const element = elementOf(output.id);
    if (!element) {
      return [];
    }
    if (element.matches(FIELD) || element.matches(BOX)) {
      const box = element.closest(BOX) || element;
      return FILLS.has(output.property) ? [box, ...buttonsOver(box)] : [];
    }
    if (element.matches("button")) {
      return output.property === "disabled" ? [element] : [];
    }
    const draws = output.property === "children" && (element.matches(FORM) || element.querySelector(FORM + ", " + FIELD));
    return draws ? [element] : [];
  }

  // What would send a field that is being filled in.
  function buttonsOver(box) {
    const found = [];
    for (let form = box.closest(SAVES); form; form = form.parentElement && form.parentElement.closest(SAVES)) {
      found.push(...[...form.querySelectorAll("button")].filter((one) => !one.closest(BOX) && one.closest(FORM) === form));
    }
    return found;
  }

  function pressed(callback) {
    const forms = [];
    for (const key of Object.keys(callback.changedPropIds || {})) {
      const cut = key.lastIndexOf(".");
      const [name, property] = [key.slice(0, cut), key.slice(cut + 1)];
      const button = PRESSES.has(property) && document.getElementById(name);
      const form = button && button.closest(FORM);
      const layout = form && form.dataset.ekForm !== "ask" ? layoutOf(name) : null;
      if (layout && layout.props[property]) {
        forms.push(form);
      }
    }
    return forms;
  }

  function busy() {
    const found = new Set([...own.keys(), ...closed]);
    let working = !stores().length;
    for (const store of stores()) {
      const { appLifecycle, callbacks, paths } = store.getState();
      const waitedFor = QUEUES.flatMap((queue) => (callbacks && callbacks[queue]) || []);
      working = working || appLifecycle !== "HYDRATED" || waitedFor.length > 0;
      for (const callback of waitedFor) {
        [...outputsOf(callback, paths).flatMap(changes), ...pressed(callback)].forEach((element) => found.add(element));
      }
    }
    document.documentElement.toggleAttribute("data-ek-working", working);
    return found;
  }

  function refresh() {
    waiting = false;
    const wanted = busy();
    for (const element of held) {
      if (!wanted.has(element)) {
        held.delete(element);
        element.inert = false;
        element.removeAttribute("aria-busy");
      }
    }
    for (const element of wanted) {
      if (!held.has(element)) {
        held.add(element);
        if (element.contains(document.activeElement)) {
          left = { control: document.activeElement, name: document.activeElement.id };
          document.activeElement.blur();
        }
        element.inert = true;
        if (!closed.has(element)) {
          element.setAttribute("aria-busy", "true");
        }
      }
    }
    putBack();
    judge();
    returnKeyboard();
    leadOn();
  }

  function returnKeyboard() {
    if (!left) {
      return;
    }
    if (document.activeElement && document.activeElement !== document.body) {
      left = null;
      return;
    }
    const control = left.control.isConnected ? left.control : left.name && document.getElementById(left.name);
    if (!control) {
      left = held.size ? left : null;
    } else if (!isHeld(control)) {
      left = null;
      control.focus({ preventScroll: true });
    }
  }

  let waiting = false;

  function soon() {
    if (!waiting) {
      waiting = true;
      window.queueMicrotask(refresh);
    }
  }

  const heard = new WeakSet();

  // Whether anything is still being drawn or asked is said of the whole page as well.
  document.documentElement.toggleAttribute("data-ek-working", true);

  // The app's store is there once the app has started, which draws into the page.
  new MutationObserver(() => {
    for (const store of stores()) {
      if (!heard.has(store)) {
        heard.add(store);
        store.subscribe(soon);
      }
    }
    soon();
  }).observe(document.documentElement, { childList: true, subtree: true });

  function count(element, step) {
    const times = (own.get(element) || 0) + step;
    times > 0 ? own.set(element, times) : own.delete(element);
    refresh();
  }

  /* ------------------------------------------------------------- the keyboard */

  let leading = null;

  // Leads the keyboard to where the work is as soon as that is there and ready, unless a person works in a field by then, or with
  // `anywhere`, anywhere on the page. `find` gives what to lead to, or nothing while it is not drawn yet; with `centred` that is
  // brought into sight.
  function lead(find, how) {
    leading = { find, anywhere: false, centred: false, ...how };
    soon();
  }

  function leadOn() {
    const target = leading && leading.find();
    if (!target || isHeld(target)) {
      return;
    }
    const { anywhere, centred } = leading;
    const active = document.activeElement;
    const main = document.getElementById("frame-main");
    leading = null;
    if (!active || !main || active === main || !main.contains(active) || !(anywhere || active.matches(FIELD))) {
      target.focus({ preventScroll: true });
      if (centred) {
        target.scrollIntoView({ block: "center", behavior: "auto" });
      }
    }
  }

  // Puts a text into a field as if it had been typed: the field itself is the last to know of a property.
  function put(control, value) {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), "value").set.call(control, value);
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }

  ekasih.forms = {
    lead,
    put,
    // No input until the function that is given back is called.
    hold(element) {
      count(element, 1);
      let over = false;
      return () => {
        if (!over) {
          over = true;
          count(element, -1);
        }
      };
    },
    // No input, and nothing to wait for, until it is opened again.
    close(element, isClosed) {
      isClosed ? closed.add(element) : closed.delete(element);
      refresh();
    },
    // Whether what had the keyboard takes no input just now: keys are meant for it.
    isWaiting: () => left !== null,
  };
})();
