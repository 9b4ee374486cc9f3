/* The map month by month: a slider, play, and frames that only change colours, words and figures on the areas that are
 * drawn already. The next month is fetched ahead; frames are kept in memory alone, and dropped with the view. */
(function () {
  "use strict";

  const FRAME = "/peta/bulan";
  const LINE = "/peta/garis-masa";
  const NOW = "now";
  const ALL = "all";
  const REST_MS = 600; // after which the page's panel and address follow
  const SPEEDS = ["0.5", "1", "2", "4"];
  const PLAIN_SPEED = "1";
  const MOST_FRAMES = 60;
  const page = (window.ekasih.povertyMap = window.ekasih.povertyMap || {});
  const make = (...all) => window.ekasih.make(...all);
  const byId = (id) => document.getElementById(id);
  const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  let view = {}; // what the page shows
  let bar = null; // the elements of the slider, while it is open
  let line = null; // {key, months, marks, faded}
  let at = 0;
  let shownAt = null; // the month on the map that the page does not follow yet
  let painted = null; // the frame on the map
  let playing = null;
  let turn = 0;
  let rest = null;
  let sent = null; // the turn that the page is following just now
  const frames = new Map();

  const last = () => line.months.length - 1;
  const scale = () => view.scale || ALL;

  function without(given, ...names) {
    return Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)));
  }

  function keyOf(given) {
    const query = new URLSearchParams(given);
    query.sort();
    return query.toString();
  }

  /* The view of one of the months, on the scale that holds for all of them. */
  function momentOf(given, place) {
    const month = line.months[place].value;
    return { ...without(given, "month", "scale", "on"), ...(month === NOW ? {} : { month }), scale: scale() };
  }

  /* ------------------------------------------------------------- fetching */

  async function answerTo(route, given) {
    const headers = { Accept: "application/json" };
    const answer = await window.fetch(route + "?" + keyOf(given), { credentials: "same-origin", headers });
    const told = await answer.json();
    if (told.sideUpdate) {
      Object.entries(told.sideUpdate).forEach(([id, props]) => window.dash_clientside.set_props(id, props));
      throw new Error("refused");
    }
    return told;
  }

  function frameOf(place) {
    const wanted = momentOf(view, place);
    const key = keyOf(wanted);
    if (!frames.has(key)) {
      const asked = answerTo(FRAME, wanted).catch(() => {
        frames.delete(key);
        return null;
      });
      frames.set(key, asked);
      if (frames.size > MOST_FRAMES) {
        frames.delete(frames.keys().next().value);
      }
    }
    return frames.get(key);
  }

  function ahead(place, direction) {
    const next = place + direction;
    if (next >= 0 && next <= last()) {
      frameOf(next);
    }
  }

  /* -------------------------------------------------------------- painting */

  /* Shows a month; answers whether it did: one that was overtaken, or did not come, is not shown. */
  async function to(place) {
    const direction = place < at ? -1 : 1;
    const mine = (turn += 1);
    at = Math.max(0, Math.min(last(), place));
    reflect();
    const frame = await frameOf(at);
    if (mine !== turn || !bar) {
      return false;
    }
    if (!frame) {
      bar.said.textContent = bar.words.failed;
      return false;
    }
    put(frame);
    ahead(at, direction);
    return true;
  }

  /* The map first; the table follows when the map is on the screen, and that of a month which was overtaken not at all. */
  function put(frame) {
    [shownAt, painted] = [at, frame];
    page.moment = (given) => (shownAt === null ? given : momentOf(given, shownAt));
    window.ekasih.maps.paint(frame.picture);
    byId("poverty-map-legend").replaceChildren(...window.ekasih.built(frame.legend));
    bar.said.textContent = frame.told;
    window.requestAnimationFrame(() => window.requestAnimationFrame(() => window.setTimeout(() => tabulate(frame))));
  }

  function tabulate(frame) {
    if (frame === painted && shownAt !== null) {
      page.table.show({ rows: frame.rows, area: frame.area }, momentOf(view, shownAt));
    }
  }

  /* The page follows when the slider has come to rest: panel, address and files are of the month that is shown. */
  function settle() {
    window.clearTimeout(rest);
    rest = window.setTimeout(follow, REST_MS);
  }

  /* Whoever moves on while the page follows is led back to the month that was reached, not to the one that was sent. */
  async function follow() {
    if (playing || !bar || shownAt === null) {
      return;
    }
    const mine = (sent = turn);
    await page.go(momentOf(view, shownAt));
    sent = sent === mine ? null : sent;
    if (bar && turn !== mine && sent === null) {
      await to(at);
      settle();
    }
  }

  async function step(place) {
    pause();
    await to(place);
    settle();
  }

  /* --------------------------------------------------------------- playing */

  const wait = (ms) => new Promise((done) => window.setTimeout(done, ms));
  const after = () => (at < last() ? at + 1 : bar.loop.checked ? 0 : null);

  async function play() {
    if (still()) {
      // nothing moves by itself for who asked that it does not
      await step(at < last() ? at + 1 : 0);
      return;
    }
    const mine = (playing = {});
    reflect();
    const goesOn = () => playing === mine;
    for (let next = at < last() ? at + 1 : 0; next !== null; next = goesOn() ? after() : null) {
      if (!(await to(next))) {
        break;
      }
      await wait(1000 / Number(bar ? bar.speed.value : PLAIN_SPEED));
    }
    if (goesOn()) {
      pause();
      settle();
    }
  }

  function pause() {
    playing = null;
    reflect();
  }

  function toggle() {
    if (playing) {
      pause();
      settle();
    } else {
      play();
    }
  }

  /* ----------------------------------------------------------- the slider */

  function reflect() {
    if (!bar || !line) {
      return;
    }
    const month = line.months[at];
    bar.slider.value = String(at);
    bar.slider.setAttribute("aria-valuetext", month.hidden ? `${month.label}, ${line.faded}` : month.label);
    bar.month.textContent = month.label;
    const moves = still();
    bar.play.textContent = moves ? bar.words.next : playing ? bar.words.pause : bar.words.play;
    bar.play.setAttribute("aria-pressed", String(Boolean(playing)));
    bar.speed.parentElement.hidden = moves;
    bar.back.disabled = at === 0;
    bar.onward.disabled = at === last();
    const kept = line.months[at].value;
    const chosen = scale();
    const named = chosen === ALL ? null : line.months.find((one) => one.value === chosen);
    const one = named || (kept === NOW ? line.months[Math.max(0, last() - 1)] : month);
    bar.scale.replaceChildren(
      make("option", { value: ALL }, bar.words.scaleAll),
      make("option", { value: one.value }, bar.words.scaleOne.replace("{month}", one.label)),
    );
    bar.scale.value = named ? chosen : ALL;
    bar.links.replaceChildren(make("a", { href: datesAddress(bar.box.dataset.dates, momentOf(view, at), { mode: "bulan" }) }, bar.words.many));
  }

  /* The page of two dates at the same place; the month that is looked at is its later one. */
  function datesAddress(path, given, more) {
    const until = given.month ? { hingga: given.month } : {};
    const query = new URLSearchParams({ ...without(given, "month", "scale", "on", "points", "only", "with", "base", "marks", "position"), ...until, ...more }).toString();
    return path + (query && "?" + query);
  }

  function choice(label, attributes, options) {
    const field = make("select", attributes, options.map(([value, text]) => make("option", { value }, text)));
    return [field, make("label", { class: "ek-time-choice" }, make("span", null, label), field)];
  }

  function build(box) {
    const words = JSON.parse(box.dataset.words);
    const button = (label, press, name) =>
      make("button", { type: "button", class: "ek-button ek-time-button", "aria-label": name || null, title: name || null, onclick: press }, label);
    const play = button(words.play, toggle);
    const back = button("‹", () => step(at - 1), words.back);
    const onward = button("›", () => step(at + 1), words.next);
    const slider = make("input", {
      type: "range", min: "0", max: "0", step: "1", class: "ek-time-slider", id: "poverty-map-time-slider", "aria-label": words.slider,
      oninput: () => step(Number(slider.value)),
      onkeydown: (event) => {
        if (event.key === " ") {
          event.preventDefault();
          toggle();
        }
      },
    });
    const [speed, speedBox] = choice(words.speed, { class: "ek-time-select" }, SPEEDS.map((one) => [one, words.times.replace("{n}", one)]));
    speed.value = PLAIN_SPEED;
    const [scaled, scaleBox] = choice(words.scale, { class: "ek-time-select", onchange: () => page.go({ ...momentOf(view, at), scale: scaled.value }) }, []);
    const loop = make("input", { type: "checkbox" });
    const month = make("strong", { class: "ek-time-month" });
    const said = make("p", { role: "status", class: "ek-time-said" });
    const ticks = make("div", { class: "ek-time-ticks", "aria-hidden": "true" });
    const marks = make("ul", { class: "ek-time-marks" });
    const links = make("p", { class: "ek-time-links" });
    const day = make("input", { type: "date", class: "ek-time-select", onchange: () => onDay(day) });
    const dayBox = make("label", { class: "ek-time-choice", hidden: true }, make("span", null, words.anyDay), day);
    box.replaceChildren(
      make("div", { class: "ek-time-row" }, play, back, make("div", { class: "ek-time-track" }, slider, ticks), onward, month),
      make("div", { class: "ek-time-row" }, speedBox, make("label", { class: "ek-time-choice" }, loop, make("span", null, words.loop)), scaleBox, dayBox, links),
      said, marks,
    );
    return { box, words, play, back, onward, slider, speed, scale: scaled, loop, month, said, ticks, marks, links, day, dayBox };
  }

  /* Where a month stands on the slider, as a share of its way. */
  const share = (place) => `${((100 * place) / Math.max(1, last())).toFixed(2)}%`;

  function drawLine() {
    bar.slider.max = String(last());
    const broken = new Set(line.marks.map((mark) => mark.month));
    bar.ticks.replaceChildren(
      ...line.months.map((month, place) => {
        const tick = make("span", { class: "ek-time-tick" + (month.hidden ? " ek-time-hidden" : "") + (broken.has(month.value) ? " ek-time-break" : "") });
        tick.style.left = share(place);
        return tick;
      }),
    );
    bar.dayBox.hidden = !line.days;
    if (line.days) {
      [bar.day.min, bar.day.max] = line.days;
    }
    const hidden = line.months.some((month) => month.hidden) ? [make("li", { class: "ek-time-faded" }, line.faded)] : [];
    bar.marks.replaceChildren(...line.marks.map((mark) => make("li", null, mark.text)), ...hidden);
  }

  function place(month) {
    const found = line.months.findIndex((one) => one.value === (month || NOW));
    return found < 0 ? last() : found;
  }

  /* Any day, not the end of a month alone, where the figures of persons' areas are exact. */
  function onDay(field) {
    const [first, until] = line.days;
    if (field.value && field.value >= first && field.value <= until) {
      pause();
      page.go({ ...without(view, "month", "on"), ...(field.value === until ? {} : { on: field.value }) });
    }
  }

  const lineKey = (given) => keyOf(without(given, "month", "scale", "on", "with", "base"));

  /* The months of what is shown are asked for once; frames of another view are forgotten. */
  async function load() {
    const key = lineKey(view);
    if (line && line.key === key) {
      return true;
    }
    frames.clear();
    const told = await answerTo(LINE, view).catch(() => null);
    if (!bar || lineKey(view) !== key) {
      return false;
    }
    line = told && told.months.length > 1 ? { key, ...told } : null;
    bar.box.classList.toggle("ek-time-none", !line);
    if (!line) {
      bar.said.textContent = told ? bar.words.none : bar.words.failed;
      bar.marks.replaceChildren();
      return false;
    }
    bar.said.textContent = "";
    drawLine();
    return true;
  }

  async function open(moved = false) {
    const box = byId("poverty-map-time");
    if (!box) {
      return;
    }
    if (!bar || bar.box !== box) {
      [bar, line] = [build(box), null];
    }
    box.hidden = false;
    pressed(true);
    if ((await load()) && !moved) {
      at = place(view.on ? view.on.slice(0, 7) : view.month);
      bar.day.value = view.on || "";
      reflect();
      ahead(at, 1);
      ahead(at, -1);
    }
  }

  function close() {
    pause();
    bar.box.hidden = true;
    [bar, line, shownAt, page.moment] = [null, null, null, null];
    frames.clear();
    pressed(false);
  }

  function pressed(value) {
    const button = document.querySelector('[data-ek-map-tool="time"]');
    if (button) {
      button.setAttribute("aria-pressed", String(value));
    }
  }

  /* The page shows a view: the slider follows it. One that was opened by an address with a scale opens the slider too. */
  page.timed = function (shown) {
    const before = view;
    view = { ...shown };
    for (const link of document.querySelectorAll("[data-ek-map-dates]")) {
      link.href = datesAddress(link.pathname, view, {});
    }
    const moved = sent !== null && sent !== turn;
    if (!moved) {
      [shownAt, page.moment] = [null, null];
    }
    const box = byId("poverty-map-time");
    if (bar && bar.box !== box) {
      [bar, line, playing] = [null, null, null];
    }
    if (bar) {
      if (playing && lineKey(before) !== lineKey(view)) {
        pause();
      }
      open(moved);
    } else if (view.scale || view.on) {
      open();
    }
  };

  page.time = { turn: () => (bar ? close() : open()), to, place: () => at };
})();
