/* Fills in where somebody stands, once that is pressed and allowed; without this script the two numbers are typed. */
(() => {
  "use strict";
  const button = document.querySelector("[data-locate]");
  if (!button || !navigator.geolocation) return;
  const said = document.querySelector("[data-located]");
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = "…";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        document.getElementById("latitude").value = coords.latitude.toFixed(5);
        document.getElementById("longitude").value = coords.longitude.toFixed(5);
        said.textContent = `± ${Math.round(coords.accuracy)} m`;
      },
      () => {
        said.textContent = button.dataset.failed;
      },
      { enableHighAccuracy: true, timeout: 20000 },
    );
  });
})();
