// Sends the session's token with every change, so that the server knows our own pages from others'.
(function () {
  "use strict";
  const plain = window.fetch.bind(window);

  function token() {
    const found = document.cookie.split("; ").find((part) => part.startsWith("ekasih_token="));
    return found ? decodeURIComponent(found.slice("ekasih_token=".length)) : "";
  }

  window.fetch = function (resource, options) {
    const request = new Request(resource, options);
    if (request.method === "GET" || request.method === "HEAD") {
      return plain(resource, options);
    }
    if (new URL(request.url).origin !== window.location.origin) {
      return plain(resource, options);
    }
    const headers = new Headers(request.headers);
    headers.set("X-Ekasih-Token", token());
    return plain(resource, { ...(options || {}), headers: headers });
  };
})();
