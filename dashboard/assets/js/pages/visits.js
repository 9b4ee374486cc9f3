/* The visit form in the browser: drawn from what the page was given, kept on the device with every key, and handed over for
 * sending. The round's list of what waits on the device is drawn here as well.
 */
(function () {
  "use strict";
  const FIX_WITHIN = 20000;
  const ROUGHEST = 9999; // metres; as registry/households/moves.py has it
  const { answers, drawn, make } = window.ekasih;
  const { button, link } = drawn;
  const { filled } = answers;
  const skip = () => window.dash_clientside.no_update;
  const device = () => window.ekasih.visits.device;
  const facts = () => window.ekasih.visits.facts;
  const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

  let now = null; // the form that is open: what is known of the case, and what the device keeps of its visit
  let startedFrom = {}; // where the officer said to be
  let round = null; // what the list of the round was told: the user, and its words

  /* ------------------------------------------------------------- drawing */

  const open = () => now && document.contains(now.host);

  const status = (text, alarming) => drawn.status("visits-status", text, alarming);

  function focused(node) {
    node.focus();
    node.scrollIntoView({ block: "start" });
  }

  function draw(shape) {
    const host = document.getElementById("visits-host");
    if (!shape || !host) {
      return skip();
    }
    window.ekasih.visits.of(shape.user);
    const entry = device().entry(shape.user, shape.case);
    now = { shape, host, words: shape.words, entry: upToDate(entry || fresh(shape), shape) };
    if (entry && shape.keys.includes(entry.key)) {
      now.entry.ready = true; // it had arrived, only the answer was lost
      device().keep(now.entry);
    } else if (entry && !entry.visit && (entry.version !== shape.version || entry.household !== shape.household)) {
      Object.assign(now.entry, { ready: false, conflict: true });
      device().keep(now.entry);
    }
    if (now.entry.conflict) {
      drawConflict(shape);
    } else if (now.entry.ready) {
      drawWaiting();
      window.ekasih.visits.flush();
    } else if (!shape.open) {
      drawClosed();
    } else {
      drawForm(entry ? now.words.restored : "", now.entry.problems);
    }
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

  function changed() {
    device().keep(now.entry);
    drawProgress();
    status(filled(now.words.kept, { time: clock() }));
  }

  const head = (text) => [
    make("h1", { tabindex: "-1" }, now.shape.head),
    make("p", { class: "ek-footnote" }, [now.shape.number, now.shape.address].filter(Boolean).join(" · ")),
    make("p", { id: "visits-status", role: "status", class: "ek-drawn-status" }, text || ""),
  ];
  const ways = () => drawn.ways(link(now.words.to_case, "/kes/" + now.shape.case), link(now.words.to_round, "/lawatan"));

  function drawClosed() {
    now.host.replaceChildren(...head(), make("p", {}, now.words.not_open), ways());
  }

  function drawForm(text, problems) {
    const words = now.words;
    now.host.replaceChildren(
      ...head(text),
      make("div", { id: "visits-problems" }),
      make("p", {}, words.intro),
      ...wayThere(),
      section(
        words.findings,
        make("p", { id: "visits-progress", class: "ek-visits-progress" }),
        make("p", { class: "ek-footnote" }, words.part_note, " ", now.shape.household ? words.to_request : words.to_form),
        ...now.shape.parts.map(component),
      ),
      section(words.place, make("p", { class: "ek-footnote" }, words.place_note), ...place()),
      section(words.photos, make("p", { class: "ek-footnote" }, words.photos_note), ...photographs()),
      section(words.recommendation, writing("remarks", words.remarks), choices(), writing("reason", words.reason, true),
        make("p", { id: "visits-unseen", class: "ek-footnote" })),
      drawn.ways(button(words.send, finish, "ek-button-main")),
      ways(),
    );
    drawPhotos();
    drawProgress();
    if (Object.keys(problems || {}).length || now.entry.refused) {
      drawProblems(problems || {});
    }
  }

  const section = (title, ...children) => make("section", { class: "ek-drawn-part" }, make("h2", {}, title), ...children);
  const error = (name) => make("p", { id: "visits-" + name + "-e", class: "ek-drawn-error" });

  // Opened by the person alone: nothing is loaded from there, and no other page is told where it was pressed.
  function wayThere() {
    const { words, shape } = now;
    const outside = (text, href) => make("a", { href, class: "ek-button", target: "_blank", rel: "noreferrer noopener" }, text);
    if (!shape.map) {
      return [];
    }
    const ways = drawn.ways(outside(words.map_waze, shape.map.waze), outside(words.map_google, shape.map.google));
    return [make("div", { class: "ek-visits-way" }, ways, make("p", { class: "ek-footnote" }, words.map_note))];
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

  function radio(name, value, label, chosen, act) {
    const id = name + "-" + (value || "none");
    const box = make("input", { type: "radio", name, id, value, checked: value === chosen, onchange: () => (act(value), changed()) });
    return make("label", { for: id }, box, make("span", {}, label));
  }

  function field(name, label, value, act, more, tag) {
    const id = "visits-" + name + "-t";
    const box = make(tag || "textarea", { id, "data-field": name, "aria-describedby": "visits-" + name + "-e", ...more });
    box.value = value;
    box.addEventListener("input", () => {
      act(box.value);
      drawn.mend(box, more.inputmode);
      changed();
    });
    return drawn.question(box, label);
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

  /* ------------------------------------------------------------- the place */

  function place() {
    const form = now.entry.form;
    const typed = (name) => (text) => {
      Object.assign(form, { [name]: text.trim(), source: "typed", accuracy: form.source === "gps" ? "" : form.accuracy });
      showAccuracy();
    };
    const choice = make("select", { id: "visits-accuracy-t", "data-field": "accuracy", "aria-describedby": "visits-accuracy-e" }, accuracies());
    choice.value = form.source === "gps" ? "" : form.accuracy;
    choice.addEventListener("change", () => ((form.accuracy = choice.value), changed()));
    const note = make("p", { id: "visits-located", role: "status", class: "ek-footnote" }, located());
    return [
      button(now.words.locate, locate),
      note,
      make(
        "div",
        { class: "ek-drawn-fields" },
        ["latitude", "longitude"].map((name) => field(name, now.words[name], form[name], typed(name), { inputmode: "decimal", autocomplete: "off" }, "input")),
      ),
      make("div", { id: "visits-accuracy", hidden: !asksAccuracy(form) }, drawn.question(choice, now.words.accuracy)),
    ];
  }

  // A position of the device comes with its own accuracy; of one that was typed the officer is asked.
  const asksAccuracy = (form) => form.source === "typed" && Boolean(form.latitude || form.longitude);
  const accuracies = () =>
    [{ value: "", label: now.words.accuracy_choose }, ...now.shape.accuracies].map((one) => make("option", { value: one.value }, one.label));

  function showAccuracy() {
    document.getElementById("visits-accuracy").hidden = !asksAccuracy(now.entry.form);
    document.getElementById("visits-accuracy-t").value = now.entry.form.source === "gps" ? "" : now.entry.form.accuracy;
    document.getElementById("visits-located").textContent = located();
  }

  const located = () => (now.entry.form.source === "gps" ? filled(now.words.located, { n: Math.round(now.entry.form.accuracy) }) : "");

  function position(found, failed) {
    if (!navigator.geolocation) {
      failed();
      return;
    }
    navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: FIX_WITHIN, maximumAge: 0 });
  }

  function locate() {
    const note = document.getElementById("visits-located");
    note.textContent = now.words.locating;
    const before = [now.entry.form.latitude, now.entry.form.longitude].join();
    position(
      ({ coords }) => {
        if (!open()) {
          return;
        }
        if ([now.entry.form.latitude, now.entry.form.longitude].join() !== before) {
          note.textContent = now.words.located_typed;
          return;
        }
        if (coords.accuracy > ROUGHEST) {
          note.textContent = filled(now.words.located_rough, { n: Math.round(coords.accuracy) });
          return;
        }
        Object.assign(now.entry.form, {
          latitude: coords.latitude.toFixed(6), longitude: coords.longitude.toFixed(6), accuracy: coords.accuracy, source: "gps",
        });
        for (const name of ["latitude", "longitude"]) {
          document.getElementById("visits-" + name + "-t").value = now.entry.form[name];
        }
        showAccuracy();
        changed();
      },
      () => open() && (note.textContent = now.words.locate_failed),
    );
  }

  /* ------------------------------------------------------------- photographs */

  function photographs() {
    const id = "visits-photo-t";
    const box = make("input", { id, type: "file", class: "ek-sr", accept: "image/*", capture: "environment", "aria-describedby": "visits-photo-e" });
    box.addEventListener("change", () => {
      [...box.files].reduce((before, file) => before.then(() => take(file)), Promise.resolve()).then(() => (box.value = ""));
    });
    return [
      make("div", { class: "ek-drawn-field" }, box, make("label", { for: id, class: "ek-button ek-visits-take" }, now.words.photo_add), error("photo")),
      make("ul", { id: "visits-photos", class: "ek-visits-photos" }),
    ];
  }

  // Smaller before it is kept: a telephone's picture is larger than what will be shown of it, and the way may be narrow.
  async function reduced(file) {
    const picture = await window.createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, now.shape.limits.side / Math.max(picture.width, picture.height));
    const canvas = make("canvas", { width: Math.max(1, Math.round(picture.width * scale)), height: Math.max(1, Math.round(picture.height * scale)) });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("picture"))), "image/jpeg", 0.85));
  }

  async function take(file) {
    const say = (text) => (document.getElementById("visits-photo-e").textContent = text);
    const limits = now.shape.limits;
    if ((await device().photos(now.entry)).length >= limits.photos) {
      say(filled(now.words.photo_too_many, { n: limits.photos }));
      return;
    }
    const blob = await reduced(file).catch(() => null);
    if (!blob || blob.size > limits.bytes) {
      say(blob ? now.words.photo_too_large : now.words.photo_unreadable);
      return;
    }
    const kept = await device().addPhoto(now.entry, blob).then(() => true, () => false);
    say(kept ? "" : now.words.photo_not_kept);
    changed();
    await drawPhotos();
  }

  async function drawPhotos() {
    const photos = await device().photos(now.entry);
    const list = document.getElementById("visits-photos");
    if (!list) {
      return;
    }
    const items = photos.map((photo, place) => {
      const name = filled(now.words.photo_named, { n: place + 1 });
      const address = URL.createObjectURL(photo.blob);
      const picture = make("img", { src: address, alt: name, onload: () => URL.revokeObjectURL(address) });
      const remove = button(now.words.photo_remove, () => device().dropPhoto(photo.key).then(redraw));
      remove.setAttribute("aria-label", now.words.photo_remove + ": " + name);
      return make("li", {}, picture, photo.refused ? make("p", { class: "ek-drawn-error" }, photo.refused) : null, remove);
    });
    list.replaceChildren(...items);
  }

  function redraw() {
    if (now.entry.visit) {
      drawWaiting();
      window.ekasih.visits.flush();
    } else {
      changed();
      drawPhotos().then(() => document.getElementById("visits-photo-t").focus());
    }
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
    if (asksAccuracy(form) && !form.accuracy) {
      problems.accuracy = words.required;
    }
    if (!answers.coordinatesFit(form.latitude, form.longitude)) {
      problems.latitude = words.coordinates;
    }
    for (const name of ["recommendation", "reason"]) {
      if (!form[name].trim()) {
        problems[name] = words.required;
      }
    }
    return problems;
  }

  function drawProblems(problems) {
    document.querySelectorAll("#visits-host [data-field]").forEach((box) => {
      drawn.problem(box, problems[box.dataset.field] || "");
    });
    const title = make("h2", { tabindex: "-1" }, now.entry.refused || now.words.check);
    const items = Object.entries(problems).map(([name, text]) => {
      const box = document.querySelector('#visits-host [data-field="' + name + '"]');
      const lead = () => {
        const block = box && box.closest("details");
        if (block) {
          block.open = true;
        }
        if (box) {
          box.focus();
        }
      };
      return make("li", {}, make("button", { type: "button", class: "ek-link-button", "data-ek-about": box && box.id, onclick: lead }, called(name) + ": " + text));
    });
    const box = make("div", { class: "ek-error-summary", role: "alert" }, title, make("ul", {}, items));
    document.getElementById("visits-problems").replaceChildren(box);
    focused(title);
  }

  function called(name) {
    const part = now.shape.parts.find((one) => one.name === name);
    const fact = now.shape.parts.flatMap((one) => one.facts).find((one) => one.key === name);
    return part ? part.title : fact ? [fact.of, fact.label].filter(Boolean).join(", ") : now.words[name] || name;
  }

  function finish() {
    now.entry.refused = "";
    const problems = problemsNow();
    if (Object.keys(problems).length) {
      drawProblems(problems);
      return;
    }
    Object.assign(now.entry, { ready: true, problems: {}, visited_at: new Date().toISOString() });
    device().keep(now.entry);
    drawWaiting();
    focused(now.host.querySelector("h1"));
    window.ekasih.visits.flush();
  }

  function drawWaiting() {
    now.host.replaceChildren(...head(now.words.waiting), make("ul", { id: "visits-photos", class: "ek-visits-photos" }), ways());
    drawPhotos();
    status(navigator.onLine ? now.words.sending : now.words.waiting, !navigator.onLine);
  }

  function drawSent() {
    now.host.replaceChildren(
      ...head(),
      make("div", { class: "ek-case-done" }, make("h2", { tabindex: "-1", id: "visits-sent" }, now.words.sent), sentTold()),
      ways(),
    );
    focused(document.getElementById("visits-sent"));
  }

  // What was sent, as it was put down.
  function sentTold() {
    const { words } = now;
    const mine = mineTold();
    const rows = [
      ...now.shape.parts.map((part) => [part.title, mine.findings[part.name]]),
      [words.place, mine.place], [words.remarks, mine.remarks], [words.recommendation, mine.recommendation], [words.reason, mine.reason],
    ].filter(([_name, text]) => text);
    return make("dl", { class: "ek-visits-known" }, rows.map(([name, text]) => make("div", {}, make("dt", {}, name), make("dd", {}, text))));
  }

  window.addEventListener("ekasih:visits", ({ detail }) => {
    drawOutbox();
    if (detail.state === "sent" && document.getElementById("visits-round")) {
      window.dash_clientside.set_props("visits-here", { data: Object.assign({ at: Date.now() }, startedFrom) });
    }
    if (!open() || detail.case !== now.shape.case) {
      return;
    }
    now.entry = device().entry(now.shape.user, now.shape.case) || now.entry;
    const said = {
      away: () => status(now.words.waiting, true),
      sending: () => status(now.words.sending),
      photos: () => status(filled(now.words.sent_photos, detail)),
      sign_in: () => status(now.words.sign_in, true),
      sent: drawSent,
      refused: () => drawForm("", detail.problems),
      photos_refused: () => (drawWaiting(), status(now.words.refused, true)),
      conflict: () => drawConflict(detail.now),
    };
    said[detail.state]();
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
    const words = now.words;
    now.shape = Object.assign({}, now.shape, shape);
    const acts = [...(shape.open ? [button(words.send_mine, resume, "ek-button-main")] : []), button(words.discard, discard)];
    const note = shape.open ? words.conflict_note : words.conflict_closed;
    const { box, title } = drawn.twoVersions(words, note, differences(shape), acts, "visits-conflict");
    now.host.replaceChildren(...head(), box, ways());
    focused(title);
  }

  // Based anew on what the register says now; its officer looks at it once more before it is sent.
  function resume() {
    const { version, household } = now.shape;
    now.entry.form.changes = facts().known(now.shape.parts, now.entry.form.changes);
    Object.assign(now.entry, { version, household, base: baseOf(now.shape), conflict: false });
    changed();
    drawForm(now.words.restored);
    focused(now.host.querySelector("h1"));
  }

  function discard() {
    if (window.confirm(now.words.discard_sure)) {
      device().drop(now.entry).then(() => window.ekasih.go("/kes/" + now.shape.case));
    }
  }

  /* ------------------------------------------------------------- the round */

  function drawOutbox() {
    const host = document.getElementById("visits-waiting");
    if (!host || !round) {
      return;
    }
    const waiting = device().entries(round.user);
    const words = round.words;
    const items = waiting.map((entry) => {
      const how = entry.conflict || entry.refused ? words.outbox_trouble : entry.ready ? words.outbox_ready : words.outbox_draft;
      return make("li", {}, make("a", { href: "/lawatan/" + entry.case, "data-ek-go": "1" }, entry.head + " (" + entry.number + ")"), " ", how);
    });
    const send = waiting.some((entry) => entry.ready) ? [button(words.outbox_send, () => window.ekasih.visits.flush())] : [];
    host.replaceChildren(...(items.length ? [make("h3", {}, words.outbox), make("ul", {}, items), ...send] : []));
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
