/* The parts of the visit form: each fact stands as it is on record, and only what differs is entered. How far each part is done
 * is worked out here without the page, and tests/js holds it to what it says.
 */
(function () {
  "use strict";
  const { answers, drawn, make } = window.ekasih;
  const { filled } = answers;

  /* ------------------------------------------------------------- as values */

  const keysOf = (part) => (part.facts || []).map((fact) => fact.key);
  const openedIn = (part, form) => keysOf(part).filter((key) => Object.hasOwn(form.changes, key));
  const differs = (fact, form) => Object.hasOwn(form.changes, fact.key) && form.changes[fact.key].trim() !== fact.value;
  const changedIn = (part, form) => (part.facts || []).filter((fact) => differs(fact, form));

  // "open" until somebody says that all is the same, or what differs.
  function stateOf(part, form) {
    const finding = form.findings[part.name];
    const changes = changedIn(part, form).length;
    if (changes || finding.agrees === "no") {
      return { state: "differs", n: changes || 1 };
    }
    return { state: finding.agrees === "yes" ? "same" : "open", n: 0 };
  }

  function progress(parts, form) {
    const open = parts.filter((part) => stateOf(part, form).state === "open");
    return { done: parts.length - open.length, n: parts.length, open: open.map((part) => part.title) };
  }

  // A fact that is put back is no difference any more; the first difference says that the part differs, the last takes it back.
  function put(part, form, key, value) {
    const before = openedIn(part, form).length;
    if (value === null) {
      delete form.changes[key];
    } else {
      form.changes[key] = value;
    }
    const finding = form.findings[part.name];
    const after = openedIn(part, form).length;
    if (!before && after) {
      finding.agrees = "no";
    } else if (before && !after && !finding.note.trim()) {
      finding.agrees = "";
    }
  }

  // What was found otherwise and is of a fact that is not there any more is dropped when the form is based anew.
  function known(parts, changes) {
    const keys = new Set(parts.flatMap(keysOf));
    return Object.fromEntries(Object.entries(changes || {}).filter(([key]) => keys.has(key)));
  }

  function told(shape, fact, value) {
    const option = (shape.choices[fact.name] || []).find((one) => one.value === value);
    return option ? option.label : value;
  }

  // The lines of what differs: "Ali: Pekerjaan: Pelajar → Bekerja sendiri".
  function differences(shape, part, form) {
    const { empty } = shape.words;
    return changedIn(part, form).map((fact) => {
      const sides = (fact.text || empty) + " → " + (told(shape, fact, form.changes[fact.key].trim()) || empty);
      return [fact.of, fact.label, sides].filter(Boolean).join(": ");
    });
  }

  /* ------------------------------------------------------------- drawn */

  const named = (fact) => [fact.of, fact.label].filter(Boolean).join(", ");
  const NEW = /^baru\d$/;
  const idOf = (fact) => "visits-fact-" + fact.key.replace(/[^\w-]/g, "_");

  function control(shape, fact, form, changed) {
    const id = idOf(fact) + "-t";
    const shared = { id, "data-field": fact.key, "aria-describedby": idOf(fact) + "-e" };
    const act = (box) => {
      form.changes[fact.key] = box.value;
      changed();
    };
    if (fact.kind === "choice") {
      const offered = [...(shape.choices[fact.name] || [])];
      if (fact.value && !offered.some((one) => one.value === fact.value)) {
        offered.push({ value: fact.value, label: fact.text });
      }
      const box = make("select", shared, make("option", { value: "" }, shape.words.fact_choose), offered.map((one) => make("option", { value: one.value }, one.label)));
      box.value = form.changes[fact.key];
      box.addEventListener("change", () => act(box));
      return box;
    }
    const numeric = { money: "decimal", acres: "decimal", whole: "numeric" }[fact.kind];
    const box = make("input", { ...shared, autocomplete: "off", inputmode: numeric, maxlength: 200 });
    box.value = form.changes[fact.key];
    box.addEventListener("input", () => act(box));
    return box;
  }

  function line(shape, part, fact, form, changed, again) {
    const { words } = shape;
    const press = (text, label, act) => {
      const button = drawn.button(text, act, "ek-visits-change");
      button.setAttribute("aria-label", filled(label, { label: named(fact) }));
      return button;
    };
    if (Object.hasOwn(form.changes, fact.key)) {
      const undo = press(words.fact_undo, words.fact_undo_of, () => (put(part, form, fact.key, null), changed(), again(fact, false)));
      const before = make("p", { class: "ek-footnote" }, filled(words.fact_before, { text: fact.text || words.empty }));
      return make("li", { id: idOf(fact), class: "is-changed" }, drawn.question(control(shape, fact, form, changed), fact.label, { before }), undo);
    }
    const change = fact.kind
      ? press(words.fact_change, words.fact_change_of, () => (put(part, form, fact.key, fact.value), changed(), again(fact, true)))
      : null;
    const text = make("span", {}, make("span", { class: "ek-visits-label" }, fact.label), " ", make("span", {}, fact.text || words.empty));
    return make("li", { id: idOf(fact) }, text, change);
  }

  // One list of facts for the household, and one for each member under the member's name.
  function facts(shape, part, form, changed) {
    const host = make("div", { class: "ek-visits-facts" });
    function again(fact, opened) {
      const old = host.querySelector("#" + CSS.escape(idOf(fact)));
      const fresh = line(shape, part, fact, form, changed, again);
      old.replaceWith(fresh);
      fresh.querySelector(opened ? "input, select" : "button").focus();
    }
    const groups = [...new Set(part.facts.map((fact) => fact.key.split(".")[0]))];
    for (const group of groups) {
      const own = part.facts.filter((fact) => fact.key.split(".")[0] === group);
      const list = make("ul", {}, own.map((fact) => line(shape, part, fact, form, changed, again)));
      const whole = own[0].of ? [make("h3", {}, own[0].of), list] : [list];
      const isNew = NEW.test(group);
      host.append(...(isNew ? [make("div", { class: "ek-visits-new", hidden: !own.some((fact) => Object.hasOwn(form.changes, fact.key)) }, whole)] : whole));
    }
    // somebody whom the record does not have: every field is asked at once
    function add() {
      const box = host.querySelector(".ek-visits-new[hidden]");
      const rows = [...host.querySelectorAll(".ek-visits-new")];
      const group = groups.filter((one) => NEW.test(one))[rows.indexOf(box)];
      for (const fact of part.facts.filter((one) => one.key.startsWith(group + "."))) {
        put(part, form, fact.key, fact.value);
        box.querySelector("#" + CSS.escape(idOf(fact))).replaceWith(line(shape, part, fact, form, changed, again));
      }
      box.hidden = false;
      more.hidden = !host.querySelector(".ek-visits-new[hidden]");
      changed();
      box.querySelector("input, select").focus();
    }
    const more = drawn.button(shape.words.add_member, add, "ek-visits-change");
    if (groups.some((one) => NEW.test(one))) {
      more.hidden = !host.querySelector(".ek-visits-new[hidden]");
      host.append(more);
    }
    return host;
  }

  window.ekasih.visits = Object.assign(window.ekasih.visits || {}, {
    facts: { stateOf, progress, put, known, differences, openedIn, changedIn, drawn: facts },
  });
})();
