function (areas, plan, choices) {
  "use strict";
  const hatch = ([ground, stroke]) => {
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
    return pen.createPattern(tile, "repeat");
  };
  const line = (text, name) => {
    const element = document.createElement("div");
    element.className = name;
    element.textContent = text;
    return element;
  };
  const label = ({ properties }) => {
    const box = document.createElement("div");
    box.append(line(properties.name, "tip-name"));
    if (choices.notes[properties.kind]) {
      box.append(line(properties.value, "tip-value"));
      box.append(line(choices.notes[properties.kind], "tip-note"));
    } else {
      box.append(line(properties.value, "tip-value"));
      box.append(line(choices.rank.replace("{rank}", properties.rank).replace("{n}", properties.n), "tip-note"));
    }
    return box;
  };
  areas.eachLayer((area) => {
    const kind = area.feature.properties.kind;
    const edge = { color: area.options.color, weight: area.options.weight };
    if (choices.hatches[kind]) {
      area.setStyle({ fillColor: hatch(choices.hatches[kind]) });
    }
    area.bindTooltip(() => label(area.feature), { sticky: true, opacity: 1 });
    area.on("mouseover", () => {
      area.setStyle({ color: choices.hot, weight: 2.4 });
      // an area that came to the front would lie over its circle
      if (!choices.circles) {
        area.bringToFront();
      }
    });
    area.on("mouseout", () => area.setStyle(edge));
  });
  /* Moves circles as little as it takes for none to lie on another. */
  const apart = (circles) => {
    for (let round = 0, most = 1; round < 200 && most >= 0.05; round += 1) {
      most = 0;
      circles.forEach((a, place) => {
        for (const b of circles.slice(place + 1)) {
          const [x, y] = [a.x - b.x, a.y - b.y];
          const far = Math.max(Math.hypot(x, y), 1e-6);
          const close = a.radius + b.radius + 1.5 - far;
          if (close > 0) {
            most = Math.max(most, close);
            a.x += (x / far) * (close / 2);
            a.y += (y / far) * (close / 2);
            b.x -= (x / far) * (close / 2);
            b.y -= (y / far) * (close / 2);
          }
        }
      });
    }
    return circles;
  };
  const rounds = [];
  const round = (area) => {
    const { radius, spot, kind } = area.feature.properties;
    if (!choices.circles || !radius) {
      return;
    }
    const hidden = choices.hatches[kind];
    const fillColor = hidden ? hatch(hidden) : choices.circles.fill;
    const color = hidden ? choices.circles.hiddenEdge : choices.circles.edge;
    const mark = L.circleMarker(spot, { radius, fillColor, fillOpacity: 1, color, weight: 1.5 });
    mark.bindTooltip(() => label(area.feature), { sticky: true, opacity: 1 });
    rounds.push({ mark, spot, radius });
  };
  areas.eachLayer(round);
  // the largest lie lowest, as on the screen
  rounds.sort((one, other) => other.radius - one.radius).forEach(({ mark }) => mark.addTo(plan));
  const settle = () => {
    const placed = rounds.map(({ mark, spot, radius }, place) => {
      const { x, y } = plan.latLngToLayerPoint(spot);
      // of two at one place each goes its own way
      return { mark, radius, x: x + 0.01 * Math.cos(2.4 * place), y: y + 0.01 * Math.sin(2.4 * place) };
    });
    apart(placed).forEach(({ mark, x, y }) => mark.setLatLng(plan.layerPointToLatLng([x, y])));
  };
  plan.on("zoomend", settle);
  const box = plan.getContainer();
  const legend = document.querySelector(".legend");
  const show = (left, bottom) =>
    plan.fitBounds(choices.bounds, { paddingTopLeft: [18 + left, 18], paddingBottomRight: [18, 18 + bottom], animate: false });
  const over = getComputedStyle(legend).position === "absolute";
  const [wide, high] = over ? [legend.offsetWidth, legend.offsetHeight] : [0, 0];
  const bounds = L.latLngBounds(choices.bounds);
  const beside = plan.getBoundsZoom(bounds, false, L.point(36 + wide, 36));
  const above = plan.getBoundsZoom(bounds, false, L.point(36, 36 + high));
  show(...(beside > above ? [wide, 0] : [0, high]));
  settle();
  L.control.scale({ position: "bottomright", imperial: false }).addTo(plan);
  // paper has another size than the window, and the legend stands below the map there
  window.matchMedia("print").addEventListener("change", (event) => {
    plan.invalidateSize({ pan: false });
    if (event.matches) {
      show(0, 0);
    } else {
      show(...(beside > above ? [wide, 0] : [0, high]));
    }
  });
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", choices.label);
  for (const [name, text] of [["in", choices.zoomIn], ["out", choices.zoomOut]]) {
    const button = box.querySelector(`.leaflet-control-zoom-${name}`);
    button.title = text;
    button.setAttribute("aria-label", text);
  }
}
