/* Circles instead of colours: one for each area that has a count to show, near its middle, none on another; where a count
 * is hidden a hatched mark stands. They are drawn beneath the names, on their canvas. */
(function () {
  "use strict";
  const GAP = 1.5;
  const ROUNDS = 200;
  const CLOSE = 0.05;

  /* The circles moved as little as it takes for none to lie on another. */
  function setApart(circles) {
    const all = circles.map((one, index) => ({
      ...one,
      // of two at one place each goes its own way
      x: one.x + 0.01 * Math.cos(2.4 * index),
      y: one.y + 0.01 * Math.sin(2.4 * index),
    }));
    for (let round = 0, most = 1; round < ROUNDS && most >= CLOSE; round += 1) {
      most = 0;
      for (let first = 0; first < all.length; first += 1) {
        for (let second = first + 1; second < all.length; second += 1) {
          const [a, b] = [all[first], all[second]];
          const [x, y] = [a.x - b.x, a.y - b.y];
          const far = Math.max(Math.hypot(x, y), 1e-6);
          const close = a.radius + b.radius + GAP - far;
          if (close > 0) {
            most = Math.max(most, close);
            a.x += (x / far) * (close / 2);
            a.y += (y / far) * (close / 2);
            b.x -= (x / far) * (close / 2);
            b.y -= (y / far) * (close / 2);
          }
        }
      }
    }
    return all;
  }

  /* Where the circles of a map lie: ``told(feature)`` gives a radius, or a mark, to those that have one. */
  function placed(map, features, told, anchor) {
    const found = [];
    for (const feature of features) {
      const { bubble, ...words } = told(feature);
      const spot = bubble && anchor(feature);
      if (spot) {
        const { x, y } = map.latLngToContainerPoint([spot.latitude, spot.longitude]);
        found.push({ ...words, ...bubble, code: feature.properties.code, x, y });
      }
    }
    return setApart(found);
  }

  function paint(pen, circles, paper) {
    for (const { x, y, radius, fill, edge } of circles) {
      pen.beginPath();
      pen.arc(x, y, radius, 0, 2 * Math.PI);
      pen.fillStyle = fill;
      pen.fill();
      pen.lineWidth = 1.5;
      pen.strokeStyle = edge || paper;
      pen.stroke();
    }
  }

  /* What is written in a circle that has room for it, else below it; the largest first. */
  function labels(pen, circles, { nameFont, valueFont, size }) {
    return [...circles]
      .sort((one, other) => other.radius - one.radius)
      .map((one) => {
        pen.font = nameFont;
        const across = pen.measureText(one.name).width;
        pen.font = valueFont;
        const width = Math.max(across, one.value ? pen.measureText(one.value).width : 0);
        const height = (one.value ? 2 : 1) * (size + 2);
        const inside = !one.mark && Math.hypot(width, height) <= 2 * one.radius;
        const y = inside ? one.y : one.y + one.radius + height / 2 + 3;
        return { ...one, inside, lines: [one.name], y, width, height, ...(inside ? { ink: one.inkInside, halo: one.fill } : {}) };
      });
  }

  window.ekasih = Object.assign(window.ekasih || {}, { bubbles: { setApart, placed, paint, labels } });
})();
