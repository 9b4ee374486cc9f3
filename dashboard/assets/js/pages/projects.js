/* Projects: their marks on the map, the photographs that are added on their page, and before laid over after. */
(function () {
  "use strict";
  const { make } = window.ekasih;
  const SIZE = 26;
  const CLUSTER = 36;
  const HALF = 50;
  const hold = () => window.dash_clientside.no_update;

  /* -------------------------------------------------------------- on the map */

  const marks = new Map();

  function tell(map, number) {
    const frame = map.getContainer().closest("[data-ek-map]");
    if (frame && frame.dataset.point) {
      window.dash_clientside.set_props(frame.dataset.point, { data: { number, at: Date.now() } });
    }
  }

  function mark(feature, latlng, context) {
    const { sign, text } = feature.properties;
    const icon = window.L.icon({ iconUrl: (context.hideout.signs || {})[sign], iconSize: [SIZE, SIZE] });
    return window.L.marker(latlng, { icon, title: text, alt: text, keyboard: true, riseOnHover: true });
  }

  // How many stand together, in a ring of their states' colours; which of them are late is told by its words.
  function cluster(feature, latlng, index, context) {
    const { cluster_id: id, point_count: n } = feature.properties;
    const leaves = index.getLeaves(id, Infinity).map((leaf) => leaf.properties);
    const colours = [...new Set(leaves.map((leaf) => leaf.colour))].sort();
    const ends = colours.map((colour) => leaves.filter((leaf) => leaf.colour <= colour).length / n);
    const count = make("div", { class: "ek-cluster-count" }, String(n));
    const box = make("div", { class: "ek-cluster-ring" }, count);
    box.style.background = `conic-gradient(${colours.map((colour, place) => `${colour} ${ends[place - 1] || 0}turn ${ends[place]}turn`).join(",")})`;
    const late = leaves.filter((leaf) => leaf.ring).length;
    const text = window.ekasih.answers.filled(context.hideout.cluster || "{n}", { n, late });
    const icon = window.L.divIcon({ html: box, className: "ek-cluster" + (late ? " ek-cluster-late" : ""), iconSize: [CLUSTER, CLUSTER] });
    const layer = window.L.marker(latlng, { icon, title: text, alt: text, keyboard: true, riseOnHover: true });
    leaves.forEach((leaf) => marks.set(leaf.number, layer));
    return layer;
  }

  function outline(feature) {
    const { colour, ring } = feature.properties;
    return { color: colour, weight: ring ? 4 : 2, dashArray: ring === "lewat" ? "5 4" : null, fillColor: colour, fillOpacity: 0.25 };
  }

  function each(feature, layer, context) {
    const { number, text } = feature.properties;
    if (!number) {
      return; // a cluster
    }
    marks.set(number, layer);
    if (layer.bindTooltip && feature.geometry.type === "Polygon") {
      const said = document.createElement("span");
      said.textContent = text;
      layer.bindTooltip(said, { sticky: true });
    }
    layer.on("click", (event) => {
      window.L.DomEvent.stopPropagation(event);
      tell(context.map, number);
    });
    layer.on("keypress", (event) => event.originalEvent.key === "Enter" && tell(context.map, number));
  }

  // A row lights its mark, by pointer and by keyboard.
  function light(event) {
    const row = event.target instanceof Element && event.target.closest("tr");
    const named = row && row.querySelector("[data-project]");
    const hot = named ? marks.get(named.dataset.project) : null;
    for (const layer of new Set(marks.values())) {
      const element = layer.getElement && layer.getElement();
      if (element) {
        element.classList.toggle("ek-project-hot", layer === hot);
      }
    }
  }

  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, (event) => marks.size && light(event), { passive: true });
  }

  /* -------------------------------------------------------------- photographs */

  const compareIn = (place) => place.querySelectorAll("[data-ek-compare]:has(img)").forEach((host) => host.querySelector("input") || compare(host));

  // On a household's record the photographs of its projects are loaded, and before laid over after, once they are opened.
  function opened({ target }) {
    if (target instanceof Element && target.matches(".ek-projects-of-household[open]")) {
      target.querySelectorAll("img[data-ek-photo]:not([src])").forEach((photo) => (photo.src = photo.dataset.ekPhoto));
      compareIn(target);
    }
  }

  document.addEventListener("toggle", opened, true);

  const redraw = () => window.dash_clientside.set_props("projects-worked", { data: { at: Date.now() } });

  async function send(shape, parts, file) {
    const values = { kunci: window.crypto.randomUUID(), peringkat: parts.phase.value, hari: parts.day.value };
    const query = new URLSearchParams({ ...values, ...parts.place });
    const answer = await window.ekasih.post(shape.address + "?" + query, file.type || "image/jpeg", file);
    const told = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
    return answer.ok ? "" : told.refused || shape.words.away;
  }

  async function sendAll(shape, parts) {
    const files = [...parts.file.files];
    parts.file.disabled = true;
    for (const file of files) {
      parts.said.textContent = shape.words.sending;
      let refused = file.size > shape.most ? shape.too_large : "";
      try {
        refused = refused || (await send(shape, parts, file));
      } catch (_away) {
        refused = shape.words.away;
      }
      if (refused) {
        parts.said.textContent = file.name + ": " + refused;
        parts.file.disabled = false;
        return;
      }
    }
    parts.said.textContent = shape.words.sent;
    redraw();
  }

  // Where the device is, for a photograph that is taken on the spot; without it there is none.
  function located(parts) {
    if (navigator.geolocation) {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => (parts.place = { bujur: coords.longitude.toFixed(6), lintang: coords.latitude.toFixed(6) }),
        () => (parts.place = null),
      );
    }
  }

  function adding(host) {
    const shape = JSON.parse(host.dataset.ekProjectPhotos);
    const options = shape.phases.map(([value, text]) => make("option", { value }, text));
    const parts = {
      phase: make("select", { id: "projects-photo-phase" }, options),
      day: make("input", { id: "projects-photo-day", type: "text", value: shape.today, inputmode: "numeric" }),
      file: make("input", { id: "projects-photo-file", type: "file", accept: "image/*", multiple: true }),
      said: make("p", { role: "status", class: "ek-footnote" }),
      place: null,
    };
    const here = make("input", { id: "projects-photo-place", type: "checkbox", onchange: () => (here.checked ? located(parts) : (parts.place = null)) });
    parts.file.addEventListener("change", () => parts.file.files.length && sendAll(shape, parts));
    const labelled = (control, text) => make("div", { class: "ek-drawn-field" }, make("label", { for: control.id }, text), control);
    host.append(
      labelled(parts.phase, shape.words.phase),
      labelled(parts.day, shape.words.day),
      make("div", { class: "ek-projects-check" }, here, make("label", { for: here.id }, shape.words.place)),
      labelled(parts.file, shape.words.add),
      parts.said,
    );
  }

  function compare(host) {
    const [, over] = host.querySelectorAll("img");
    const slider = make("input", { type: "range", min: 0, max: 100, value: HALF, "aria-label": host.dataset.ekCompare });
    const cut = () => (over.style.clipPath = `inset(0 0 0 ${slider.value}%)`);
    slider.addEventListener("input", cut);
    host.append(slider);
    cut();
  }

  /* -------------------------------------------------------------- where it is put */

  const PLACE = "projects-place-map";
  const DRAWN = { color: "#1b2326", weight: 2, dashArray: "6 4", fillOpacity: 0.08, interactive: false };
  const put = (name, value) => window.dash_clientside.set_props({ form: "place", name, row: "", type: "projects-field" }, { value });
  let drawing = null; // of the map that is open: {map, corners, layer}

  function shown(layer) {
    if (drawing.layer) {
      drawing.layer.remove();
    }
    drawing.layer = layer && layer.addTo(drawing.map);
  }

  // The corners so far, as an area; what is sent is empty until they make one.
  function outlined() {
    put("polygon", window.ekasih.drawing.shapeOf(drawing.corners));
    put("method", "peta");
    shown(drawing.corners.length ? window.L.polygon(drawing.corners, DRAWN) : null);
  }

  function pressed({ latlng }) {
    const form = document.querySelector("[data-ek-project-draws]");
    if (form && form.dataset.ekProjectDraws === "area") {
      drawing.corners.push([latlng.lat, latlng.lng]);
      outlined();
    } else if (form) {
      put("latitude", latlng.lat.toFixed(6));
      put("longitude", latlng.lng.toFixed(6));
      put("accuracy", "");
      put("method", "peta");
      shown(window.L.circleMarker(latlng, { ...DRAWN, radius: 8 }));
    }
  }

  if (window.L) {
    window.L.Map.addInitHook(function () {
      this.whenReady(() => {
        if (this.getContainer().closest(`[data-ek-map="${PLACE}"]`)) {
          drawing = { map: this, corners: [], layer: null };
          this.on("click", pressed);
        }
      });
    });
  }

  function locate(button) {
    button.addEventListener("click", () => {
      if (navigator.geolocation) {
        navigator.geolocation.getCurrentPosition(({ coords }) => {
          put("latitude", coords.latitude.toFixed(6));
          put("longitude", coords.longitude.toFixed(6));
          put("accuracy", String(Math.round(coords.accuracy)));
          put("method", "gps");
        });
      }
    });
  }

  document.addEventListener("click", ({ target }) => {
    const undo = target instanceof Element && target.closest("[data-ek-project-draws='area']");
    if (undo && drawing && drawing.corners.pop()) {
      outlined();
    }
  });

  // What was drawn by the server is completed once it stands on the page.
  function draw() {
    window.requestAnimationFrame(() => {
      document.querySelectorAll("[data-ek-project-photos]:empty").forEach(adding);
      compareIn(document);
      document.querySelectorAll("[data-ek-project-locate='1']").forEach((button) => {
        button.dataset.ekProjectLocate = "2";
        locate(button);
      });
    });
    return hold();
  }

  window.ekasih = Object.assign(window.ekasih || {}, { projects: { mark, cluster, outline, each } });
  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_projects: { draw } });
})();
