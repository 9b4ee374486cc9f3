/* Keeps the address and a page's view store together, without the router rebuilding the page. */
(function () {
  "use strict";
  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var followed = null; // {path, store}: the page whose view lives in the address now

  function view() {
    var found = {};
    new URLSearchParams(window.location.search).forEach(function (value, name) {
      if (!(name in found)) found[name] = value;
    });
    return found;
  }

  function search(data) {
    var text = new URLSearchParams(data || {}).toString();
    return text ? "?" + text : "";
  }

  function same(one, other) {
    var a = new URLSearchParams(one), b = new URLSearchParams(other);
    a.sort();
    b.sort();
    return a.toString() === b.toString();
  }

  /* Back, forward and links within the followed page change its store; the router hears of other pages only. */
  function addressChanged(event) {
    if (followed && followed.path !== window.location.pathname) followed = null;
    if (!followed) return;
    event.stopImmediatePropagation();
    window.dash_clientside.set_props(followed.store, { data: view() });
  }

  clientside.ekasih_url = {
    follow: function (data, noted) {
      var context = window.dash_clientside.callback_context;
      var path = window.location.pathname;
      var opened = !followed || followed.path !== path;
      followed = { path: path, store: context.inputs_list[0].id };
      if (!same(search(data), window.location.search)) {
        // a quick hand may take a step before the opening is told: that too must lead back
        var mended = opened && same(search(data), search(noted));
        window.history[mended ? "replaceState" : "pushState"]({}, "", path + search(data) + window.location.hash);
      }
      return data;
    },
  };

  window.addEventListener("popstate", addressChanged, true);
  window.addEventListener("_dashprivate_pushstate", addressChanged, true);
})();
