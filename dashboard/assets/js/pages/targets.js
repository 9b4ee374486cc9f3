/* The area of a target group or a catchment: drawn on the map by clicks, or typed corner by corner, which is the same. What counts is the GeoJSON
 * beside it: it is written here as soon as a drawing is closed or a corner has changed, and read here when it was pasted.
 */
(function () {
  "use strict";

  const MAPS = '[data-ek-map="targets"], [data-ek-map="catchment"]';
  const CLOSE_ENOUGH = 5; // pixels
  const NEAR_CORNER = 14;
  const MOST_BY_HAND = 200;
  const MOST_BETWEEN = 40; // with more corners there is no room for a mark on each side
  const COUNTRY = [[0.8, 99.6], [7.4, 119.3]]; // where one begins to draw
  const LOOKS = { color: "#1b2326", weight: 2, dashArray: "6 4", fillColor: "#1b2326", fillOpacity: 0.08, interactive: false };
  const WRONG = { ...LOOKS, color: "#b3261e", fillColor: "#b3261e" };
  const { BOX, FEWEST, cornersOf, crossing, degrees, round, shapeOf, squareKm } = window.ekasih.drawing;
  const hold = () => window.dash_clientside.no_update;
  const host = () => document.querySelector("[data-ek-draws-for]");
  const written = (template, values) => template.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);

  let map = null;
  let area = null; // of the form that is open: {host, words, corners, typed, drawing, sent, foreign, view, layers}

  // The area of the form that stands on the page now; another form begins with none.
  function current() {
    const found = host();
    if (found && (!area || area.host !== found)) {
      const words = JSON.parse(found.dataset.words);
      area = { host: found, words, corners: [], typed: new Map(), drawing: false, sent: "", foreign: false, view: null, layers: [] };
    }
    return found ? area : null;
  }

  /* -------------------------------------------------------------- what is sent */

  function problem() {
    const { words, corners, typed, foreign } = area;
    if (foreign) {
      return words.foreign;
    }
    if (typed.size) {
      return written(words.degrees, { n: Math.min(...typed.keys()) + 1, south: BOX.latitude[0], north: BOX.latitude[1], west: BOX.longitude[0], east: BOX.longitude[1] });
    }
    const sides = crossing(corners);
    if (sides) {
      return written(words.crossing, { one: sides[0], other: sides[1] });
    }
    return corners.length && corners.length < FEWEST && !area.drawing ? words.few : "";
  }

  // A corner whose degrees cannot be read holds the whole area back: what is counted is never less than what stands there.
  function send() {
    const shape = shapeOf(area.corners);
    if (!area.typed.size && !area.drawing && shape !== area.sent) {
      area.sent = shape;
      window.dash_clientside.set_props(`${area.host.dataset.ekDrawsFor}-polygon`, { value: shape });
    }
  }

  function changed({ listed = true } = {}) {
    area.foreign = false;
    area.view = map && { centre: map.getCenter(), zoom: map.getZoom() };
    send();
    draw();
    tell();
    if (listed) {
      list();
    }
  }

  /* ------------------------------------------------------------------- on the map */

  if (window.L) {
    window.L.Map.addInitHook(function () {
      this.whenReady(() => {
        if (this.getContainer().closest(MAPS)) {
          adopt(this);
        }
      });
    });
  }

  const onControl = (event) => event.target instanceof Element && event.target.closest(".leaflet-control");
  const pixelsTo = (event, corner) => map.latLngToContainerPoint(corner).distanceTo(map.mouseEventToContainerPoint(event));

  function adopt(found) {
    map = found;
    map.createPane("ek-drawn").style.zIndex = 450;
    map.getPane("ek-drawn").style.pointerEvents = "none";
    const container = map.getContainer();
    let from = null;
    container.addEventListener("pointerdown", (event) => (from = [event.clientX, event.clientY]), true);
    container.addEventListener(
      "click",
      (event) => {
        if (!current() || !area.drawing || onControl(event) || !from) {
          return;
        }
        event.stopPropagation();
        // who drags the map does not mean a corner
        if (Math.hypot(event.clientX - from[0], event.clientY - from[1]) <= CLOSE_ENOUGH) {
          put(event);
        }
      },
      true,
    );
    if (current()) {
      draw();
      show();
    }
    // the component sets its own view first
    window.setTimeout(() => map === found && current() && !area.view && map.fitBounds(COUNTRY, { animate: false }), 0);
  }

  // A press on the first corner, or twice on the last, closes the area.
  function put(event) {
    const { corners } = area;
    const last = corners.at(-1);
    if (corners.length >= FEWEST && (pixelsTo(event, corners[0]) < NEAR_CORNER || pixelsTo(event, last) < NEAR_CORNER)) {
      finish();
    } else if (!last || pixelsTo(event, last) >= CLOSE_ENOUGH) {
      const place = map.mouseEventToLatLng(event).wrap();
      corners.push([round(place.lat), round(place.lng)]);
      if (corners.length >= MOST_BY_HAND) {
        finish();
      } else {
        changed();
      }
    }
  }

  function mark(corner, className, size, title) {
    const icon = window.L.divIcon({ className, iconSize: [size, size] });
    return window.L.marker(corner, { icon, title, alt: title, keyboard: false, draggable: !area.drawing });
  }

  function placeOf(event) {
    const place = event.target.getLatLng().wrap();
    return [round(place.lat), round(place.lng)];
  }

  function between(place) {
    const [a, b] = [area.corners[place], area.corners[(place + 1) % area.corners.length]];
    const middle = mark([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], "ek-corner ek-corner-between", 14, area.words.between);
    const insert = (event) => {
      area.corners.splice(place + 1, 0, placeOf(event));
      area.typed.clear();
      changed();
    };
    return middle.on({ dragend: insert, click: insert });
  }

  function handle(corner, place) {
    const number = written(area.words.corner, { n: place + 1 });
    return mark(corner, "ek-corner", 18, number).on({
      drag: (event) => outline(area.corners.with(place, placeOf(event))),
      dragend: (event) => {
        area.corners[place] = placeOf(event);
        area.typed.delete(place);
        changed();
      },
    });
  }

  function outline(corners) {
    area.line.setLatLngs(corners).setStyle(crossing(corners) ? WRONG : LOOKS);
  }

  function draw() {
    if (!map) {
      return;
    }
    area.layers.forEach((layer) => layer.remove());
    const { corners, drawing, foreign } = area;
    const pane = { pane: "ek-drawn", renderer: window.L.svg({ pane: "ek-drawn" }) };
    area.line = foreign
      ? window.L.geoJSON(JSON.parse(area.sent), { ...pane, style: LOOKS, interactive: false })
      : window.L.polygon([], { ...LOOKS, ...pane });
    area.layers = [area.line];
    if (!foreign) {
      outline(corners);
      const roomy = corners.length >= FEWEST && corners.length <= MOST_BETWEEN && !drawing;
      area.layers.push(...(roomy ? corners.map((_corner, place) => between(place)) : []));
      area.layers.push(...(corners.length <= MOST_BY_HAND ? corners.map(handle) : []));
    }
    area.layers.forEach((layer) => layer.addTo(map));
    map.getContainer().classList.toggle("ek-drawing", drawing);
  }

  // Moves the view to an area that came from elsewhere.
  function show() {
    const bounds = map && area.line && area.line.getBounds();
    if (bounds && bounds.isValid()) {
      map.fitBounds(bounds, { padding: [40, 40], maxZoom: 14, animate: false });
      area.view = { centre: map.getCenter(), zoom: map.getZoom() };
    }
  }

  // A count colours other areas, and the map goes to them: who draws stays where the drawing is.
  document.addEventListener("ekasih:drawn", () => {
    if (map && current() && area.view && map.getContainer().isConnected) {
      map.setView(area.view.centre, area.view.zoom, { animate: false });
    }
  });

  /* ---------------------------------------------------------------------- in words */

  function tell() {
    const { words, corners, drawing, foreign } = area;
    const wrong = problem();
    const size = corners.length >= FEWEST && !foreign ? written(words.area, { n: corners.length, km: squareKm(corners).toLocaleString("en", { maximumFractionDigits: 1 }) }) : "";
    const said = { "[data-ek-drawn-says]": drawing ? words.drawing : size, "[data-ek-drawn-wrong]": wrong };
    for (const [where, text] of Object.entries(said)) {
      const place = document.querySelector(where);
      if (place.textContent !== text) {
        place.textContent = text;
      }
    }
    const button = (name) => document.querySelector(`[data-ek-draws="${name}"]`);
    button("draw").hidden = drawing;
    button("done").hidden = !drawing;
    button("undo").disabled = !corners.length;
    button("clear").disabled = !corners.length && !foreign;
  }

  function field(place, axis) {
    const label = area.words[axis];
    const value = place < area.corners.length ? String(area.corners[place][axis === "latitude" ? 0 : 1]) : "";
    const input = window.ekasih.make("input", { type: "text", inputmode: "decimal", autocomplete: "off", value, size: 11, "aria-label": `${written(area.words.corner, { n: place + 1 })}: ${label}` });
    input.addEventListener("change", () => read(input.closest("li"), place));
    return window.ekasih.make("label", {}, window.ekasih.make("span", {}, label), input);
  }

  function line(place) {
    const name = written(area.words.corner, { n: place + 1 });
    const remove = window.ekasih.make("button", { type: "button", class: "ek-button", "aria-label": `${area.words.remove}: ${name}`, onclick: () => take(place) }, area.words.remove);
    return window.ekasih.make("li", {}, field(place, "latitude"), field(place, "longitude"), remove);
  }

  function list() {
    const { corners, words } = area;
    if (corners.length > MOST_BY_HAND) {
      area.host.replaceChildren();
      return;
    }
    const rows = window.ekasih.make("ol", { class: "ek-corner-list" }, corners.map((_corner, place) => line(place)));
    const add = window.ekasih.make("button", { type: "button", class: "ek-button", onclick: () => begin(rows) }, words.add);
    area.host.replaceChildren(rows, add);
  }

  // A corner more, at the end, to be typed.
  function begin(rows) {
    const place = area.corners.length;
    if (rows.children.length === place) {
      rows.append(line(place));
    }
    rows.lastElementChild.querySelector("input").focus();
  }

  function read(row, place) {
    const inputs = [...row.querySelectorAll("input")];
    const found = [degrees(inputs[0].value, "latitude"), degrees(inputs[1].value, "longitude")];
    const half = place === area.corners.length && inputs.some((input) => !input.value.trim());
    const wrong = inputs.map((input, side) => found[side] === null && Boolean(input.value.trim()));
    inputs.forEach((input, side) => input.setAttribute("aria-invalid", String(wrong[side])));
    area.typed.delete(place);
    if (found.includes(null)) {
      if (!half || wrong.includes(true)) {
        area.typed.set(place, true);
      }
    } else {
      area.corners[place] = found;
    }
    changed({ listed: false });
    if (!found.includes(null)) {
      show();
    }
  }

  function take(place) {
    area.corners.splice(place, 1);
    area.typed.clear();
    changed();
    const rows = area.host.querySelectorAll("li button");
    (rows[Math.min(place, rows.length - 1)] || area.host.querySelector(":scope > button")).focus();
  }

  /* ------------------------------------------------------------------------ steps */

  function start() {
    if (area.foreign || area.corners.length > MOST_BY_HAND) {
      clear();
    }
    area.drawing = true;
    area.typed.clear();
    changed();
    document.querySelector("[data-ek-draws=done]").focus();
  }

  function finish() {
    area.drawing = false;
    changed();
  }

  function undo() {
    area.corners.pop();
    area.typed.clear();
    changed();
  }

  function clear() {
    Object.assign(area, { corners: [], drawing: false, foreign: false });
    area.typed.clear();
    changed();
  }

  const steps = { draw: start, done: finish, undo, clear };

  // Who goes on to something else has finished drawing: what is asked for then is what stands on the map.
  document.addEventListener(
    "click",
    (event) => {
      const target = event.target instanceof Element && current() ? event.target : null;
      const button = target && target.closest("[data-ek-draws]");
      if (button) {
        steps[button.dataset.ekDraws]();
      } else if (target && area.drawing && !target.closest(`${MAPS}, [data-ek-draws-for]`)) {
        finish();
      }
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target || !current() || !area.drawing || target.closest("input, textarea, select")) {
      return;
    }
    if (event.key === "Escape") {
      finish();
    } else if (event.key === "Backspace") {
      event.preventDefault();
      undo();
    }
  });

  // What was pasted, or is the draft's; what was sent from here comes back as it was.
  function shape(text) {
    const given = (text || "").trim();
    if (!current() || (given === area.sent && area.host.childElementCount)) {
      return hold();
    }
    const corners = given ? cornersOf(given) : [];
    Object.assign(area, { sent: given, corners: corners || [], drawing: false, foreign: false });
    area.typed.clear();
    if (!corners) {
      area.foreign = isShape(given);
    }
    draw();
    tell();
    list();
    show();
    return hold();
  }

  function isShape(text) {
    try {
      return Boolean(window.L && window.L.geoJSON(JSON.parse(text)).getBounds().isValid());
    } catch (_none) {
      return false;
    }
  }

  // Which part of the map of a frozen list is looked at; the same part is not asked for twice.
  function ask(frozen, bounds, zoom, before) {
    const [low, high] = Array.isArray(bounds) && bounds.length === 2 ? bounds : [];
    const asked = frozen && low && zoom !== undefined ? { box: [low[1], low[0], high[1], high[0]].map(round), zoom } : null;
    return JSON.stringify(asked) === JSON.stringify(before || null) ? hold() : asked;
  }

  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_targets: { ask, shape } });
})();
