/* The visit form in the browser: drawn from what the page was given, kept on the device with every key, and handed over for
 * sending. The round's list of what waits on the device is drawn here as well.
 */
(function () {
  "use strict";
  const { answers, drawn, make } = window.ekasih;
  const { button, link } = drawn;
  const { filled } = answers;
  const skip = () => window.dash_clientside.no_update;
  const device = () => window.ekasih.visits.device;
  const facts = () => window.ekasih.visits.facts;
  const { error, outbox: drawOutboxOf, position, section, wayThere } = window.ekasih.visits.shared;

  let now = null; // the form that is open: what is known of the case, and what the device keeps of its visit
  let startedFrom = {}; // where the officer said to be
  let round = null; // what the list of the round was told: the user, and its words

  /* ------------------------------------------------------------- drawing */

  const sheet = window.ekasih.visits.parts(() => now, {
    form: drawForm, conflict: drawConflict, closed: drawClosed, progress: drawProgress, sent: sentRows, ways,
  });
  const { changed, field, head, radio } = sheet;

  function draw(shape) {
    const host = document.getElementById("visits-host");
    if (!shape || !host) {
      return skip();
    }
    window.ekasih.visits.of(shape.user);
    const entry = device().entry(shape.user, shape.case);
    now = { shape, host, words: shape.words, entry: upToDate(entry || fresh(shape), shape) };
    sheet.begin(Boolean(entry), now.entry.version !== shape.version || now.entry.household !== shape.household);
    return shape.case;
  }

  const linesOf = (shape) => Object.fromEntries(shape.parts.map((part) => [part.name, part.lines.map((line) => line.join(": ")).join("\n")]));
  const baseOf = (shape) => ({ state: shape.state, officer: shape.officer, lines: linesOf(shape) });

  function fresh(shape) {
    const form = { findings: {}, changes: {}, remarks: "", recommendation: "", reason: "", latitude: "", longitude: "", accuracy: "", source: "" };
    shape.parts.forEach((part) => (form.findings[part.name] = { agrees: "", note: "" }));
    return {
      case: shape.case, user: shape.user, number: shape.number, head: shape.head, leave: shape.words.leave, key: answers.uuid(),
      version: shape.version, household: shape.household, base: baseOf(shape), form, visited_at: "", ready: false, visit: null, conflict: false, refused: "", problems: {},
    };
  }

  // What a device kept before facts could be changed has none that are.
  function upToDate(entry, shape) {
    entry.form.changes = entry.form.changes || {};
    if (!Object.hasOwn(entry, "household")) {
      entry.household = shape.household;
    }
    return entry;
  }

  function ways() {
    return drawn.ways(link(now.words.to_case, "/kes/" + now.shape.case), link(now.words.to_round, "/lawatan"));
  }

  function drawClosed() {
    now.host.replaceChildren(...head(), make("p", {}, now.words.not_open), ways());
  }

  function drawForm(text, problems) {
    const words = now.words;
    now.host.replaceChildren(
      ...head(text),
      make("div", { id: "visits-problems" }),
      make("p", {}, words.intro),
      ...wayThere(now),
      section(
        words.findings,
        make("p", { id: "visits-progress", class: "ek-visits-progress" }),
        make("p", { class: "ek-footnote" }, words.part_note, " ", now.shape.household ? words.to_request : words.to_form),
        ...now.shape.parts.map(component),
      ),
      section(words.place, make("p", { class: "ek-footnote" }, words.place_note), ...sheet.place()),
      section(words.photos, make("p", { class: "ek-footnote" }, words.photos_note), ...sheet.photographs()),
      section(words.recommendation, writing("remarks", words.remarks), choices(), writing("reason", words.reason, true),
        make("p", { id: "visits-unseen", class: "ek-footnote" })),
      drawn.ways(button(words.send, () => sheet.finish(problemsNow(), called), "ek-button-main")),
      ways(),
    );
    sheet.drawPhotos();
    drawProgress();
    if (Object.keys(problems || {}).length || now.entry.refused) {
      sheet.drawProblems(problems || {}, called);
    }
  }

  function component(part) {
    const words = now.words;
    const { form } = now.entry;
    const finding = () => now.entry.form.findings[part.name];
    const name = "visits-" + part.name;
    const radios = [["yes", words.agrees], ["no", words.differs], ["", words.unseen]].map(([value, label]) =>
      radio(name, value, label, finding().agrees, (chosen) => (finding().agrees = chosen)),
    );
    const body = make(
      "fieldset",
      { class: "ek-visits-checked" },
      make("legend", { class: "ek-sr" }, part.title),
      part.facts.length ? facts().drawn(now.shape, part, form, changed) : lines(part),
      make("div", { class: "ek-visits-radios" }, radios),
      field(part.name, words.note, finding().note, (text) => (finding().note = text), { rows: 2, maxlength: now.shape.limits.note, placeholder: " " }),
    );
    const state = make("span", { class: "ek-tag", "data-part": part.name });
    return make("details", { class: "ek-visits-block", id: name + "-block" }, make("summary", {}, make("span", {}, part.title), state), body);
  }

  const lines = (part) =>
    part.lines.length
      ? make("dl", { class: "ek-visits-known" }, part.lines.map(([label, text]) => make("div", {}, make("dt", {}, label), make("dd", {}, text))))
      : make("p", { class: "ek-footnote" }, now.words.nothing_known);

  // How far each part is; where facts differ, that is what the part says, whatever was chosen before.
  function drawProgress() {
    const { words, shape, entry: { form } } = now;
    const line = document.getElementById("visits-progress");
    if (!line) {
      return;
    }
    for (const part of shape.parts) {
      const { state, n } = facts().stateOf(part, form);
      const tag = now.host.querySelector('[data-part="' + part.name + '"]');
      tag.textContent = filled(words["block_" + state], { n });
      tag.closest("details").classList.toggle("is-done", state !== "open");
      const opened = facts().openedIn(part, form).length > 0;
      for (const box of now.host.querySelectorAll('input[name="visits-' + part.name + '"]')) {
        box.disabled = opened && box.value !== "no";
        box.checked = box.value === form.findings[part.name].agrees;
      }
    }
    const { done, n, open } = facts().progress(shape.parts, form);
    line.textContent = filled(words.progress, { done, n });
    document.getElementById("visits-unseen").textContent = open.length ? filled(words.unseen_sent, { n: open.join(", ") }) : "";
  }

  const writing = (name, label, needed) =>
    field(name, label, now.entry.form[name], (text) => (now.entry.form[name] = text), {
      rows: 3, maxlength: now.shape.limits.note, "aria-required": needed ? "true" : null,
    });

  function choices() {
    const form = now.entry.form;
    const radios = now.shape.recommendations.map((one) =>
      radio("visits-recommendation", one.value, one.label, form.recommendation, (chosen) => (form.recommendation = chosen)),
    );
    return make(
      "fieldset",
      { class: "ek-visits-radios", "data-field": "recommendation", tabindex: "-1", "aria-describedby": "visits-recommendation-e" },
      make("legend", { class: "ek-sr" }, now.words.recommendation),
      radios,
      error("recommendation"),
    );
  }

  /* ------------------------------------------------------------- sending */

  function problemsNow() {
    const { words, entry: { form } } = now;
    const problems = {};
    for (const part of now.shape.parts) {
      const finding = form.findings[part.name];
      if (finding.agrees === "no" && !finding.note.trim() && !facts().changedIn(part, form).length) {
        problems[part.name] = words.say_what_differs;
      }
      for (const fact of facts().changedIn(part, form)) {
        if (fact.required && !form.changes[fact.key].trim()) {
          problems[fact.key] = words.required;
        }
      }
    }
    Object.assign(problems, sheet.placeProblems(form));
    for (const name of ["recommendation", "reason"]) {
      if (!form[name].trim()) {
        problems[name] = words.required;
      }
    }
    return problems;
  }

  function called(name) {
    const part = now.shape.parts.find((one) => one.name === name);
    const fact = now.shape.parts.flatMap((one) => one.facts).find((one) => one.key === name);
    return part ? part.title : fact ? [fact.of, fact.label].filter(Boolean).join(", ") : now.words[name] || name;
  }

  // What was sent, as it was put down.
  function sentRows() {
    const { words } = now;
    const mine = mineTold();
    return [
      ...now.shape.parts.map((part) => [part.title, mine.findings[part.name]]),
      [words.place, mine.place], [words.remarks, mine.remarks], [words.recommendation, mine.recommendation], [words.reason, mine.reason],
    ];
  }

  window.addEventListener("ekasih:visits", ({ detail }) => {
    drawOutbox();
    if (detail.state === "sent" && document.getElementById("visits-round")) {
      window.dash_clientside.set_props("visits-here", { data: Object.assign({ at: Date.now() }, startedFrom) });
    }
    sheet.hear(detail);
  });

  /* ------------------------------------------------------------- two versions */

  function mineTold() {
    const { words, entry: { form } } = now;
    const told = { agrees: { yes: words.agrees, no: words.differs } };
    const findings = {};
    for (const part of now.shape.parts) {
      const finding = form.findings[part.name];
      const found = [...facts().differences(now.shape, part, form), finding.note.trim()].filter(Boolean).join("; ");
      findings[part.name] = [told.agrees[finding.agrees], found].filter(Boolean).join(": ");
    }
    const chosen = now.shape.recommendations.find((one) => one.value === form.recommendation);
    const point = [form.latitude, form.longitude].filter(Boolean).join(", ");
    return { recommendation: chosen ? chosen.label : "", reason: form.reason.trim(), remarks: form.remarks.trim(), place: point, findings };
  }

  function differences(shape) {
    const { words, entry: { base } } = now;
    const lines = linesOf(shape);
    const rows = [[words.state, base.state, shape.state], [words.officer, base.officer, shape.officer]];
    shape.parts.forEach((part) => rows.push([part.title, base.lines[part.name] || "", lines[part.name]]));
    if (shape.visit) {
      const mine = mineTold();
      rows.push([words.visited_by, "", shape.visit.officer + ", " + shape.visit.at]);
      for (const name of ["recommendation", "reason", "remarks", "place"]) {
        rows.push([words[name], mine[name], shape.visit[name]]);
      }
      shape.parts.forEach((part) => rows.push([words.findings + ": " + part.title, mine.findings[part.name], shape.visit.findings[part.name]]));
    }
    return rows;
  }

  function drawConflict(shape) {
    sheet.drawConflict(shape, differences, resume, () => window.ekasih.go("/kes/" + now.shape.case));
  }

  function resume() {
    const { version, household } = now.shape;
    now.entry.form.changes = facts().known(now.shape.parts, now.entry.form.changes);
    sheet.resume({ version, household, base: baseOf(now.shape) });
  }

  /* ------------------------------------------------------------- the round */

  function drawOutbox() {
    const host = document.getElementById("visits-waiting");
    if (host && round) {
      drawOutboxOf(host, round.user, round.words);
    }
  }

  function outbox(told) {
    if (!told) {
      return skip();
    }
    round = told;
    window.ekasih.visits.of(told.user);
    drawOutbox();
    window.ekasih.visits.flush();
    return told.user;
  }

  function here(clicks, told) {
    const note = document.getElementById("visits-here-note");
    if (!clicks || !told || !note) {
      return skip();
    }
    note.textContent = told.words.locating;
    position(
      ({ coords }) => {
        note.textContent = filled(told.words.located, { n: Math.round(coords.accuracy) });
        startedFrom = { latitude: coords.latitude, longitude: coords.longitude };
        window.dash_clientside.set_props("visits-here", { data: startedFrom });
      },
      () => (note.textContent = told.words.locate_failed),
    );
    return skip();
  }

  const whole = (checked, value) => (checked ? value.split(",") : []);

  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_visits: { draw, outbox, here, whole } });
})();
