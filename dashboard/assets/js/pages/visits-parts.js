/* What the forms of visits have in common, to a household and to the site of a project: the place, photographs, fields and their
 * problems, what is drawn first, what waits on the device. `at` gives the form that is open: {shape, entry, words, host}; `draws`
 * what is its own: form, conflict, closed, sent, head, ways.
 */
(function () {
  "use strict";
  const FIX_WITHIN = 20000;
  const ROUGHEST = 9999; // metres; as registry/households/moves.py has it
  const { answers, drawn, make } = window.ekasih;
  const { button } = drawn;
  const { filled } = answers;
  const device = () => window.ekasih.visits.device;
  const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

  const status = (text, alarming) => drawn.status("visits-status", text, alarming);
  const section = (title, ...children) => make("section", { class: "ek-drawn-part" }, make("h2", {}, title), ...children);
  const error = (name) => make("p", { id: "visits-" + name + "-e", class: "ek-drawn-error" });

  function focused(node) {
    node.focus();
    node.scrollIntoView({ block: "start" });
  }

  function position(found, failed) {
    if (!navigator.geolocation) {
      failed();
      return;
    }
    navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: FIX_WITHIN, maximumAge: 0 });
  }

  // Opened by the person alone: nothing is loaded from there, and no other page is told where it was pressed.
  function wayThere({ words, shape }) {
    const outside = (text, href) => make("a", { href, class: "ek-button", target: "_blank", rel: "noreferrer noopener" }, text);
    if (!shape.map) {
      return [];
    }
    const ways = drawn.ways(outside(words.map_waze, shape.map.waze), outside(words.map_google, shape.map.google));
    return [make("div", { class: "ek-visits-way" }, ways, make("p", { class: "ek-footnote" }, words.map_note))];
  }

  // What one user of the device has not sent yet, of whatever kind; `opens` gives what opens an entry without leaving the page.
  function outbox(host, user, words, opens = () => null) {
    const waiting = device().entries(user);
    const items = waiting.map((entry) => {
      const how = entry.conflict || entry.refused ? words.outbox_trouble : entry.ready ? words.outbox_ready : words.outbox_draft;
      const [text, onclick] = [entry.head + " (" + entry.number + ")", opens(entry)];
      const way = onclick
        ? make("button", { type: "button", class: "ek-link-button", onclick }, text)
        : make("a", { href: window.ekasih.visits.pageOf(entry), "data-ek-go": "1" }, text);
      return make("li", {}, way, " ", how);
    });
    const send = waiting.some((entry) => entry.ready) ? [button(words.outbox_send, () => window.ekasih.visits.flush())] : [];
    host.replaceChildren(...(items.length ? [make("h3", {}, words.outbox), make("ul", {}, items), ...send] : []));
  }

  function parts(at, draws) {
    const open = () => at() && document.contains(at().host);

    function changed() {
      device().keep(at().entry);
      if (draws.progress) {
        draws.progress();
      }
      status(filled(at().words.kept, { time: clock() }));
    }

    /* ----------------------------------------------------------- what is drawn first */

    function begin(isKept, isStale) {
      const { shape, entry, words } = at();
      if (isKept && shape.keys.includes(entry.key)) {
        entry.ready = true; // it had arrived, only the answer was lost
        device().keep(entry);
      } else if (isKept && !entry.visit && isStale) {
        Object.assign(entry, { ready: false, conflict: true });
        device().keep(entry);
      }
      if (entry.conflict) {
        draws.conflict(shape);
      } else if (entry.ready) {
        drawWaiting();
        window.ekasih.visits.flush();
      } else if (!shape.open) {
        draws.closed();
      } else {
        draws.form(isKept ? words.restored : "", entry.problems);
      }
    }

    const head = (text) => [
      make("h1", { tabindex: "-1" }, at().shape.head),
      make("p", { class: "ek-footnote" }, [at().shape.number, at().shape.address].filter(Boolean).join(" · ")),
      make("p", { id: "visits-status", role: "status", class: "ek-drawn-status" }, text || ""),
    ];

    function drawWaiting() {
      const { host, words } = at();
      host.replaceChildren(...head(words.waiting), make("ul", { id: "visits-photos", class: "ek-visits-photos" }), draws.ways());
      drawPhotos();
      status(navigator.onLine ? words.sending : words.waiting, !navigator.onLine);
    }

    // Rows are (name, text); what is empty is left out.
    const told = (rows) =>
      make("dl", { class: "ek-visits-known" }, rows.filter(([_name, text]) => text).map(([name, text]) => make("div", {}, make("dt", {}, name), make("dd", {}, text))));

    // What was sent, as it was put down.
    function drawSent(rows) {
      const { host, words } = at();
      host.replaceChildren(
        ...head(),
        make("div", { class: "ek-case-done" }, make("h2", { tabindex: "-1", id: "visits-sent" }, words.sent), told(rows)),
        draws.ways(),
      );
      focused(document.getElementById("visits-sent"));
    }

    // What the sending says of the form that is open.
    function hear(detail) {
      if (!open() || detail.case !== at().shape.case) {
        return;
      }
      at().entry = device().entry(at().shape.user, at().shape.case) || at().entry;
      const { words } = at();
      const said = {
        away: () => status(words.waiting, true),
        sending: () => status(words.sending),
        photos: () => status(filled(words.sent_photos, detail)),
        sign_in: () => status(words.sign_in, true),
        sent: () => drawSent(draws.sent()),
        refused: () => draws.form("", detail.problems),
        photos_refused: () => (drawWaiting(), status(words.refused, true)),
        conflict: () => draws.conflict(detail.now),
      };
      said[detail.state]();
    }

    /* ----------------------------------------------------------- fields */

    function radio(name, value, label, chosen, act) {
      const id = name + "-" + (value || "none");
      const box = make("input", { type: "radio", name, id, value, checked: value === chosen, onchange: () => (act(value), changed()) });
      return make("label", { for: id }, box, make("span", {}, label));
    }

    function field(name, label, value, act, more, tag, before) {
      const id = "visits-" + name + "-t";
      const box = make(tag || "textarea", { id, "data-field": name, "aria-describedby": "visits-" + name + "-e", ...more });
      box.value = value;
      box.addEventListener("input", () => {
        act(box.value);
        drawn.mend(box, more.inputmode);
        changed();
      });
      return drawn.question(box, label, { before });
    }

    /* ----------------------------------------------------------- the place */

    function place() {
      const { words, entry: { form } } = at();
      const typed = (name) => (text) => {
        Object.assign(form, { [name]: text.trim(), source: "typed", accuracy: form.source === "gps" ? "" : form.accuracy });
        showAccuracy();
      };
      const choice = make("select", { id: "visits-accuracy-t", "data-field": "accuracy", "aria-describedby": "visits-accuracy-e" }, accuracies());
      choice.value = form.source === "gps" ? "" : form.accuracy;
      choice.addEventListener("change", () => ((form.accuracy = choice.value), changed()));
      const note = make("p", { id: "visits-located", role: "status", class: "ek-footnote" }, located());
      return [
        button(words.locate, locate),
        note,
        make(
          "div",
          { class: "ek-drawn-fields" },
          ["latitude", "longitude"].map((name) => field(name, words[name], form[name], typed(name), { inputmode: "decimal", autocomplete: "off" }, "input")),
        ),
        make("div", { id: "visits-accuracy", hidden: !asksAccuracy(form) }, drawn.question(choice, words.accuracy)),
      ];
    }

    // A position of the device comes with its own accuracy; of one that was typed the officer is asked.
    const asksAccuracy = (form) => form.source === "typed" && Boolean(form.latitude || form.longitude);
    const accuracies = () =>
      [{ value: "", label: at().words.accuracy_choose }, ...at().shape.accuracies].map((one) => make("option", { value: one.value }, one.label));
    const located = () => (at().entry.form.source === "gps" ? filled(at().words.located, { n: Math.round(at().entry.form.accuracy) }) : "");

    function showAccuracy() {
      const { form } = at().entry;
      document.getElementById("visits-accuracy").hidden = !asksAccuracy(form);
      document.getElementById("visits-accuracy-t").value = form.source === "gps" ? "" : form.accuracy;
      document.getElementById("visits-located").textContent = located();
    }

    function locate() {
      const { words } = at();
      const note = document.getElementById("visits-located");
      const point = () => [at().entry.form.latitude, at().entry.form.longitude].join();
      note.textContent = words.locating;
      const before = point();
      position(
        ({ coords }) => {
          if (!open()) {
            return;
          }
          if (point() !== before) {
            note.textContent = words.located_typed;
            return;
          }
          if (coords.accuracy > ROUGHEST) {
            note.textContent = filled(words.located_rough, { n: Math.round(coords.accuracy) });
            return;
          }
          const { form } = at().entry;
          Object.assign(form, {
            latitude: coords.latitude.toFixed(6), longitude: coords.longitude.toFixed(6), accuracy: coords.accuracy, source: "gps",
          });
          for (const name of ["latitude", "longitude"]) {
            document.getElementById("visits-" + name + "-t").value = form[name];
          }
          showAccuracy();
          changed();
        },
        () => open() && (note.textContent = words.locate_failed),
      );
    }

    // What is wrong with the place as far as can be seen without the register.
    function placeProblems(form) {
      const problems = {};
      if (asksAccuracy(form) && !form.accuracy) {
        problems.accuracy = at().words.required;
      }
      if (!answers.coordinatesFit(form.latitude, form.longitude)) {
        problems.latitude = at().words.coordinates;
      }
      return problems;
    }

    /* ----------------------------------------------------------- photographs */

    // `facts` gives what is kept beside a photograph that is taken now.
    function photographs(facts = () => ({})) {
      const id = "visits-photo-t";
      const box = make("input", { id, type: "file", class: "ek-sr", accept: "image/*", capture: "environment", "aria-describedby": "visits-photo-e" });
      box.addEventListener("change", () => {
        [...box.files].reduce((before, file) => before.then(() => take(file, facts())), Promise.resolve()).then(() => (box.value = ""));
      });
      return [
        make("div", { class: "ek-drawn-field" }, box, make("label", { for: id, class: "ek-button ek-visits-take" }, at().words.photo_add), error("photo")),
        make("ul", { id: "visits-photos", class: "ek-visits-photos" }),
      ];
    }

    // Smaller before it is kept: a telephone's picture is larger than what will be shown of it, and the way may be narrow.
    async function reduced(file) {
      const picture = await window.createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, at().shape.limits.side / Math.max(picture.width, picture.height));
      const canvas = make("canvas", { width: Math.max(1, Math.round(picture.width * scale)), height: Math.max(1, Math.round(picture.height * scale)) });
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("picture"))), "image/jpeg", 0.85));
    }

    async function take(file, facts) {
      const { words, entry, shape: { limits } } = at();
      const say = (text) => (document.getElementById("visits-photo-e").textContent = text);
      if ((await device().photos(entry)).length >= limits.photos) {
        say(filled(words.photo_too_many, { n: limits.photos }));
        return;
      }
      const blob = await reduced(file).catch(() => null);
      if (!blob || blob.size > limits.bytes) {
        say(blob ? words.photo_too_large : words.photo_unreadable);
        return;
      }
      const kept = await device().addPhoto(entry, blob, facts).then(() => true, () => false);
      say(kept ? "" : words.photo_not_kept);
      changed();
      await drawPhotos();
    }

    async function drawPhotos() {
      const { words, entry } = at();
      const photos = await device().photos(entry);
      const list = document.getElementById("visits-photos");
      if (!list) {
        return;
      }
      const items = photos.map((photo, place) => {
        const name = [filled(words.photo_named, { n: place + 1 }), draws.caption && draws.caption(photo)].filter(Boolean).join(": ");
        const address = URL.createObjectURL(photo.blob);
        const picture = make("img", { src: address, alt: name, onload: () => URL.revokeObjectURL(address) });
        const remove = button(words.photo_remove, () => device().dropPhoto(photo.key).then(redraw));
        remove.setAttribute("aria-label", words.photo_remove + ": " + name);
        const caption = draws.caption ? make("small", {}, draws.caption(photo)) : null;
        return make("li", {}, picture, caption, photo.refused ? make("p", { class: "ek-drawn-error" }, photo.refused) : null, remove);
      });
      list.replaceChildren(...items);
    }

    function redraw() {
      if (at().entry.visit) {
        drawWaiting();
        window.ekasih.visits.flush();
      } else {
        changed();
        drawPhotos().then(() => document.getElementById("visits-photo-t").focus());
      }
    }

    /* ----------------------------------------------------------- sending */

    // `called` gives the name of a field.
    function drawProblems(problems, called) {
      const { host, entry, words } = at();
      const boxOf = (name) => host.querySelector('[data-field="' + name + '"]');
      host.querySelectorAll("[data-field]").forEach((box) => drawn.problem(box, problems[box.dataset.field] || ""));
      const title = make("h2", { tabindex: "-1" }, entry.refused || words.check);
      const items = Object.entries(problems).map(([name, text]) => {
        const box = boxOf(name);
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
      const summary = make("div", { class: "ek-error-summary", role: "alert" }, title, make("ul", {}, items));
      document.getElementById("visits-problems").replaceChildren(summary);
      focused(title);
    }

    function finish(problems, called) {
      const { entry, host } = at();
      entry.refused = "";
      if (Object.keys(problems).length) {
        drawProblems(problems, called);
        return;
      }
      Object.assign(entry, { ready: true, problems: {}, visited_at: new Date().toISOString() });
      device().keep(entry);
      drawWaiting();
      focused(host.querySelector("h1"));
      window.ekasih.visits.flush();
    }

    // `differences` gives the rows of what differs, `resume` goes on with what the device holds.
    function drawConflict(shape, differences, resume, leave) {
      const { host, words } = at();
      at().shape = Object.assign({}, at().shape, shape);
      const discard = () => window.confirm(words.discard_sure) && device().drop(at().entry).then(leave);
      const acts = [...(shape.open ? [button(words.send_mine, resume, "ek-button-main")] : []), button(words.discard, discard)];
      const note = shape.open ? words.conflict_note : words.conflict_closed;
      const { box, title } = drawn.twoVersions(words, note, differences(shape), acts, "visits-conflict");
      host.replaceChildren(...head(), box, draws.ways());
      focused(title);
    }

    // Based anew on what the register says now; its officer looks at it once more before it is sent.
    function resume(base) {
      Object.assign(at().entry, base, { conflict: false });
      changed();
      draws.form(at().words.restored);
      focused(at().host.querySelector("h1"));
    }

    return { begin, changed, drawConflict, drawPhotos, drawProblems, field, finish, head, hear, open, photographs, place, placeProblems, radio, resume };
  }

  window.ekasih.visits = Object.assign(window.ekasih.visits || {}, { parts, shared: { error, focused, outbox, position, section, status, wayThere } });
})();
