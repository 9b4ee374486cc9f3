/* Visits to the sites of projects: all sites of the office come with the page, so that the form of each opens without a
 * connection as long as the page is open; what is typed is kept and sent as that of a visit to a household is.
 */
(function () {
  "use strict";
  const HOST = "visits-host";
  const { answers, drawn, make } = window.ekasih;
  const { button, link } = drawn;
  const { filled } = answers;
  const { focused, outbox, section, wayThere } = window.ekasih.visits.shared;
  const device = () => window.ekasih.visits.device;
  const skip = () => window.dash_clientside.no_update;

  /* ------------------------------------------------------------- as values */

  const share = (text) => (/^\d{1,3}([.,]\d{1,2})?$/.test(text.trim()) ? Number(text.trim().replace(",", ".")) : NaN);
  const fits = (text) => share(text) >= 0 && share(text) <= 100;

  // Whether less of a milestone is done than the report before told.
  const isLess = (milestones, shares) => milestones.some((one, place) => fits(shares[place]) && share(shares[place]) < Number(one.done));

  // How much of the whole work is done, percent; a share that is none counts as the report before told it.
  const overall = (milestones, shares) =>
    milestones.reduce((sum, one, place) => sum + (one.weight * (fits(shares[place]) ? share(shares[place]) : Number(one.done))) / 100, 0);

  function problemsOf({ milestones }, form, words) {
    const problems = {};
    milestones.forEach((_one, place) => {
      if (!fits(form.shares[place])) {
        problems["share_" + (place + 1)] = words.share_wrong;
      }
    });
    if (isLess(milestones, form.shares) && !form.reason.trim()) {
      problems.reason = words.reason_needed;
    }
    return problems;
  }

  const baseOf = ({ version, report, state, plan, last }) => ({ version, report, base: { state, plan, last } });

  function fresh(site, leave) {
    const form = { shares: site.milestones.map((one) => one.done), note: "", reason: "", latitude: "", longitude: "", accuracy: "", source: "" };
    return {
      kind: "site", case: site.case, user: site.user, number: site.number, head: site.head, leave, key: answers.uuid(), ...baseOf(site),
      form, visited_at: "", ready: false, visit: null, conflict: false, refused: "", problems: {},
    };
  }

  /* ------------------------------------------------------------- the list */

  let taken = null; // what came with the page: the sites, the user, the words
  let now = null; // the form that is open
  let isOld = false; // whether something was sent since

  function draw(told) {
    const host = document.getElementById(HOST);
    if (!told || !host) {
      return skip();
    }
    const isFirst = !now || !document.contains(now.host);
    taken = told;
    isOld = false;
    window.ekasih.visits.of(told.user);
    const asked = told.sites.find((site) => site.case === told.opened);
    if (asked && isFirst) {
      open(asked, host);
    } else if (isFirst) {
      drawList(host);
    }
    window.ekasih.visits.flush();
    return told.user;
  }

  const person = ({ name, address, phone }) =>
    make("li", {}, [name, address].filter(Boolean).join(", "), " ", phone ? make("a", { href: "tel:" + phone.replace(/[^\d+]/g, "") }, filled(taken.words.call, { phone })) : null);

  function facts(site) {
    const { words } = taken;
    const needs = site.needs.map((text) => make("li", {}, text));
    return [
      make("ul", { class: "ek-sites-people" }, site.people.map(person), site.contractor ? make("li", {}, site.contractor) : null),
      make("h3", {}, words.needed),
      make("ul", {}, needs),
    ];
  }

  function card(site, host) {
    const { words } = taken;
    const kept = device().entry(site.user, site.case);
    return make(
      "li",
      { class: "ek-part ek-sites-card" },
      make("h2", {}, site.head),
      make("p", { class: "ek-footnote" }, [site.number, site.address].join(" · ")),
      ...facts(site),
      drawn.ways(button(kept ? words.go_on : words.fill_in, () => open(site, host), "ek-button-main")),
    );
  }

  function drawList(host) {
    const { words, sites, shown } = taken;
    now = null;
    const parts = [
      make("h1", { tabindex: "-1" }, words.title),
      make("p", {}, sites.length ? words.intro_list : words.none),
      make("div", { id: "sites-waiting", class: "ek-visits-waiting" }),
      make("p", { class: "ek-footnote" }, sites.length ? shown : words.none_hint),
      sites.length ? make("ul", { class: "ek-sites" }, sites.map((site) => card(site, host))) : null,
    ];
    host.replaceChildren(...parts.filter(Boolean));
    drawOutbox();
    if (isOld) {
      window.dash_clientside.set_props("projects-site-asked", { data: String(Date.now()) });
    }
  }

  function drawOutbox() {
    const host = document.getElementById("sites-waiting");
    if (host && taken) {
      outbox(host, taken.user, taken.words, (entry) => {
        const site = taken.sites.find((one) => one.case === entry.case);
        return site ? () => open(site, document.getElementById(HOST)) : null;
      });
    }
  }

  /* ------------------------------------------------------------- the form */

  const sheet = window.ekasih.visits.parts(() => now, {
    form: drawForm, conflict: drawConflict, closed: drawClosed, progress: drawProgress, sent: mine, ways, caption,
  });

  function open(site, host) {
    const { words } = taken;
    const kept = device().entry(site.user, site.case);
    now = { shape: site, host, words, entry: kept || fresh(site, words.leave), phase: site.suggested };
    sheet.begin(Boolean(kept), now.entry.version !== site.version || now.entry.report !== site.report);
    focused(host.querySelector("h1"));
  }

  function ways() {
    const { words, host, shape } = now;
    return drawn.ways(button(words.to_list, () => (drawList(host), focused(host.querySelector("h1")))), link(words.to_project, "/projek/" + shape.case));
  }

  function drawClosed() {
    now.host.replaceChildren(...sheet.head(), make("p", {}, now.words.not_open), ways());
  }

  function drawForm(text, problems) {
    const { words, shape, entry: { form } } = now;
    now.host.replaceChildren(
      ...sheet.head(text),
      make("div", { id: "visits-problems" }),
      make("p", {}, words.intro),
      ...facts(shape),
      ...wayThere(now),
      section(
        words.milestones,
        make("p", { id: "visits-progress", class: "ek-visits-progress" }),
        ...shape.milestones.map(milestone),
        make("div", { id: "sites-reason" }, writing("reason", words.reason, make("p", { class: "ek-footnote" }, words.reason_hint))),
        writing("note", words.note),
      ),
      section(words.photos, make("p", { class: "ek-footnote" }, words.photos_note), phases(), ...sheet.photographs(() => ({ phase: now.phase }))),
      section(words.place, make("p", { class: "ek-footnote" }, words.place_note), ...sheet.place()),
      drawn.ways(button(words.send, () => sheet.finish({ ...problemsOf(shape, form, words), ...sheet.placeProblems(form) }, called), "ek-button-main")),
      ways(),
    );
    sheet.drawPhotos();
    drawProgress();
    if (Object.keys(problems || {}).length || now.entry.refused) {
      sheet.drawProblems(problems || {}, called);
    }
  }

  function milestone(one, place) {
    const { form } = now.entry;
    const label = filled(now.words.share_of, { milestone: one.name });
    const act = (text) => (form.shares[place] = text);
    return sheet.field("share_" + (place + 1), label, form.shares[place], act, { inputmode: "decimal", autocomplete: "off", maxlength: 6 }, "input",
      make("p", { class: "ek-footnote" }, one.hint));
  }

  const writing = (name, label, before) =>
    sheet.field(name, label, now.entry.form[name], (text) => (now.entry.form[name] = text), { rows: 2, maxlength: now.shape.limits.note }, "textarea", before);

  function phases() {
    const options = now.shape.phases.map(([value, text]) => make("option", { value }, text));
    const choice = make("select", { id: "sites-phase-t", "aria-describedby": "sites-phase-e" }, options);
    choice.value = now.phase;
    choice.addEventListener("change", () => (now.phase = choice.value));
    return drawn.question(choice, now.words.phase);
  }

  function caption(photo) {
    const found = now.shape.phases.find(([value]) => value === photo.phase);
    return found ? found[1] : "";
  }

  // How much of the whole is done with what is typed; why less is done is asked once less is.
  function drawProgress() {
    const line = document.getElementById("visits-progress");
    if (!line) {
      return;
    }
    const { words, shape: { milestones }, entry: { form } } = now;
    const before = overall(milestones, milestones.map((one) => one.done));
    const text = (percent) => String(Math.round(percent * 10) / 10);
    line.textContent = filled(words.done, { before: text(before), now: text(overall(milestones, form.shares)) });
    document.getElementById("sites-reason").hidden = !isLess(milestones, form.shares) && !form.reason;
  }

  function called(name) {
    const { words, shape } = now;
    const found = name.startsWith("share_") ? shape.milestones[Number(name.slice("share_".length)) - 1] : null;
    return found ? found.name : words[name] || name;
  }

  // What was put down, as it is told once it is sent.
  function mine() {
    const { words, shape, entry: { form } } = now;
    const point = [form.latitude, form.longitude].filter(Boolean).join(", ");
    const shares = shape.milestones.map((one, place) => [one.name, form.shares[place] + "%"]);
    return [...shares, [words.reason, form.reason.trim()], [words.note, form.note.trim()], [words.place, point]];
  }

  /* ------------------------------------------------------------- two versions */

  function differences(site) {
    const { words, entry: { base, form } } = now;
    const shares = site.milestones.map((one, place) => [one.name, form.shares[place] + "%", one.done + "%"]);
    return [[words.state, base.state, site.state], [words.plan, base.plan, site.plan], [words.report, base.last, site.last], ...shares,
      [words.note, form.note.trim(), ""]];
  }

  function drawConflict(site) {
    taken.sites = taken.sites.map((one) => (one.case === site.case ? site : one));
    sheet.drawConflict(site, differences, () => sheet.resume(baseOf(now.shape)), () => drawList(now.host));
  }

  window.addEventListener("ekasih:visits", ({ detail }) => {
    if (detail.state === "sent") {
      isOld = true;
    }
    drawOutbox();
    sheet.hear(detail);
  });

  window.ekasih.visits.sites = { isLess, overall, problemsOf };
  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_sites: { draw } });
})();
