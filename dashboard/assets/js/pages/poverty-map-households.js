/* Households on the map page: asks for those in view, moves one, counts those in a drawn shape. */
(function () {
  "use strict";

  const PAGE = "poverty-map";
  const DRAWN = { color: "#1b2326", weight: 2, dashArray: "6 4", fillColor: "#1b2326", fillOpacity: 0.08, interactive: false };
  const CLOSE_ENOUGH = 5;
  const MOST_CORNERS = 200; // what the server takes
  const LOOSE_ENDS = 0.1;
  const DRAWN_FREELY = 20;
  const byId = (id) => document.getElementById(id);
  const hold = () => window.dash_clientside.no_update;
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const causes = () => window.dash_clientside.callback_context.triggered.map((item) => item.prop_id.split(".")[0]);
  const round = (degrees) => Number(degrees.toFixed(6));

  let map = null;
  let opened = null;
  let moving = false;
  let shape = null; // {corners, line, free}: what is being drawn
  let counted = null; // the shape that was counted last
  let watching = null; // tells of households that come while others recede

  /* Whether a click on the map means something else than going into an area. */
  const busy = () => moving || Boolean(shape);

  function frame() {
    return document.querySelector(`[data-ek-map="${PAGE}"]`);
  }

  if (window.L) {
    window.L.Map.addInitHook(function () {
      this.whenReady(() => {
        if (this.getContainer().closest(`[data-ek-map="${PAGE}"]`)) {
          adopt(this);
        }
      });
    });
  }

  function adopt(found) {
    map = found;
    [moving, shape, counted, opened] = [false, null, null, null];
    const container = map.getContainer();
    let from = null;
    container.addEventListener("pointerdown", (event) => {
      from = [event.clientX, event.clientY];
      if (shape && !onControl(event)) {
        shape.free = { started: false };
        // what lies over the map must not end the line
        container.setPointerCapture(event.pointerId);
      }
    }, true);
    container.addEventListener("pointermove", (event) => {
      if (shape && shape.free && from && far(event, from)) {
        shape.free.started = true;
        add(map.mouseEventToLatLng(event));
      }
    }, true);
    container.addEventListener("pointerup", () => {
      if (shape && shape.free && shape.free.started) {
        finish();
      } else if (shape) {
        shape.free = null;
      }
    }, true);
    container.addEventListener("click", (event) => {
      if (!busy() || onControl(event) || !from || far(event, from)) {
        return;
      }
      event.stopPropagation();
      const place = map.mouseEventToLatLng(event).wrap();
      if (shape) {
        add(place);
      } else if (!event.target.closest(".leaflet-marker-icon")) {
        put(place.lat, place.lng);
      }
    }, true);
  }

  const onControl = (event) => event.target instanceof Element && event.target.closest(".leaflet-control");
  const far = (event, from) => Math.hypot(event.clientX - from[0], event.clientY - from[1]) > CLOSE_ENOUGH;

  /* ------------------------------------------------------------ in view */

  function corners(bounds) {
    if (Array.isArray(bounds) && bounds.length === 2) {
      const [[south, west], [north, east]] = bounds;
      return [west, south, east, north].map(round);
    }
    return null;
  }

  function ask(step, bounds, zoom, view, before) {
    const known = step || {};
    const classes = ["ek-poverty-map-households", known.leaf ? "is-leaf" : "", known.points ? "is-on" : ""];
    const box = corners(bounds);
    const asked = known.points && box && zoom !== undefined ? { box, zoom, view: { ...view } } : null;
    const same = JSON.stringify(asked) === JSON.stringify(before || null);
    return [same ? hold() : asked, !known.persons, classes.filter(Boolean).join(" ")];
  }

  /* -------------------------------------------------------------- the card */

  function closeCard() {
    stopMoving();
    set("poverty-map-card", { children: null });
    set("poverty-map-point", { data: { closed: true, at: Date.now() } });
    if (map) {
      map.getContainer().focus({ preventScroll: true });
    }
  }

  function settle(_cancel, _changed, shown) {
    const [cause] = causes();
    if (cause === "poverty-map-opened") {
      const another = !opened || !shown || opened.id !== shown.id;
      opened = shown;
      if (another) {
        stopMoving();
        if (shown) {
          set("poverty-map-flash", { children: "" });
          window.ekasih.forms.lead(() => byId("poverty-map-card-box"));
        }
      }
    } else {
      stopMoving();
    }
    return Date.now();
  }

  /* Households are in the background while one is moved or a shape is drawn: seen, but neither hit nor reached. */
  function recede() {
    const receding = busy();
    frame().classList.toggle("ek-poverty-map-busy", receding);
    for (const mark of frame().querySelectorAll(".ek-dot, .ek-cluster")) {
      mark.inert = receding;
    }
    if (receding && !watching) {
      watching = new MutationObserver(recede);
      watching.observe(map.getPane("markerPane"), { childList: true });
    } else if (!receding && watching) {
      watching.disconnect();
      watching = null;
    }
  }

  /* ---------------------------------------------------------------- moving */

  function startMoving() {
    const editor = byId("poverty-map-editor");
    if (!opened || !editor || !map) {
      return;
    }
    stopDrawing();
    moving = true;
    recede();
    set("poverty-map-editor", { hidden: false });
    set("poverty-map-flash", { children: "" });
    set("poverty-map-place-layer", { children: [former(opened, editor.dataset), marker(opened, editor.dataset)] });
    set("poverty-map-accuracy", { value: null, error: null });
    put(opened.latitude, opened.longitude);
    map.setZoom(Math.max(map.getZoom(), 14), { animate: false });
    window.ekasih.forms.lead(() => (editor.hidden ? null : byId("poverty-map-latitude")));
  }

  // Where the household is until it is saved somewhere else.
  function former(place, told) {
    const said = { namespace: "dash_leaflet", type: "Tooltip", props: { children: told.former, permanent: true, direction: "bottom", offset: [0, 8] } };
    return {
      namespace: "dash_leaflet",
      type: "CircleMarker",
      props: {
        children: said, center: [place.latitude, place.longitude], eventHandlers: {}, ...JSON.parse(told.ring),
      },
    };
  }

  function marker(place, told) {
    return {
      namespace: "dash_leaflet",
      type: "Marker",
      props: {
        id: "poverty-map-place-marker",
        position: [place.latitude, place.longitude],
        draggable: true,
        keyboard: false,
        title: told.marker,
        alt: told.marker,
        icon: JSON.parse(told.pin),
        eventHandlers: { dragend: { variable: "ekasih.povertyMap.dragged" } },
      },
    };
  }

  function dragged(event) {
    const place = event.target.getLatLng().wrap();
    put(place.lat, place.lng);
  }

  // One key for each place: the same place saved twice is saved once.
  function put(latitude, longitude) {
    const key = Array.from(window.crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0"));
    set("poverty-map-place", { data: { latitude: round(latitude), longitude: round(longitude), key: key.join("") } });
  }

  function place(now, latitude, longitude) {
    const touched = causes();
    if (!moving) {
      return [hold(), hold(), hold()];
    }
    if (touched.includes("poverty-map-place") && now) {
      set("poverty-map-place-marker", { position: [now.latitude, now.longitude] });
      keepInSight([now.latitude, now.longitude]);
      return [hold(), now.latitude, now.longitude];
    }
    const typed = [latitude, longitude].every((degrees) => typeof degrees === "number" && Number.isFinite(degrees));
    if (!typed || (now && now.latitude === round(latitude) && now.longitude === round(longitude))) {
      return [hold(), hold(), hold()];
    }
    put(latitude, longitude);
    return [hold(), hold(), hold()];
  }

  /* The card lies over the right of the map, where there is room for both. */
  function keepInSight(place) {
    const wide = map.getSize().x > 600;
    map.panInside(place, { paddingTopLeft: [60, 80], paddingBottomRight: [wide ? 420 : 60, 60], animate: false });
  }

  function stopMoving() {
    if (!moving) {
      return;
    }
    moving = false;
    if (frame()) {
      recede();
    }
    set("poverty-map-editor", { hidden: true });
    set("poverty-map-place-layer", { children: [] });
    set("poverty-map-place", { data: null });
  }

  /* --------------------------------------------------------------- drawing */

  function startDrawing() {
    if (!map) {
      return;
    }
    clear();
    shape = { corners: [], line: window.L.polygon([], DRAWN).addTo(map), free: null };
    map.dragging.disable();
    frame().classList.add("ek-poverty-map-drawing-on");
    recede();
    pressed(true);
  }

  function add(place) {
    shape.corners.push(place);
    shape.line.setLatLngs(shape.corners);
  }

  function finish() {
    const ring = shape ? shape.corners : [];
    const line = shape && shape.line;
    stopDrawing();
    if (ring.length < 3) {
      if (line) {
        line.remove();
      }
      return;
    }
    counted = line;
    const thin = Math.ceil(ring.length / MOST_CORNERS);
    const kept = withoutLooseEnds(ring.filter((_corner, place) => place % thin === 0));
    line.setLatLngs(kept);
    offer("clear", true);
    set("poverty-map-drawn", { data: { ring: kept.map((corner) => [round(corner.lng), round(corner.lat)]) } });
  }

  /* Who draws around an area by hand ends a little beyond where the line began: what sticks out of the loop is cut off. */
  function withoutLooseEnds(ring) {
    if (ring.length < DRAWN_FREELY) {
      return ring;
    }
    const few = ring.length * LOOSE_ENDS;
    for (let first = 0; first < few; first += 1) {
      for (let last = ring.length - 2; last > first + 1 && ring.length - 2 - last + first <= few; last -= 1) {
        const crossing = crossingOf(ring[first], ring[first + 1], ring[last], ring[last + 1]);
        if (crossing) {
          return [crossing, ...ring.slice(first + 1, last + 1)];
        }
      }
    }
    return ring;
  }

  function crossingOf(a, b, c, d) {
    const [east, north] = [b.lng - a.lng, b.lat - a.lat];
    const [over, up] = [d.lng - c.lng, d.lat - c.lat];
    const turn = east * up - north * over;
    const along = ((c.lng - a.lng) * up - (c.lat - a.lat) * over) / turn;
    const across = ((c.lng - a.lng) * north - (c.lat - a.lat) * east) / turn;
    const meets = turn !== 0 && along > 0 && along < 1 && across > 0 && across < 1;
    return meets ? { lng: a.lng + along * east, lat: a.lat + along * north } : null;
  }

  function stopDrawing() {
    if (!shape) {
      return;
    }
    shape = null;
    map.dragging.enable();
    frame().classList.remove("ek-poverty-map-drawing-on");
    recede();
    pressed(false);
  }

  function countView() {
    clear();
    const seen = map.getBounds();
    const ring = [seen.getSouthWest(), seen.getNorthWest(), seen.getNorthEast(), seen.getSouthEast()];
    counted = window.L.polygon(ring, DRAWN).addTo(map);
    offer("clear", true);
    set("poverty-map-drawn", { data: { ring: ring.map((corner) => [round(corner.lng), round(corner.lat)]) } });
  }

  function clear() {
    if (shape) {
      shape.line.remove();
      stopDrawing();
    }
    if (counted) {
      counted.remove();
      counted = null;
    }
    offer("clear", false);
    set("poverty-map-drawn", { data: null });
  }

  function pressed(on) {
    const button = byId("poverty-map-draw");
    if (button) {
      button.setAttribute("aria-pressed", String(on));
    }
    offer("done", on);
    offer("view", !on);
    offer("clear", on || Boolean(counted));
  }

  function offer(name, on) {
    const button = document.querySelector(`[data-ek-drawing="${name}"]`);
    if (button) {
      button.hidden = !on;
    }
  }

  const actions = {
    done: finish,
    view: countView,
    clear,
  };

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target || !byId("poverty-map-heading")) {
      return;
    }
    const neighbour = target.closest("[data-ek-household]");
    if (neighbour) {
      set("poverty-map-point", { data: { id: neighbour.dataset.ekHousehold, at: Date.now() } });
    } else if (target.closest("[data-ek-close]")) {
      closeCard();
    } else if (target.closest("[data-ek-move]")) {
      startMoving();
    } else if (target.closest("[data-ek-drawing]")) {
      actions[target.closest("[data-ek-drawing]").dataset.ekDrawing]();
    } else if (target.closest("#poverty-map-draw")) {
      if (shape) {
        clear();
      } else {
        startDrawing();
      }
    }
  });

  // Leaflet lets a mark be reached by keyboard, not pressed.
  document.addEventListener("keydown", (event) => {
    const mark = event.key === "Enter" && event.target instanceof Element && event.target.closest(".ek-dot, .ek-cluster");
    if (mark) {
      event.preventDefault();
      mark.click();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !byId("poverty-map-heading")) {
      return;
    }
    if (shape) {
      clear();
    } else if (moving) {
      stopMoving();
    } else if (byId("poverty-map-card-box")) {
      closeCard();
    }
  });

  window.ekasih.povertyMap = Object.assign(window.ekasih.povertyMap || {}, { dragged, busy });
  const clientside = (window.dash_clientside = window.dash_clientside || {});
  clientside.ekasih_poverty_map = Object.assign(clientside.ekasih_poverty_map || {}, { ask, place, settle });
})();
