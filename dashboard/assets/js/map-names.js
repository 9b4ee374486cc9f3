/* Writes the names of areas with their values, and those of places, on a map: on one canvas, where they fit and none
 * lies on another. It is drawn anew when the view has come to rest, never while an area is lit. */
(function () {
  "use strict";

  const PANE = "ek-names";
  const NAME_SIZE = 12;
  const VALUE_SIZE = 12;
  const PLACE_SIZE = 11;
  const SPREAD = 1.5; // a name may be so much wider than its area
  const ROOM = 3; // pixels around a name that stay free
  const LINES = 7; // across an area, where the longest way through it is looked for
  const PLACES_FROM = 9; // the zoom from which places are named
  const MOST_PLACES = 60;

  const held = new WeakMap();
  const anchors = new WeakMap();

  /* -------------------------------------------------------------- anchors */

  function surface(ring) {
    let sum = 0;
    for (let index = 1; index < ring.length; index += 1) {
      sum += ring[index - 1][0] * ring[index][1] - ring[index][0] * ring[index - 1][1];
    }
    return Math.abs(sum / 2);
  }

  /* Where a line at a latitude runs through a polygon: the crossings with all its rings, from west to east. */
  function crossings(rings, latitude) {
    const found = [];
    for (const ring of rings) {
      for (let index = 1; index < ring.length; index += 1) {
        const [one, other] = [ring[index - 1], ring[index]];
        if (one[1] > latitude !== other[1] > latitude) {
          found.push(one[0] + ((latitude - one[1]) / (other[1] - one[1])) * (other[0] - one[0]));
        }
      }
    }
    return found.sort((a, b) => a - b);
  }

  /* The middle of the longest way through the largest part of an area, west to east: there a name has most room.
   * Ways in the middle of the area's height are preferred to those at its rim. */
  function anchor(feature) {
    if (anchors.has(feature)) {
      return anchors.get(feature);
    }
    const parts = feature.geometry ? window.ekasih.ground.polygons(feature.geometry) : [];
    const rings = parts.reduce((best, part) => (!best || surface(part[0]) > surface(best[0]) ? part : best), null);
    let found = null;
    if (rings) {
      const heights = rings[0].map((place) => place[1]);
      const [south, north] = [Math.min(...heights), Math.max(...heights)];
      for (let line = 1; line <= LINES; line += 1) {
        const share = line / (LINES + 1);
        const latitude = south + (north - south) * share;
        const ways = crossings(rings, latitude);
        for (let index = 1; index < ways.length; index += 2) {
          const width = ways[index] - ways[index - 1];
          const worth = width * (1 - Math.abs(share - 0.5) * 0.8);
          if (!found || worth > found.worth) {
            found = { worth, width, longitude: (ways[index] + ways[index - 1]) / 2, latitude };
          }
        }
      }
    }
    anchors.set(feature, found);
    return found;
  }

  /* -------------------------------------------------------------- placing */

  const overlaps = (one, other) =>
    one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;

  /* Which of the wanted boxes are kept: the earlier ones first, none on another. */
  function free(wanted, taken) {
    return wanted.filter((item) => {
      const fits = !taken.some((box) => overlaps(box, item.box));
      if (fits) {
        taken.push(item.box);
      }
      return fits;
    });
  }

  function boxed(x, y, width, height) {
    return { left: x - width / 2 - ROOM, right: x + width / 2 + ROOM, top: y - height / 2 - ROOM, bottom: y + height / 2 + ROOM };
  }

  /* -------------------------------------------------------------- writing */

  function canvasOf(map) {
    const known = held.get(map);
    if (!known.canvas) {
      if (!map.getPane(PANE)) {
        const made = map.createPane(PANE);
        made.style.zIndex = 460;
        made.style.pointerEvents = "none";
      }
      known.canvas = document.createElement("canvas");
      known.canvas.className = "ek-names";
      known.canvas.setAttribute("aria-hidden", "true"); // the table says the same
      map.getPane(PANE).append(known.canvas);
    }
    return known.canvas;
  }

  function font(size, weight) {
    return `${weight} ${size}px ${getComputedStyle(document.documentElement).getPropertyValue("--ek-font") || "sans-serif"}`;
  }

  /* Names of areas that their area has room for, the largest first, with their value below; the value alone where only
   * that fits would say nothing, so it is left out. */
  function areaNames(map, pen, features, told) {
    const nameFont = font(NAME_SIZE, 600);
    const valueFont = font(VALUE_SIZE, 400);
    const size = map.getSize();
    const wanted = [];
    for (const feature of features) {
      const spot = anchor(feature);
      if (!spot) {
        continue;
      }
      const middle = map.latLngToContainerPoint([spot.latitude, spot.longitude]);
      const end = map.latLngToContainerPoint([spot.latitude, spot.longitude + spot.width]);
      const room = (end.x - middle.x) * SPREAD;
      if (middle.x < 0 || middle.y < 0 || middle.x > size.x || middle.y > size.y || room < 2 * NAME_SIZE) {
        continue;
      }
      const { name, value, ink, halo } = told(feature);
      pen.font = nameFont;
      const lines = broken(pen, name, room);
      const across = Math.max(...lines.map((line) => pen.measureText(line).width));
      pen.font = valueFont;
      const width = Math.max(across, value ? pen.measureText(value).width : 0);
      if (width <= room) {
        const height = lines.length * (NAME_SIZE + 2) + (value ? VALUE_SIZE + 2 : 0);
        wanted.push({ room, lines, value, ink, halo, x: middle.x, y: middle.y, height, box: boxed(middle.x, middle.y, width, height) });
      }
    }
    wanted.sort((one, other) => other.room - one.room);
    return { wanted, nameFont, valueFont };
  }

  function circleNames(pen, circles) {
    const fonts = { nameFont: font(NAME_SIZE, 600), valueFont: font(VALUE_SIZE, 400) };
    const wanted = window.ekasih.bubbles.labels(pen, circles, { ...fonts, size: NAME_SIZE });
    return { wanted: wanted.map((item) => ({ ...item, box: boxed(item.x, item.y, item.width, item.height) })), ...fonts };
  }

  /* A name of several words goes over two lines where one is too long. */
  function broken(pen, name, room) {
    const parts = name.split(" ");
    if (parts.length < 2 || pen.measureText(name).width <= room) {
      return [name];
    }
    const ways = parts.slice(1).map((_, place) => [parts.slice(0, place + 1).join(" "), parts.slice(place + 1).join(" ")]);
    const width = (lines) => Math.max(...lines.map((line) => pen.measureText(line).width));
    return ways.reduce((best, way) => (width(way) < width(best) ? way : best));
  }

  function write(pen, text, x, y, ink, halo) {
    pen.strokeStyle = halo;
    pen.lineWidth = 3;
    pen.strokeText(text, x, y);
    pen.fillStyle = ink;
    pen.fillText(text, x, y);
  }

  function writeArea(pen, item, { nameFont, valueFont }) {
    let y = item.y - item.height / 2 + NAME_SIZE / 2 + 1;
    pen.font = nameFont;
    for (const text of item.lines) {
      write(pen, text, item.x, y, item.ink, item.halo);
      y += NAME_SIZE + 2;
    }
    if (item.value) {
      pen.font = valueFont;
      write(pen, item.value, item.x, y, item.ink, item.halo);
    }
  }

  function placeNames(map, pen, places, taken) {
    if (!places || map.getZoom() < PLACES_FROM) {
      return [];
    }
    const bounds = map.getBounds();
    pen.font = font(PLACE_SIZE, 400);
    const wanted = [];
    for (const place of places.features) {
      const [longitude, latitude] = place.geometry.coordinates;
      if (wanted.length < MOST_PLACES && bounds.contains([latitude, longitude])) {
        const spot = map.latLngToContainerPoint([latitude, longitude]);
        const width = pen.measureText(place.properties.name).width;
        const box = { left: spot.x - 4, right: spot.x + width + 10, top: spot.y - 8, bottom: spot.y + 8 };
        wanted.push({ name: place.properties.name, x: spot.x, y: spot.y, box });
      }
    }
    return free(wanted, taken);
  }

  /* The countries around, in the reader's language, where their name does not lie on a name of ours. */
  function countryNames(map, pen, taken) {
    const language = document.documentElement.lang;
    pen.font = font(PLACE_SIZE, 600);
    const wanted = window.ekasih.ground.labels(map).map(({ properties, place }) => {
      const spot = map.latLngToContainerPoint(place);
      const name = (properties["name_" + language] || properties.name_en || "").toUpperCase();
      return { name, x: spot.x, y: spot.y, box: boxed(spot.x, spot.y, pen.measureText(name).width, PLACE_SIZE) };
    });
    const size = map.getSize();
    const inside = ({ box }) => box.left > 0 && box.top > 0 && box.right < size.x && box.bottom < size.y;
    return free(wanted.filter(inside), taken);
  }

  function draw(map, fine) {
    const known = held.get(map);
    if (!known || !map.getContainer().isConnected) {
      return;
    }
    const canvas = canvasOf(map);
    const size = map.getSize();
    const dense = fine || Math.min(window.devicePixelRatio || 1, 2);
    canvas.width = size.x * dense;
    canvas.height = size.y * dense;
    canvas.style.width = size.x + "px";
    canvas.style.height = size.y + "px";
    window.L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    const pen = canvas.getContext("2d");
    pen.scale(dense, dense);
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    const circles = known.features ? window.ekasih.bubbles.placed(map, known.features, known.told, anchor) : [];
    window.ekasih.bubbles.paint(pen, circles, known.paper);
    const areas = circles.length ? circleNames(pen, circles) : areaNames(map, pen, known.features || [], known.told);
    const taken = [];
    // what is written in a circle lies on no other; what is written below one may lie on none
    const [within, below] = [true, false].map((inside) => areas.wanted.filter((item) => Boolean(item.inside) === inside));
    taken.push(...circles.map((one) => boxed(one.x, one.y, 2 * one.radius - 8, 2 * one.radius - 8)));
    const named = [...within, ...free(below, taken)];
    // a basemap names countries and places itself
    const bare = !map.getContainer().classList.contains("ek-on-basemap");
    const countries = bare ? countryNames(map, pen, taken) : [];
    const places = bare ? placeNames(map, pen, known.places, taken) : [];
    named.forEach((item) => writeArea(pen, item, areas));
    pen.font = font(PLACE_SIZE, 600);
    countries.forEach((item) => write(pen, item.name, item.x, item.y, known.muted, known.land));
    pen.textAlign = "left";
    pen.font = font(PLACE_SIZE, 400);
    for (const place of places) {
      pen.beginPath();
      pen.arc(place.x, place.y, 2, 0, 2 * Math.PI);
      pen.strokeStyle = known.paper;
      pen.lineWidth = 2;
      pen.stroke();
      pen.fillStyle = known.ink;
      pen.fill();
      write(pen, place.name, place.x + 6, place.y, known.ink, known.paper);
    }
    // what a test, or somebody who asks how many there is room for, can read
    canvas.dataset.names = named.map((item) => item.lines.join(" ")).join("|");
    canvas.dataset.circles = circles.map(({ code, x, y, radius, mark }) => [code, x, y, radius, Boolean(mark)].join(" ")).join("|");
    canvas.dataset.places = places.map((place) => place.name).join("|");
  }

  /* Names what was drawn: ``told(feature)`` gives a name, its value, and the colours to write them in. */
  function show(map, features, told, places) {
    const style = getComputedStyle(document.documentElement);
    const first = !held.has(map);
    const known = held.get(map) || {};
    Object.assign(known, {
      features,
      told,
      ink: style.getPropertyValue("--ek-ink-soft").trim(),
      paper: style.getPropertyValue("--ek-paper").trim(),
      muted: style.getPropertyValue("--ek-muted").trim(),
      land: style.getPropertyValue("--ek-map-neighbour").trim(),
    });
    held.set(map, known);
    if (first) {
      map.on("moveend zoomend resize ek-ground", () => later(map));
    }
    if (places && !known.asked) {
      known.asked = true;
      window.ekasih.ground.collection(places).then((found) => {
        known.places = found;
        later(map);
      }, () => (known.asked = false));
    }
    later(map);
  }

  /* Once, when the picture is on the screen: names come after colours. */
  function later(map) {
    const known = held.get(map);
    if (!known.waiting) {
      known.waiting = true;
      window.requestAnimationFrame(() => {
        known.waiting = false;
        draw(map);
      });
    }
  }

  window.ekasih = Object.assign(window.ekasih || {}, { names: { anchor, free, show, now: draw } });
})();
