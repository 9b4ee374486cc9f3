/* Puts maps on paper: at the size that the paper gives them, twice as fine, in one picture.
 *
 * What is drawn while the page prints is printed stroke by stroke, and where a canvas was wiped all beneath it comes out
 * white. So the canvases are copied onto one another into a single one, and only that is printed.
 */
(function () {
  "use strict";

  const MARGIN = 12;
  const FINE = 2;
  const before = new Map();

  const canvases = (map) =>
    [...map.getContainer().querySelectorAll("canvas")].sort((one, other) => order(one) - order(other));

  function order(canvas) {
    return Number(getComputedStyle(canvas.closest(".leaflet-pane")).zIndex) || 0;
  }

  function merged(map) {
    const box = map.getContainer().getBoundingClientRect();
    const sheet = document.createElement("canvas");
    sheet.className = "ek-map-sheet";
    sheet.width = box.width * FINE;
    sheet.height = box.height * FINE;
    const pen = sheet.getContext("2d");
    pen.scale(FINE, FINE);
    pen.fillStyle = getComputedStyle(map.getContainer()).backgroundColor;
    pen.fillRect(0, 0, box.width, box.height);
    for (const canvas of canvases(map)) {
      const place = canvas.getBoundingClientRect();
      if (canvas.width && canvas.height) {
        pen.drawImage(canvas, place.left - box.left, place.top - box.top, place.width, place.height);
      }
    }
    return sheet;
  }

  function toPaper(map, bounds) {
    before.set(map, { centre: map.getCenter(), zoom: map.getZoom() });
    map.invalidateSize({ pan: false });
    map.fitBounds(bounds, { padding: [MARGIN, MARGIN], animate: false });
    window.ekasih.names.now(map, FINE);
    before.get(map).sheet = merged(map);
    map.getContainer().append(before.get(map).sheet);
  }

  function toScreen(map) {
    const { centre, zoom, sheet } = before.get(map);
    before.delete(map);
    sheet.remove();
    map.invalidateSize({ pan: false });
    map.setView(centre, zoom, { animate: false });
    window.ekasih.names.now(map);
  }

  function turn(printing) {
    const screen = window.L.Browser.retina;
    window.L.Browser.retina = printing || screen;
    for (const { map, bounds } of window.ekasih.maps.open()) {
      if (printing) {
        toPaper(map, bounds);
      } else if (before.has(map)) {
        toScreen(map);
      }
    }
    window.L.Browser.retina = screen;
  }

  const paper = window.L && window.matchMedia && window.matchMedia("print");
  if (paper && paper.addEventListener) {
    paper.addEventListener("change", (event) => turn(event.matches));
  }
})();
