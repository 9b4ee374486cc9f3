/* What the map does in the browser: colours areas, names them under the pointer, and says what was picked.
 *
 * dash-leaflet finds functions below by name ({"variable": "ekasih.map.eachPoint"}) and hands each one a context:
 * the props of its component with `map`, the Leaflet map. The areas are drawn here, with a context of their own.
 * Where what happened must reach the server, it is put into a dcc.Store named by a data attribute of the frame
 * around the map.
 */
(function () {
  "use strict";

  const NO_DATA = -1;
  const TOO_FEW = -2;
  const APART = -3;
  const KEPT_FILES = 24;
  const files = new Map();
  const coming = new Map();
  const patterns = new Map();
  const dressed = new WeakSet();
  const areasOf = new WeakMap();
  const frames = new WeakMap();
  const hotBy = new WeakMap();
  const shown = new WeakMap();
  const fitted = new WeakMap();
  const NEAR = 40; // pixels
  const maps = new Set();

  /* ---------------------------------------------------------------- frame */

  function frameOf(map) {
    return map.getContainer().closest("[data-ek-map]");
  }

  function tell(map, name, data) {
    const frame = frameOf(map);
    const id = frame && frame.dataset[name];
    if (id) {
      window.dash_clientside.set_props(id, { data: { ...data, at: Date.now() } });
    }
  }

  function name(container, selector, label) {
    const found = container.querySelector(selector);
    if (found && label) {
      found.title = label;
      found.setAttribute("aria-label", label);
    }
  }

  function nameButtons(box, words) {
    name(box, ".leaflet-control-zoom-in", words.zoomIn);
    name(box, ".leaflet-control-zoom-out", words.zoomOut);
  }

  // Leaflet speaks English and leaves its own box unnamed; both are put right once a map is there.
  function dress(map) {
    if (dressed.has(map)) {
      return;
    }
    dressed.add(map);
    maps.add(map);
    const container = map.getContainer();
    const words = (frameOf(map) || container).dataset;
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", words.label || "");
    nameButtons(container, words);
    new ResizeObserver(() => container.isConnected && resized(map)).observe(container);
    window.ekasih.ground.dress(map, frameOf(map));
    map.on("contextmenu", (event) => {
      event.originalEvent.preventDefault();
      tell(map, "up", {});
    });
    container.addEventListener("keydown", (event) => {
      if (event.key === "Backspace") {
        event.preventDefault();
        tell(map, "up", {});
      }
    });
    // Leaflet focuses its box on every press; only the keyboard needs to see where it is.
    container.addEventListener("pointerdown", () => container.classList.add("ek-by-pointer"), true);
    container.addEventListener("keydown", () => container.classList.remove("ek-by-pointer"), true);
    container.addEventListener("blur", () => container.classList.remove("ek-by-pointer"));
    container.addEventListener("mouseleave", () => point(map, null));
    const known = frames.get(frameOf(map));
    if (known && known.draw) {
      known.draw(map);
    }
  }

  // Buttons come after the map, and a map may never have a shape to draw; so both ask for their words.
  if (window.L) {
    const add = window.L.Control.Zoom.prototype.onAdd;
    window.L.Control.Zoom.include({
      onAdd(map) {
        const box = add.call(this, map);
        nameButtons(box, (frameOf(map) || map.getContainer()).dataset);
        return box;
      },
    });
    window.L.Map.addInitHook(function () {
      this.whenReady(() => dress(this));
    });
  }

  /* --------------------------------------------------------------- areas */

  // A canvas fills with a pattern as readily as with a colour, so grey areas can be hatched.
  function hatch(ground, stroke) {
    const key = ground + stroke;
    if (!patterns.has(key)) {
      const tile = document.createElement("canvas");
      tile.width = tile.height = 8;
      const pen = tile.getContext("2d");
      pen.fillStyle = ground;
      pen.fillRect(0, 0, 8, 8);
      pen.strokeStyle = stroke;
      pen.lineWidth = 1.4;
      pen.beginPath();
      for (const start of [-8, 0, 8]) {
        pen.moveTo(start, 8);
        pen.lineTo(start + 8, 0);
      }
      pen.stroke();
      patterns.set(key, pen.createPattern(tile, "repeat"));
    }
    return patterns.get(key);
  }

  function areaIn(feature, hideout) {
    const areas = (hideout && hideout.areas) || {};
    return areas[feature.properties.code] || [NO_DATA, "", null];
  }

  function fillOf(grade, hideout) {
    const colours = hideout.colours || [];
    if (grade === APART) {
      return hatch(hideout.apart[0], hideout.apart[1]);
    }
    if (grade === TOO_FEW) {
      return hatch(hideout.tooFew[0], hideout.tooFew[1]);
    }
    if (grade === NO_DATA || grade >= colours.length) {
      return hatch(hideout.noData[0], hideout.noData[1]);
    }
    return colours[grade];
  }

  // The one area that the page is about, where it is drawn among its neighbours.
  function isPicked(feature, hideout) {
    return Boolean(hideout.picked) && feature.properties.code === hideout.picked;
  }

  // Its value rests on few: hatched over its colour.
  function isUnsure(feature, { unsure }) {
    return Boolean(unsure) && unsure.includes(feature.properties.code);
  }

  function style(feature, context) {
    const hideout = context.hideout || {};
    if (!hideout.noData) {
      return { stroke: false, fill: false };
    }
    const grade = areaIn(feature, hideout)[0];
    const picked = isPicked(feature, hideout);
    const plain = hideout.bubbles && grade >= 0 ? hideout.bubbles.plain : fillOf(grade, hideout);
    return {
      stroke: true,
      color: picked ? hideout.ink : (hideout.bubbles || hideout).edge,
      weight: picked ? 2.5 : hideout.edgeWeight || 0.8,
      opacity: 1,
      fill: true,
      // beneath circles the areas have no colour of their own
      fillColor: isUnsure(feature, hideout) && !hideout.bubbles ? hatch(plain, hideout.unsureInk[grade]) : plain,
      // beneath households the areas stay in the background
      fillOpacity: hideout.faint || 1,
    };
  }

  // Ink stands out on light colours, white on dark ones.
  function hotStyle(feature, hideout) {
    const grade = areaIn(feature, hideout)[0];
    return { color: (hideout.hot || [])[grade] || hideout.ink, weight: 3, opacity: 1 };
  }

  function line(text, className) {
    const element = document.createElement("div");
    element.className = className;
    element.textContent = text;
    return element;
  }

  // Text nodes only: an area's name is data, never markup.
  function label(feature, hideout) {
    const [grade, value, rank] = areaIn(feature, hideout);
    const words = hideout.words || {};
    const box = document.createElement("div");
    box.append(line(feature.properties.name || feature.properties.code, "ek-tip-name"));
    if (grade === TOO_FEW || grade === NO_DATA) {
      box.append(line(grade === TOO_FEW ? words.tooFew : words.noData, "ek-tip-note"));
      return box;
    }
    box.append(line(value, "ek-tip-value"));
    if (grade === APART) {
      box.append(line(words.apart, "ek-tip-note"));
      return box;
    }
    const place = rank ? (words.rank || "").replace("{rank}", rank).replace("{n}", hideout.n) : "";
    box.append(line(words.measure + (place ? " · " + place : ""), "ek-tip-note"));
    if (isUnsure(feature, hideout)) {
      box.append(line(words.unsure, "ek-tip-note"));
    }
    return box;
  }

  function eachArea(feature, layer, context) {
    const map = context.map;
    let drawn = areasOf.get(map);
    if (!drawn || drawn.context !== context) {
      drawn = { context, layers: new Map() };
      areasOf.set(map, drawn);
      lightRows(hotBy.get(map), null);
      hotBy.delete(map);
    }
    drawn.layers.set(feature.properties.code, {
      layer,
      rest: () => style(feature, context),
      hot: () => hotStyle(feature, context.hideout),
    });
    if (isPicked(feature, context.hideout)) {
      layer.on("add", () => layer.bringToFront());
    }
    layer.bindTooltip(() => label(feature, context.hideout), { sticky: true, className: "ek-tip", opacity: 1 });
    layer.on({
      mouseover: () => point(map, feature.properties.code),
      mouseout: () => point(map, null),
      click: (event) => {
        window.L.DomEvent.stopPropagation(event);
        tell(map, "picked", { code: feature.properties.code });
      },
    });
  }

  /* Lights one area and its row, puts out the one before. Nothing is drawn again and no server asked. */
  function point(map, code) {
    const drawn = areasOf.get(map);
    const before = hotBy.get(map);
    if (!drawn || before === code) {
      return;
    }
    hotBy.set(map, code);
    const old = before && drawn.layers.get(before);
    if (old) {
      old.layer.setStyle(old.rest());
    }
    const now = code && drawn.layers.get(code);
    if (now) {
      now.layer.setStyle(now.hot());
      now.layer.bringToFront();
    }
    lightRows(before, code);
  }

  function rowsOf(code) {
    const safe = window.CSS.escape(code);
    return document.querySelectorAll(`[data-area="${safe}"], .ag-row[row-id="${safe}"]`);
  }

  function lightRows(before, code) {
    if (before) {
      rowsOf(before).forEach((row) => row.classList.remove("ek-hot"));
    }
    if (code) {
      rowsOf(code).forEach((row) => row.classList.add("ek-hot"));
    }
  }

  function codeUnder(target) {
    const row = target instanceof Element && target.closest("[data-area], .ag-row[row-id]");
    return row ? row.dataset.area || row.getAttribute("row-id") : null;
  }

  function fromRow(event) {
    const code = codeUnder(event.target);
    for (const map of maps) {
      if (!map.getContainer().isConnected) {
        maps.delete(map);
      } else if (!map.getContainer().contains(event.target)) {
        const drawn = areasOf.get(map);
        point(map, code && drawn && drawn.layers.has(code) ? code : null);
      }
    }
  }

  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, fromRow, { passive: true });
  }

  /* -------------------------------------------------------------- points */

  function ring(properties, colours) {
    const parts = [];
    let from = 0;
    for (const [status, colour] of Object.entries(colours)) {
      const share = (properties[status] || 0) / properties.n;
      if (share > 0) {
        parts.push(`${colour} ${(from * 360).toFixed(1)}deg ${((from + share) * 360).toFixed(1)}deg`);
        from += share;
      }
    }
    return parts.length ? `conic-gradient(${parts.join(",")})` : "";
  }

  function clusterIcon(properties, hideout) {
    const size = Math.round(Math.min(60, 28 + 6 * Math.log2(properties.n)));
    const box = document.createElement("div");
    box.className = "ek-cluster-ring";
    box.style.background = ring(properties, hideout.statuses || {});
    box.append(line(properties.text || String(properties.n), "ek-cluster-count"));
    return window.L.divIcon({ html: box, className: "ek-cluster", iconSize: [size, size] });
  }

  function dotIcon(properties, hideout) {
    const dot = document.createElement("div");
    dot.className = "ek-dot-mark" + (properties.approximate ? " ek-dot-approximate" : "");
    dot.style.setProperty("--dot", (hideout.statuses || {})[properties.status] || "#5a666b");
    return window.L.divIcon({ html: dot, className: "ek-dot", iconSize: [24, 24] });
  }

  function pointToLayer(feature, latlng, context) {
    const hideout = context.hideout || {};
    const properties = feature.properties;
    const cluster = properties.n > 1;
    const words = hideout.words || {};
    const status = (words.statuses || {})[properties.status] || "";
    const text = cluster ? (words.cluster || "{n}").replace("{n}", properties.text || properties.n) : status;
    return window.L.marker(latlng, {
      icon: cluster ? clusterIcon(properties, hideout) : dotIcon(properties, hideout),
      title: text,
      alt: text,
      keyboard: true,
      riseOnHover: true,
    });
  }

  function eachPoint(feature, layer, context) {
    const map = context.map;
    const properties = feature.properties;
    layer.on("click", (event) => {
      window.L.DomEvent.stopPropagation(event);
      if (properties.together) {
        const [longitude, latitude] = feature.geometry.coordinates;
        tell(map, "point", { longitude, latitude, n: properties.n });
      } else if (properties.n > 1) {
        map.setView(layer.getLatLng(), Math.min(map.getZoom() + 2, map.getMaxZoom()));
      } else {
        tell(map, "point", { id: properties.id });
      }
    });
  }

  /* ------------------------------------------------- one household's place */

  // A dragged marker tells nobody by itself: its place has to be handed back as a property.
  function dragged(event, context) {
    const place = event.target.getLatLng().wrap();
    context.setProps({ position: [Number(place.lat.toFixed(6)), Number(place.lng.toFixed(6))] });
  }

  /* ---------------------------------------------------------------- paint */

  async function load(url) {
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok) {
      throw new Error(`boundaries: ${answer.status}`);
    }
    files.set(url, await answer.json());
    if (files.size > KEPT_FILES) {
      files.delete(files.keys().next().value);
    }
    return files.get(url);
  }

  /* Shapes that are asked for twice come once. */
  function fetched(url) {
    if (!coming.has(url)) {
      coming.set(url, load(url).finally(() => coming.delete(url)));
    }
    return coming.get(url);
  }

  /* Has the shapes of a picture that is to be painted soon; that they did not come is told when it is. */
  async function prepare(picture) {
    if (picture && !files.has(picture.url)) {
      await fetched(picture.url).catch(() => null);
    }
  }

  function extent(collection) {
    let [west, south, east, north] = [180, 90, -180, -90];
    const walk = (part) => {
      if (typeof part[0] === "number") {
        west = Math.min(west, part[0]);
        east = Math.max(east, part[0]);
        south = Math.min(south, part[1]);
        north = Math.max(north, part[1]);
      } else {
        part.forEach(walk);
      }
    };
    collection.features.forEach((feature) => feature.geometry && walk(feature.geometry.coordinates));
    return west > east ? null : [[south, west], [north, east]];
  }

  function mercator(latitude) {
    return (Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360)) * 180) / Math.PI;
  }

  function legendOver(frame) {
    return frame.parentElement && frame.parentElement.querySelector(".ek-legend-over");
  }

  const viewOf = (map) => ({ zoom: map.getZoom(), centre: map.getCenter() });

  /* Whether a map still shows what it was moved to: to the pixel it does not, for what stands beside it changes its size. */
  function untouched(map, { zoom, centre }) {
    return zoom === map.getZoom() && map.project(centre).distanceTo(map.project(map.getCenter())) < NEAR;
  }

  /* A map that changes its size shows again what it was moved to, unless somebody has looked elsewhere since. */
  function resized(map) {
    const last = fitted.get(map);
    const before = map.getSize();
    const again = last && untouched(map, last.view);
    map.invalidateSize({ pan: false });
    if (again && !before.equals(map.getSize())) {
      last.place();
      last.view = viewOf(map);
    }
  }

  /* Moves the view to what is drawn; where the legend is still to come, once more when it is there. */
  function fit(map, frame, bounds) {
    const place = () => map.fitBounds(bounds, { ...roomBesideLegend(frame, bounds), animate: false });
    place();
    fitted.set(map, { place, view: viewOf(map) });
    if (!legendOver(frame) && frame.parentElement && !frame.parentElement.querySelector(".ek-legend-below")) {
      const wait = new MutationObserver(() => {
        if (legendOver(frame)) {
          wait.disconnect();
          if (shown.get(map).bounds === bounds) {
            place();
          }
        }
      });
      wait.observe(frame.parentElement, { childList: true, subtree: true });
    }
  }

  /* A legend lies over a corner: leave out the strip beside it or the one above it, whichever costs less. */
  function roomBesideLegend(frame, [[south, west], [north, east]]) {
    const edge = 18;
    const plain = { paddingTopLeft: [edge, edge], paddingBottomRight: [edge, edge] };
    const legend = legendOver(frame);
    if (!legend || getComputedStyle(legend).position !== "absolute") {
      return plain;
    }
    const [box, over] = [frame.getBoundingClientRect(), legend.getBoundingClientRect()];
    const [wide, high] = [east - west || 1, mercator(north) - mercator(south) || 1];
    const scale = (left, bottom) =>
      Math.min((box.width - left - 2 * edge) / wide, (box.height - bottom - 2 * edge) / high);
    const beside = scale(over.width, 0);
    const above = scale(0, over.height);
    return beside > above
      ? { ...plain, paddingTopLeft: [edge + over.width, edge] }
      : { ...plain, paddingBottomRight: [edge, edge + over.height] };
  }

  /* The maps that are on the page, each with the bounds of what is drawn on it. */
  function openMaps() {
    return [...maps]
      .filter((map) => map.getContainer().isConnected && shown.has(map) && shown.get(map).bounds)
      .map((map) => ({ map, bounds: shown.get(map).bounds }));
  }

  /* Asks for the shapes of a picture and draws them; a picture that was overtaken on the way is dropped. Answers how
   * it went, as soon as it is known. */
  function paint(picture) {
    const hold = window.dash_clientside.no_update;
    if (!picture || !picture.url) {
      return hold;
    }
    const frame = document.querySelector(`[data-ek-map="${window.CSS.escape(picture.key || "map")}"]`) || document.body;
    const known = frames.get(frame) || {};
    known.wanted = picture;
    frames.set(frame, known);
    const drawn = (shapes) => {
      if (known.wanted !== picture) {
        return hold;
      }
      // a map that is not there yet draws it when it comes
      known.draw = (map) => draw(map, picture, shapes, frame);
      const map = [...maps].find((one) => frame.contains(one.getContainer()));
      if (map) {
        known.draw(map);
      }
      return { state: "ready", url: picture.url };
    };
    if (files.has(picture.url)) {
      return drawn(files.get(picture.url));
    }
    return fetched(picture.url).then(drawn).catch(() => {
      document.dispatchEvent(new Event("ekasih:drawn"));
      return { state: "failed", url: picture.url };
    });
  }

  /* Shapes, colours and view change in one step: the old map stays until the new one is whole. The layer is Leaflet's
   * own, no component: it need not wait until the page's hundreds of components have been compared. */
  function draw(map, picture, shapes, frame) {
    const before = shown.get(map);
    const drawn = window.ekasih.ground.placed(map, shapes, picture.frames);
    const place = [picture.url, picture.place || "", picture.frames || ""].join("#");
    const bounds = picture.bounds || extent(drawn);
    // other colours on the same areas: nothing is measured or laid out again
    if (before && before.drawn === drawn && before.place === place && !picture.refit) {
      before.context.hideout = picture.hideout;
      before.layer.setStyle((feature) => style(feature, before.context));
      names(map, drawn, picture);
      return;
    }
    const context = { map, hideout: picture.hideout };
    if (before) {
      before.layer.remove();
    }
    map.invalidateSize({ pan: false });
    if (bounds && (picture.refit || !before || before.place !== place)) {
      fit(map, frame, bounds);
    }
    const layer = window.L.geoJSON(drawn, {
      style: (feature) => style(feature, context),
      onEachFeature: (feature, area) => eachArea(feature, area, context),
    });
    shown.set(map, { layer: layer.addTo(map), place, bounds, drawn, context });
    names(map, drawn, picture);
    seen().then(() => document.dispatchEvent(new Event("ekasih:drawn")));
  }

  /* When areas and names are on the screen: the next frame draws the one, the second the other, and the third has shown
   * both when the fourth begins. A page that is not looked at has no frames. */
  function seen() {
    return new Promise((done) => {
      const after = (frames) => requestAnimationFrame(() => (frames > 1 ? after(frames - 1) : setTimeout(done, 0)));
      after(4);
      setTimeout(done, 250);
    });
  }

  function names(map, drawn, { hideout }) {
    window.ekasih.names.show(map, drawn.features, (feature) => named(feature, hideout), document.documentElement.dataset.places);
  }

  /* The circle of an area that has a count to show, the hatched mark of one that has not. */
  function bubbleOf(code, { bubbles, tooFew, ink, edge }) {
    if (!bubbles) {
      return {};
    }
    const inkInside = bubbles.ink;
    if (bubbles.radii[code]) {
      return { bubble: { radius: bubbles.radii[code], fill: bubbles.fill, inkInside } };
    }
    return bubbles.marked.includes(code)
      ? { bubble: { radius: bubbles.mark, fill: hatch(edge, tooFew[1]), edge: ink, inkInside, mark: true } }
      : {};
  }

  /* An area's name and value, in what can be read on its colour. */
  function named(feature, hideout) {
    const [grade, value] = areaIn(feature, hideout);
    const plain = grade < 0 || hideout.faint || hideout.bubbles;
    return {
      name: feature.properties.name || "",
      value: grade === NO_DATA || grade === TOO_FEW ? "" : value,
      ...bubbleOf(feature.properties.code, hideout),
      ink: plain ? hideout.ink : (hideout.hot || [])[grade] || hideout.ink,
      halo: plain ? hideout.edge : (hideout.colours || [])[grade] || hideout.edge,
    };
  }

  window.ekasih = Object.assign(window.ekasih || {}, {
    map: { pointToLayer, eachPoint, dragged },
    maps: { open: openMaps, paint, prepare, seen },
  });
  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_map: { paint } });
})();
