/* The registration form in the browser: draws it part by part, saves it while it is filled in, and keeps it on the device
 * while the connection is away. Everything here works without a server; what is right and wrong, the server says.
 */
(function () {
  "use strict";
  const { answers, drawn, make } = window.ekasih;
  const { button } = drawn;
  const { filled } = answers;
  const store = drawn.store("ekasih.kes.");
  const SAVE_AFTER = 800;
  const WAIT_FOR = 12000;
  const TRY_AGAIN = 5000;
  const skip = () => window.dash_clientside.no_update;
  const tell = (id, data) => window.dash_clientside.set_props(id, { data });
  const copy = (value) => JSON.parse(JSON.stringify(value));

  let now = null; // the form that is open: shape, form, version, place, what was said of it, and how its saving stands

  /* ------------------------------------------------------------- on the device */

  // Whoever signs out leaves nothing behind on the device.
  document.addEventListener("submit", (event) => drawn.signsOut(event) && store.wipe());

  /* ------------------------------------------------------------- saving */

  const keep = () => store.keep(now.shape.user, now.shape.case, { version: now.version, form: now.form, unheard: now.unheard });

  function changed() {
    now.count += 1;
    now.dirty = true;
    keep();
    window.clearTimeout(now.timer);
    now.timer = window.setTimeout(send, SAVE_AFTER);
  }

  function send(submit) {
    if (!now || !document.contains(now.host) || now.conflict || now.stopped) {
      return;
    }
    window.clearTimeout(now.timer);
    if (submit === true && !now.letGo) {
      // what would be typed into another part meanwhile would not go in with it
      now.letGo = window.ekasih.forms.hold(now.host);
    }
    if (now.under) {
      now.submitNext = now.submitNext || submit === true;
      return;
    }
    if (!navigator.onLine) {
      away();
      return;
    }
    now.under = now.count;
    status(now.words.saving);
    const sent = { case: now.shape.case, version: now.version, at: now.count, form: copy(now.form), submit: submit === true };
    now.unheard = [...new Set([...now.unheard, answers.asText(sent.form)])];
    now.sent = sent.form;
    keep();
    tell("cases-form-sent", Object.assign(sent, { moment: Date.now() }));
    now.watch = window.setTimeout(away, WAIT_FOR);
  }

  // Nothing came back: what was typed stays on the device, and is sent when the connection is there again.
  function away() {
    now.under = null;
    reopen();
    window.clearTimeout(now.watch);
    window.clearTimeout(now.timer);
    status(now.words.kept, true);
    if (navigator.onLine) {
      now.timer = window.setTimeout(send, TRY_AGAIN);
    }
  }

  function reopen() {
    if (now.letGo) {
      now.letGo();
      now.letGo = null;
    }
  }

  window.addEventListener("offline", () => now && document.contains(now.host) && away());
  window.addEventListener("online", () => now && now.dirty && send());
  document.addEventListener(
    "click",
    (event) => {
      if (now && now.dirty && event.target instanceof Element && event.target.closest("a[href]")) {
        send();
      }
    },
    true,
  );

  function hear(answer) {
    if (!answer || !now || !document.contains(now.host)) {
      return skip();
    }
    window.clearTimeout(now.watch);
    const last = now.under === answer.at || now.count === answer.at;
    now.under = null;
    if (!answer.submitted && !now.submitNext) {
      reopen();
    }
    if (answer.refused) {
      // it is being decided on, or closed: what was typed stays on the device, and is not sent over and over
      now.stopped = true;
      status(answer.refused, true);
      return answer.at;
    }
    if (answer.conflict && now.unheard.includes(answers.asText(answer.conflict.form))) {
      // it was this form that was saved, and the answer was lost
      now.version = answer.conflict.version;
      send(now.submitNext);
      return answer.at;
    }
    if (answer.conflict) {
      now.conflict = answer.conflict;
      reopen();
      drawConflict();
      return answer.at;
    }
    now.version = answer.version;
    now.unheard = [];
    now.said = answer.said;
    now.heard = now.sent;
    drawSaved();
    if (answer.submitted) {
      store.drop(now.shape.user, now.shape.case);
      window.ekasih.go("/kes/" + now.shape.case);
      return answer.at;
    }
    if (last && now.count === answer.at) {
      now.dirty = false;
      store.drop(now.shape.user, now.shape.case);
      status(filled(now.words.saved, { time: answer.saved }));
    } else {
      keep();
      now.timer = window.setTimeout(send, SAVE_AFTER);
    }
    if (now.submitNext) {
      now.submitNext = false;
      send(true);
    }
    drawSaid();
    return answer.at;
  }

  // Which questions the last save changed in the register.
  function drawSaved() {
    const line = document.getElementById("cases-draft-saved");
    const after = answers.flat(now.sent);
    const places = answers.changed(now.known, after);
    now.known = after;
    if (line && places.length) {
      const names = labels();
      const told = [...new Set(places.map((place) => names[place.split(".")[1]]))].filter(Boolean);
      line.textContent = filled(now.words.saved_fields, { fields: told.join(", ") });
    }
  }

  /* ------------------------------------------------------------- drawing */

  function draw(shape) {
    const host = document.getElementById("cases-form-host");
    if (!shape || !host) {
      return skip();
    }
    now = {
      shape, host, words: shape.words, form: copy(shape.form), version: shape.version, said: shape.said, place: 0, count: 1,
      dirty: false, under: null, unheard: [], conflict: null, known: answers.flat(shape.form), heard: shape.form, mukims: { [shape.mukims.district]: shape.mukims.options },
    };
    now.parts = shape.parts.concat([{ name: "semak", title: shape.words.review, holds: "review", fields: [] }]);
    if (!shape.editable) {
      host.replaceChildren(make("p", {}, now.words.closed), back());
      return shape.case;
    }
    host.replaceChildren(
      make("h1", {}, shape.number),
      make("p", { id: "cases-draft-status", role: "status", class: "ek-drawn-status" }),
      make("p", { id: "cases-draft-saved", class: "ek-footnote" }),
      make("div", { id: "cases-draft-conflict" }),
      make("nav", { "aria-label": now.words.steps }, make("ol", { id: "cases-draft-steps", class: "ek-drawn-steps" })),
      make("section", { id: "cases-draft-part", class: "ek-drawn-part", "aria-labelledby": "cases-draft-title" }),
    );
    drawPart(false);
    restore();
    // an address may lead to a question
    const asked = decodeURIComponent(window.location.hash.slice(1));
    if (asked && now.parts.some((part) => belongs(part, asked))) {
      goTo(asked);
    }
    return shape.case;
  }

  // What the device kept of an earlier sitting: sent where nobody else saved since, else both are shown.
  function restore() {
    const kept = store.get(now.shape.user, now.shape.case);
    const found = answers.restored(kept, now);
    if (found === "none") {
      store.drop(now.shape.user, now.shape.case);
      return;
    }
    const theirs = { version: now.version, form: copy(now.form) };
    now.form = kept.form;
    now.count += 1;
    now.dirty = true;
    if (found === "own") {
      now.unheard = kept.unheard || [];
      status(now.words.restored);
      drawPart(false);
      send();
    } else {
      now.conflict = theirs;
      drawConflict();
    }
  }

  const status = (text, alarming) => drawn.status("cases-draft-status", text, alarming);
  const back = () => drawn.link(now.words.back_to_case, "/kes/" + now.shape.case);

  function drawSteps() {
    const list = document.getElementById("cases-draft-steps");
    if (!list) {
      return;
    }
    const wrong = Object.keys(now.said.problems);
    const items = now.parts.map((part, place) => {
      const [known, asked] = now.said.complete[part.name] || [0, 0];
      const faults = wrong.filter((key) => belongs(part, key)).length;
      const note = faults ? filled(now.words.problems, { n: faults }) : asked ? known + "/" + asked : "";
      const name = part.number ? part.number + ". " + part.title : part.title;
      const go = make("button", { type: "button", "aria-current": place === now.place ? "step" : null, onclick: () => turn(place) }, name);
      if (note) {
        go.append(" ", make("span", { class: faults ? "ek-drawn-note is-wrong" : "ek-drawn-note" }, note));
      }
      return make("li", {}, go);
    });
    const held = [...list.children].findIndex((item) => item.contains(document.activeElement));
    list.replaceChildren(...items);
    if (held >= 0) {
      list.children[held].firstChild.focus();
    }
  }

  function belongs(part, key) {
    const [row, name] = key.split(".");
    if (part.name === row) {
      return true;
    }
    const inRow = part.holds === "members" ? now.form.members : part.holds === "aid" ? now.form.aid || [] : [];
    return inRow.some((one) => one.key === row) && part.fields.some((field) => field.name === name);
  }

  function turn(place) {
    now.place = Math.max(0, Math.min(place, now.parts.length - 1));
    drawPart(true);
  }

  function drawPart(focus) {
    const host = document.getElementById("cases-draft-part");
    const part = now.parts[now.place];
    const title = make("h2", { id: "cases-draft-title", tabindex: "-1" }, part.number ? part.number + ". " + part.title : part.title);
    const bodies = { members: drawMembers, aid: drawAid, review: drawReview, household: drawHousehold };
    const ways = drawn.ways();
    if (part.holds === "review") {
      now.cameFrom = null;
      if (now.dirty) {
        send();
      }
    }
    if (now.cameFrom) {
      ways.append(button(now.words.back_to_review, goBack, "ek-button-main"));
    }
    if (now.place > 0) {
      ways.append(button(now.words.previous, () => turn(now.place - 1)));
    }
    if (now.place < now.parts.length - 1) {
      ways.append(button(now.words.next, () => turn(now.place + 1), now.cameFrom ? "" : "ek-button-main"));
    }
    ways.append(back());
    host.replaceChildren(title, ...bodies[part.holds](part), ways);
    drawSaid();
    if (focus) {
      title.focus();
      title.scrollIntoView({ block: "start" });
    }
  }

  function drawHousehold(part) {
    now.form[part.name] = now.form[part.name] || {};
    const note = part.name === "pelapor" ? [make("p", { class: "ek-footnote" }, now.words.reporter_note)] : [];
    return [...note, make("div", { class: "ek-drawn-fields" }, ...part.fields.map((field) => question(field, part.name, now.form[part.name])))];
  }

  const isHead = (member) => member.relationship === "KIR";
  const nameOf = (member, place) => (isHead(member) ? now.words.head : filled(now.words.member, { n: place + 1 }));

  function drawMembers(part) {
    const personal = part.name === "peribadi";
    const boxes = now.form.members.map((member, place) => {
      const fields = part.fields.filter((field) => !(isHead(member) && field.name === "relationship"));
      const box = make(
        "fieldset",
        { class: "ek-drawn-row" },
        make("legend", {}, nameOf(member, place) + (member.name && !personal ? ": " + member.name : "")),
        make("div", { class: "ek-drawn-fields" }, ...fields.map((field) => question(field, member.key, member))),
      );
      if (personal) {
        box.append(make("div", { class: "ek-drawn-hint", role: "status", "data-hint": member.key }));
        if (isHead(member)) {
          box.append(make("p", { class: "ek-footnote" }, now.words.head_note));
        } else {
          box.append(button(now.words.remove_member, () => remove("members", member.key)));
        }
      }
      return box;
    });
    if (part.name === "pendapatan") {
      boxes.unshift(make("p", {}, now.words.income_note));
    }
    return personal ? [...boxes, button(now.words.add_member, () => add("members", "m", {}))] : boxes;
  }

  function drawAid(part) {
    now.form.aid = now.form.aid || [];
    const boxes = now.form.aid.map((aid, place) =>
      make(
        "fieldset",
        { class: "ek-drawn-row" },
        make("legend", {}, filled(now.words.aid, { n: place + 1 })),
        make("div", { class: "ek-drawn-fields" }, ...part.fields.map((field) => question(field, aid.key, aid))),
        button(now.words.remove_aid, () => remove("aid", aid.key)),
      ),
    );
    return [...boxes, button(now.words.add_aid, () => add("aid", "b", {}))];
  }

  const drawReview = () => window.ekasih.caseReview.body();
  const isSaved = () => answers.asText(now.heard) === answers.asText(now.form);

  function titleOf(part, row, place) {
    return part.holds === "aid" ? filled(now.words.aid, { n: place + 1 }) : nameOf(row, place) + (row.name ? ": " + row.name : "");
  }

  function drawReviewSaid() {
    window.ekasih.caseReview.draw({
      words: now.words, said: now.said, values: now.form, parts: now.parts, editable: true, submits: now.shape.submits,
      isSaved: isSaved(), optionsOf, titleOf, change: (place) => goTo(place, true), send: () => send(true),
    });
  }

  // Leads to the question that a problem is about.
  function goTo(place, comesBack) {
    const found = now.parts.findIndex((part) => belongs(part, place));
    now.cameFrom = comesBack ? place : null;
    turn(found < 0 ? 1 : found);
    const control = document.getElementById(idOf(place));
    if (control) {
      control.focus();
      control.scrollIntoView({ block: "center" });
    }
  }

  // Back to the check, at the answer that was to be changed.
  function goBack() {
    const place = now.cameFrom;
    turn(now.parts.length - 1);
    const control = document.getElementById(window.ekasih.caseReview.buttonId(place));
    if (control) {
      control.focus();
      control.scrollIntoView({ block: "center" });
    }
  }

  function add(list, letter, values) {
    const numbers = now.form[list].map((row) => Number(row.key.slice(1)) || 0);
    const key = letter + (Math.max(0, ...numbers) + 1);
    now.form[list].push(Object.assign({ key }, values));
    changed();
    drawPart(false);
    const control = document.getElementById(idOf(key + "." + now.parts[now.place].fields[0].name));
    if (control) {
      control.focus();
    }
  }

  function remove(list, key) {
    now.form[list] = now.form[list].filter((row) => row.key !== key);
    changed();
    drawPart(true);
    status(now.words.removed);
  }

  /* ------------------------------------------------------------- one question */

  const idOf = (place) => "cases-b-" + place.replace(".", "-");
  const KEYBOARDS = { money: "decimal", whole: "numeric", acres: "decimal", date: "numeric" };

  function optionsOf(field) {
    if (field.name === "district_code") {
      return now.shape.districts;
    }
    if (field.name === "mukim_code") {
      return now.mukims[(now.form.lokasi || {}).district_code] || [];
    }
    if (field.name === "member") {
      return now.form.members.map((one, place) => ({ value: one.key, label: one.name || nameOf(one, place) }));
    }
    return field.options;
  }

  function question(field, row, values) {
    const place = row + "." + field.name;
    const id = idOf(place);
    const options = optionsOf(field);
    const about = { id, "data-place": place, "aria-describedby": id + "-e" + (field.kind === "date" ? " " + id + "-h" : ""), "aria-required": field.required ? "true" : null };
    const value = values[field.name] || "";
    let control;
    if (field.kind === "tick") {
      return tick(field, row, values, about);
    }
    if (options) {
      const known = options.some((option) => option.value === value) || !value;
      const all = [{ value: "", label: now.words.choose }, ...options, ...(known ? [] : [{ value, label: value }])];
      control = make("select", about, ...all.map((option) => make("option", { value: option.value }, option.label)));
      control.value = value;
    } else {
      control = make("input", Object.assign(about, { type: "text", autocomplete: "off", inputmode: KEYBOARDS[field.kind] || null, maxlength: 200 }));
      control.value = value;
    }
    control.addEventListener("input", () => {
      values[field.name] = control.value;
      if (field.name === "id_no") {
        document.querySelectorAll('[data-hint="' + row + '"]').forEach((box) => drawHint(box, hintOf(row)));
      }
      if (values.no_income && control.value && field.kind === "money" && !row.startsWith("b")) {
        delete values.no_income; // who has an amount has an income
        document.getElementById(idOf(row + ".no_income")).checked = false;
      }
      if (field.name === "district_code") {
        delete values.mukim_code;
        askMukims(control.value);
      }
      if (drawn.mend(control, field.kind)) {
        delete now.said.problems[place];
        drawSteps();
      }
      changed();
    });
    const needed = field.required ? make("span", { class: "ek-drawn-required" }, " (" + now.words.required + ")") : null;
    return drawn.question(control, [make("span", { class: "ek-drawn-number" }, field.number), " ", field.label, needed], {
      before: field.kind === "date" ? make("span", { id: id + "-h", class: "ek-footnote" }, now.words.date_hint) : null,
      body: field.kind === "money" ? make("span", { class: "ek-drawn-money" }, make("span", { "aria-hidden": "true" }, "RM"), control) : field.kind === "date" ? make("span", { class: "ek-drawn-money" }, control, window.ekasih.dayButton(field.label)) : control,
      wide: field.wide,
    });
  }

  // That there is no income: said, and never with an amount.
  function tick(field, row, values, about) {
    const box = make("input", Object.assign(about, { type: "checkbox" }));
    box.checked = values[field.name] === "yes";
    box.addEventListener("input", () => {
      box.checked ? (values[field.name] = "yes") : delete values[field.name];
      const amounts = now.parts[now.place].fields.filter((one) => one.kind === "money");
      for (const one of box.checked ? amounts : []) {
        delete values[one.name];
        document.getElementById(idOf(row + "." + one.name)).value = "";
      }
      changed();
    });
    const label = [make("span", { class: "ek-drawn-number" }, field.number), " ", field.label];
    return make(
      "div",
      { class: "ek-drawn-field is-wide" },
      make("label", { for: box.id, class: "ek-drawn-tick" }, box, make("span", {}, label)),
      make("p", { id: box.id + "-e", class: "ek-drawn-error" }),
    );
  }

  function askMukims(district) {
    if (district && !now.mukims[district]) {
      tell("cases-form-mukim-asked", { district, at: Date.now() });
    }
    redrawMukim();
  }

  function hearMukims(found) {
    if (found && now) {
      now.mukims[found.district] = found.options;
      redrawMukim();
    }
    return skip();
  }

  function redrawMukim() {
    const control = document.getElementById(idOf("lokasi.mukim_code"));
    if (!control) {
      return;
    }
    const options = [{ value: "", label: now.words.choose }, ...optionsOf({ name: "mukim_code" })];
    control.replaceChildren(...options.map((option) => make("option", { value: option.value }, option.label)));
    control.value = now.form.lokasi.mukim_code || "";
  }

  /* ------------------------------------------------------------- what the server said */

  function drawSaid() {
    drawSteps();
    drawReviewSaid();
    document.querySelectorAll("#cases-draft-part [data-place]").forEach((control) => {
      drawn.problem(control, now.said.problems[control.dataset.place] || "");
    });
    document.querySelectorAll("#cases-draft-part [data-hint]").forEach((box) => drawHint(box, hintOf(box.dataset.hint)));
  }

  // A hint is about the number that was sent; another may have been typed since.
  function hintOf(key) {
    const number = (form) => (form.members.find((one) => one.key === key) || {}).id_no;
    return number(now.heard) === number(now.form) ? now.said.hints[key] : null;
  }

  function drawHint(box, hint) {
    const said = hint ? JSON.stringify(hint) : "";
    if (box.dataset.said === said) {
      return;
    }
    box.dataset.said = said;
    if (!hint) {
      box.replaceChildren();
      return;
    }
    const fills = Object.keys(hint.fill).length;
    box.replaceChildren(
      make("p", {}, hint.facts),
      ...hint.odd.map((text) => make("p", { class: "ek-drawn-odd" }, text)),
      ...(fills ? [make("button", { type: "button", class: "ek-link-button", onclick: () => fill(box.dataset.hint, hint.fill) }, now.words.use)] : []),
    );
  }

  function fill(key, values) {
    const member = now.form.members.find((one) => one.key === key);
    Object.assign(member, values);
    for (const name of Object.keys(values)) {
      const control = document.getElementById(idOf(key + "." + name));
      if (control) {
        control.value = values[name];
      }
    }
    document.getElementById(idOf(key + "." + Object.keys(values)[0])).focus();
    changed();
  }

  /* ------------------------------------------------------------- two versions */

  const labels = () => {
    const found = {};
    now.shape.parts.forEach((part) => part.fields.forEach((field) => (found[field.name] = field.number + " " + field.label)));
    return found;
  };

  function drawConflict() {
    const host = document.getElementById("cases-draft-conflict");
    const [mine, theirs] = [answers.flat(now.form), answers.flat(now.conflict.form)];
    const names = labels();
    const rows = Object.keys({ ...mine, ...theirs }).map((place) => [names[place.split(".")[1]] || place, mine[place], theirs[place]]);
    const acts = [button(now.words.keep_mine, () => settle(now.form), "ek-button-main"), button(now.words.take_theirs, () => settle(now.conflict.form))];
    const { box, title } = drawn.twoVersions(now.words, now.words.conflict_note, rows, acts);
    host.replaceChildren(box);
    window.ekasih.forms.lead(() => title);
  }

  function settle(form) {
    now.version = now.conflict.version;
    now.known = answers.flat(now.conflict.form);
    now.form = copy(form);
    now.conflict = null;
    document.getElementById("cases-draft-conflict").replaceChildren();
    changed();
    drawPart(true);
    send();
  }

  function goToForm(opened) {
    if (opened) {
      window.ekasih.go("/kes/" + opened.case + "/borang");
    }
    return skip();
  }

  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_case_form: { draw, hear, hearMukims, goToForm } });
})();
