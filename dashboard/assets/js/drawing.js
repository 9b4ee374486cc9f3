/* A drawn area as corners: read from GeoJSON and written as such, its sides that cross, how large it is. Knows no page. */
(function () {
  "use strict";
  const ekasih = (window.ekasih = window.ekasih || {});
  const BOX = { latitude: [-3, 12], longitude: [95, 125] }; // what the server takes
  const FEWEST = 3;
  const EARTH_KM = 6371.0088;
  const round = (degrees) => Number(degrees.toFixed(6));
  const radians = (degrees) => (degrees * Math.PI) / 180;

  // The one ring of what somebody wrote, without its last corner, which is its first; null for none or for more.
  function ringIn(written) {
    const feature = written && Array.isArray(written.features) && written.features.length === 1 ? written.features[0] : written;
    const shape = feature && feature.geometry ? feature.geometry : feature;
    const rings = shape && shape.type === "Polygon" && Array.isArray(shape.coordinates) ? shape.coordinates : [];
    return rings.length === 1 && Array.isArray(rings[0]) && rings[0].length > FEWEST ? rings[0].slice(0, -1) : null;
  }

  // Corners as latitude and longitude of a text that holds one plain polygon; null where it cannot be edited corner by corner.
  function cornersOf(text) {
    let ring = null;
    try {
      ring = ringIn(JSON.parse(text));
    } catch (_none) {
      return null;
    }
    const isPlace = (place) => Array.isArray(place) && Number.isFinite(place[0]) && Number.isFinite(place[1]);
    return ring && ring.every(isPlace) ? ring.map(([longitude, latitude]) => [latitude, longitude]) : null;
  }

  // The corners as GeoJSON, closed; nothing for fewer than make an area.
  function shapeOf(corners) {
    if (corners.length < FEWEST) {
      return "";
    }
    const ring = [...corners, corners[0]].map(([latitude, longitude]) => [round(longitude), round(latitude)]);
    return JSON.stringify({ type: "Polygon", coordinates: [ring] });
  }

  // Degrees as somebody typed them, with a comma or a point; null for what is none, or lies elsewhere.
  function degrees(text, axis) {
    const plain = String(text).trim().replace(",", ".");
    const [least, most] = BOX[axis];
    const value = /^-?\d{1,3}(\.\d+)?$/.test(plain) ? Number(plain) : NaN;
    return value >= least && value <= most ? value : null;
  }

  const turn = (a, b, c) => Math.sign((b[1] - a[1]) * (c[0] - a[0]) - (b[0] - a[0]) * (c[1] - a[1]));
  const within = (a, b, c) =>
    Math.min(a[0], b[0]) <= c[0] && c[0] <= Math.max(a[0], b[0]) && Math.min(a[1], b[1]) <= c[1] && c[1] <= Math.max(a[1], b[1]);

  function meet(a, b, c, d) {
    const [one, two, three, four] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
    if (one !== two && three !== four) {
      return true;
    }
    return (!one && within(a, b, c)) || (!two && within(a, b, d)) || (!three && within(c, d, a)) || (!four && within(c, d, b));
  }

  // The first two sides that cross, counted from 1; null where none do. Side 1 goes from corner 1 to corner 2.
  function crossing(corners) {
    const count = corners.length;
    const end = (side) => corners[(side + 1) % count];
    for (let one = 0; one < count; one += 1) {
      for (let other = one + 2; other < count; other += 1) {
        const neighbours = one === 0 && other === count - 1;
        if (!neighbours && meet(corners[one], end(one), corners[other], end(other))) {
          return [one + 1, other + 1];
        }
      }
    }
    return null;
  }

  // How large the area is, on a sphere.
  function squareKm(corners) {
    let sum = 0;
    corners.forEach(([latitude, longitude], place) => {
      const [nextLatitude, nextLongitude] = corners[(place + 1) % corners.length];
      sum += radians(nextLongitude - longitude) * (2 + Math.sin(radians(latitude)) + Math.sin(radians(nextLatitude)));
    });
    return Math.abs((sum * EARTH_KM * EARTH_KM) / 2);
  }

  ekasih.drawing = { BOX, FEWEST, cornersOf, crossing, degrees, round, shapeOf, squareKm };
})();
