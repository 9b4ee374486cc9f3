// Sends the session's token with every change, so that the server knows our own pages from others'.
(function () {
  "use strict";
  const plain = window.fetch.bind(window);

  function token() {
    const found = document.cookie.split("; ").find((part) => part.startsWith("ekasih_token="));
    return found ? decodeURIComponent(found.slice("ekasih_token=".length)) : "";
  }

  // for what is sent otherwise than by fetch
  window.ekasih = Object.assign(window.ekasih || {}, { token });

  window.fetch = function (resource, options) {
    const given = options || {};
    const asked = resource instanceof Request ? resource : { url: resource, method: "GET", headers: {} };
    const method = (given.method || asked.method).toUpperCase();
    const address = new URL(asked.url, window.location.href);
    if (method === "GET" || method === "HEAD" || address.origin !== window.location.origin) {
      return plain(resource, options);
    }
    const headers = new Headers(given.headers || asked.headers);
    headers.set("X-Ekasih-Token", token());
    return plain(resource, { ...given, headers: headers });
  };
})();
