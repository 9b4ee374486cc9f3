/* The session's token, by which the server knows our own pages from others'. The app's own questions carry it by themselves
 * (Dash is told its cookie and its header); what a script sends otherwise is sent from here.
 */
(function () {
  "use strict";
  const ekasih = (window.ekasih = window.ekasih || {});

  ekasih.token = function () {
    const found = document.cookie.split("; ").find((part) => part.startsWith("ekasih_token="));
    return found ? decodeURIComponent(found.slice("ekasih_token=".length)) : "";
  };

  ekasih.post = (address, kind, body, signal) =>
    window.fetch(address, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": kind, "X-Ekasih-Token": ekasih.token() },
      body,
      signal,
    });
})();
