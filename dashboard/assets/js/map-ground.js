/* What a map is drawn on: the coast and the countries around, the states beneath what is drawn, and the two halves of
 * the country as frames side by side. Drawn on canvases of their own, which nothing that is coloured or lit touches. */
(function () {
  "use strict";

  const PANE = "ek-ground";
  const FRAMES_PANE = "ek-frames";
  const SPLIT = 107; // degrees east: no place of the Peninsula lies beyond it, none of Borneo before
  // where the frames end (degrees), and how far Borneo's is moved: beside the Peninsula on a wide map, below on a high one
  const GAP = 0.25;
  const WEST_END = 104.75;
  const EAST_START = 109.25;
  const SOUTH_END = 0.85;
  const NORTH_START = 7.75;
  const FRAMES = {
    beside: { east: [WEST_END + GAP - EAST_START, 0], west: "lon<" + WEST_END, start: "lon>" + EAST_START },
    below: { east: [-7.1, SOUTH_END - GAP - NORTH_START], west: "lat>" + SOUTH_END, start: "lat<" + NORTH_START },
  };
  const WIDE = 1.1; // width by height from which the frames stand side by side
  const FAR = 80; // degrees beyond which nobody looks

  const files = new Map();
  const drawn = new WeakMap();
  const moved = new WeakMap();

  function collection(url) {
    if (!files.has(url)) {
      const asked = fetch(url, { credentials: "same-origin" }).then((answer) => {
        if (!answer.ok) {
          throw new Error(`ground: ${answer.status}`);
        }
        return answer.json();
      });
      // one that failed is asked for again with the next map
      asked.catch(() => files.delete(url));
      files.set(url, asked);
    }
    return files.get(url);
  }

  /* ------------------------------------------------------------- cutting */

  /* A side of a line ("lon<104.75"): its axis, where it ends, and whether a place lies on it. */
  function sideOf(written) {
    const axis = written.startsWith("lon") ? 0 : 1;
    const limit = Number(written.slice(4));
    const less = written[3] === "<";
    return { axis, limit, inside: (place) => (less ? place[axis] <= limit : place[axis] >= limit) };
  }

  /* The part of a ring on one side of a line, by Sutherland and Hodgman; empty where none is. */
  function cut(ring, side) {
    const { axis, limit, inside } = sideOf(side);
    const result = [];
    ring.forEach((place, index) => {
      const before = ring[(index || ring.length) - 1];
      if (inside(place) !== inside(before)) {
        const share = (limit - before[axis]) / (place[axis] - before[axis]);
        const crossing = [0, 1].map((each) => before[each] + share * (place[each] - before[each]));
        crossing[axis] = limit;
        result.push(crossing);
      }
      if (inside(place)) {
        result.push(place);
      }
    });
    return result.length > 2 ? result : [];
  }

  const polygons = (geometry) =>
    geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [];

  const shift = (ring, [east, north]) => ring.map((place) => [place[0] + east, place[1] + north]);

  function multi(feature, coordinates) {
    return { ...feature, geometry: { type: "MultiPolygon", coordinates } };
  }

  /* What lies around, in both frames: each is cut where it ends. */
  function framedGround(shapes, frame) {
    const features = shapes.features.map((feature) => {
      const parts = [];
      polygons(feature.geometry).forEach((rings) => {
        const west = rings.map((ring) => cut(ring, frame.west)).filter((ring) => ring.length);
        const east = rings.map((ring) => cut(ring, frame.start)).filter((ring) => ring.length);
        if (west.length) {
          parts.push(west);
        }
        if (east.length) {
          parts.push(east.map((ring) => shift(ring, frame.east)));
        }
      });
      return multi(feature, parts);
    });
    return { ...shapes, features };
  }

  /* Areas, those of Borneo moved into their frame. */
  function framedAreas(shapes, frame) {
    const features = shapes.features.map((feature) => {
      const parts = feature.geometry ? polygons(feature.geometry) : [];
      const east = parts.map((rings) => (rings[0][0][0] > SPLIT ? rings.map((ring) => shift(ring, frame.east)) : rings));
      return parts.length ? multi(feature, east) : feature;
    });
    return { ...shapes, features };
  }

  function framing(map, wanted) {
    if (!wanted) {
      return null;
    }
    const size = map.getSize();
    return size.x / (size.y || 1) >= WIDE ? "beside" : "below";
  }

  /* The shapes of areas as they are drawn: in frames where the picture asks for them, once for each arrangement. */
  function placed(map, shapes, wanted) {
    const name = framing(map, wanted);
    arrange(map, name);
    if (!name) {
      return shapes;
    }
    const known = moved.get(shapes) || {};
    known[name] = known[name] || framedAreas(shapes, FRAMES[name]);
    moved.set(shapes, known);
    return known[name];
  }

  /* ------------------------------------------------------------- drawing */

  function pane(map, name, order) {
    if (!map.getPane(name)) {
      const made = map.createPane(name);
      made.style.zIndex = order;
      made.style.pointerEvents = "none";
    }
    return name;
  }

  function tokens() {
    const style = getComputedStyle(document.documentElement);
    return (name) => style.getPropertyValue("--ek-" + name).trim();
  }

  function shapesLayer(map, shapes, fill, edge) {
    const known = drawn.get(map);
    known.canvas = known.canvas || window.L.canvas({ pane: pane(map, PANE, 200), padding: 0.2 });
    return window.L.geoJSON(shapes, {
      pane: PANE,
      renderer: known.canvas,
      interactive: false,
      style: { stroke: true, color: edge, weight: 1, fill: true, fillColor: fill, fillOpacity: 1 },
    });
  }

  function redraw(map) {
    const known = drawn.get(map);
    const colour = tokens();
    known.layers.forEach((layer) => layer.remove());
    known.layers = [];
    if (known.around) {
      const shapes = known.name ? framedGround(known.around, FRAMES[known.name]) : known.around;
      known.layers.push(shapesLayer(map, shapes, colour("map-neighbour"), colour("map-coast")));
    }
    if (known.land && !known.name) {
      known.layers.push(shapesLayer(map, known.land, colour("surface"), colour("line")));
    }
    if (known.name) {
      known.layers.push(divider(map, colour("paper"), colour("line-strong")));
    }
    known.layers.forEach((layer) => layer.addTo(map));
    map.fire("ek-ground");
  }

  /* Where the names of the countries around stand, in the frame that shows them. */
  function labels(map) {
    const held = known(map);
    if (!held || !held.around) {
      return [];
    }
    return held.around.features.map(({ properties }) => {
      const at = properties.label;
      const frame = FRAMES[held.name];
      const [east, north] = !frame || sideOf(frame.west).inside(at) ? at : shift([at], frame.east)[0];
      return { properties, place: [north, east] };
    });
  }

  /* The strip between the frames. */
  function divider(map, fill, edge) {
    const corners =
      known(map).name === "beside"
        ? [[-FAR, WEST_END], [FAR, WEST_END + GAP]]
        : [[SOUTH_END - GAP, -FAR + 100], [SOUTH_END, FAR + 100]];
    return window.L.rectangle(corners, {
      pane: pane(map, FRAMES_PANE, 210),
      renderer: (known(map).strip = known(map).strip || window.L.canvas({ pane: FRAMES_PANE })),
      interactive: false,
      stroke: true,
      color: edge,
      weight: 1,
      opacity: 0.5,
      fillColor: fill,
      fillOpacity: 1,
    });
  }

  const known = (map) => drawn.get(map);

  function arrange(map, name) {
    const held = known(map);
    if (held && held.name !== name) {
      held.name = name;
      redraw(map);
    }
  }

  /* Puts the ground under a map; the document names the countries around, ``frame`` the land. */
  function dress(map, frame) {
    drawn.set(map, { layers: [], name: null });
    const { around } = document.documentElement.dataset;
    const { land } = (frame && frame.dataset) || {};
    const put = (what, url) =>
      url &&
      collection(url)
        .then((shapes) => {
          if (map.getContainer().isConnected && map.getPane("overlayPane")) {
            known(map)[what] = shapes;
            redraw(map);
          }
        })
        .catch(() => null);
    put("around", around);
    put("land", land);
  }

  window.ekasih = Object.assign(window.ekasih || {}, { ground: { collection, polygons, cut, framedAreas, FRAMES, dress, placed, labels } });
})();
