/* The frame: where one is, the rail, what to say when the server does not answer. */
(function () {
  "use strict";
  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var ekasih = (window.ekasih = window.ekasih || {});
  var SEARCH_KEY = "ekasih.search", RAIL_KEY = "ekasih.rail", GROUPS_KEY = "ekasih.groups";
  var groupsOpened = false;
  var opened = null; // the path of the page shown now

  function element(id) { return document.getElementById(id); }

  function kept(storage, key) {
    try { return window[storage].getItem(key); } catch (_refused) { return null; }
  }

  function keep(storage, key, value) {
    try { value === null ? window[storage].removeItem(key) : window[storage].setItem(key, value); } catch (_refused) { /* private window */ }
  }

  function go(address) {
    window.history.pushState({}, "", address);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }
  ekasih.go = go;

  /* What was typed into the search of the frame goes to the page of households by way of this, never in an address. */
  ekasih.handSearch = function (text, path) {
    keep("sessionStorage", SEARCH_KEY, text);
    if (window.location.pathname === path) window.dispatchEvent(new CustomEvent("ekasih:search"));
    else go(path);
  };

  /* What was handed over, once. */
  ekasih.takeSearch = function () {
    var text = kept("sessionStorage", SEARCH_KEY);
    keep("sessionStorage", SEARCH_KEY, null);
    return text;
  };

  /* ---- where one is ---- */
  function markRail() {
    var path = window.location.pathname, links = Array.from(document.querySelectorAll(".ek-rail-link[href]"));
    function reaches(link) {
      var own = link.getAttribute("href").split("?")[0];
      return (own === "/" ? path === "/" : path === own || path.indexOf(own + "/") === 0) ? own.length : 0;
    }
    /* a page below another one has a link of its own: the nearest is where one is */
    var nearest = Math.max.apply(null, links.map(reaches));
    links.forEach(function (link) {
      var here = nearest > 0 && reaches(link) === nearest;
      if (here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      var group = here && link.closest("details");
      if (group) group.open = true;
      if (here) link.scrollIntoView({ block: "nearest" });
    });
  }

  /* Groups stay as a person left them; that of the open page is open. */
  function groupsKept() {
    return (kept("localStorage", GROUPS_KEY) || "").split(" ").filter(Boolean);
  }

  function keepGroup(group) {
    var name = group.dataset.ekGroup, others = groupsKept().filter(function (one) { return one !== name; });
    keep("localStorage", GROUPS_KEY, (group.open ? others.concat([name]) : others).join(" ") || null);
  }

  function openGroups() {
    groupsKept().forEach(function (name) {
      var group = document.querySelector('.ek-rail-group[data-ek-group="' + window.CSS.escape(name) + '"]');
      if (group) group.open = true;
    });
    groupsOpened = true;
  }

  function named(steps) {
    var labels = steps.map(function (step) { return step.label; });
    document.title = labels.reverse().concat(["eKasih"]).join(" · ");
  }

  /* A new page takes the focus, so that a keyboard or a screen reader starts at its top; the first one does not, nor one that
   * somebody works on already. */
  function arrive() {
    var path = window.location.pathname;
    if (opened !== null && opened !== path) {
      document.querySelectorAll("dialog.ek-pop[open]").forEach(function (dialog) { dialog.close(); });
      window.scrollTo(0, 0);
      ekasih.forms.lead(function () { return element("frame-main"); }, { anywhere: true });
      closeMore();
    }
    opened = path;
  }

  function part(type, props) { return { namespace: "dash_html_components", type: type, props: props }; }

  function step(entry, last) {
    var inside = entry.href && !last
      ? part("A", { children: entry.label, href: entry.href, className: "ek-trail-link" })
      : part("Span", { children: entry.label, "aria-current": last ? "location" : null });
    return part("Li", { children: inside });
  }

  clientside.ekasih_frame = {
    where: function (trails) {
      var list = window.dash_clientside.callback_context.inputs_list[0] || [], own = null, byDefault = null;
      (trails || []).forEach(function (trail, index) {
        if (!trail || !trail.length) return;
        if (list[index].id.page === "default") byDefault = trail;
        else own = trail;
      });
      var steps = own || byDefault || [];
      if (!groupsOpened) openGroups();
      markRail();
      arrive();
      named(steps);
      return steps.map(function (entry, index) { return step(entry, index === steps.length - 1); });
    },
  };

  /* ---- the rail ---- */
  function fold(narrow) {
    document.documentElement.toggleAttribute("data-ek-narrow", narrow);
    var toggle = element("frame-rail-toggle");
    if (toggle) toggle.setAttribute("aria-pressed", String(narrow));
  }
  fold(kept("localStorage", RAIL_KEY) === "narrow");

  function closeMore() {
    var rail = element("frame-rail"), more = element("frame-more");
    if (rail) rail.removeAttribute("data-open");
    if (more) more.setAttribute("aria-expanded", "false");
  }

  function toggleMore() {
    var rail = element("frame-rail"), open = rail.toggleAttribute("data-open");
    element("frame-more").setAttribute("aria-expanded", String(open));
    if (open) element("frame-more-panel").querySelector("a").focus();
  }

  document.addEventListener("click", function (event) {
    var target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    if (target.closest("#frame-rail-toggle")) {
      var narrow = !document.documentElement.hasAttribute("data-ek-narrow");
      keep("localStorage", RAIL_KEY, narrow ? "narrow" : null);
      fold(narrow);
      return;
    }
    var heading = target.closest(".ek-rail-group summary");
    if (heading) window.setTimeout(keepGroup, 0, heading.parentElement);
    if (target.closest("#frame-more")) return toggleMore();
    if (!target.closest("#frame-more-panel")) closeMore();
    if (target.closest("[data-ek-reload]")) return window.location.reload();
    var language = target.closest("[data-ek-language]");
    if (language) {
      var here = window.location.pathname + window.location.search;
      language.href = language.getAttribute("href").split("?")[0] + "?next=" + encodeURIComponent(here);
      return;
    }
    var plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    var link = plain && target.closest("a.ek-trail-link, a[data-ek-go]");
    if (link) {
      event.preventDefault();
      go(link.getAttribute("href"));
    }
  });

  document.addEventListener("click", function (event) {
    var skip = event.target instanceof Element && event.target.closest(".ek-skip");
    if (!skip) return;
    event.preventDefault();
    element("frame-main").focus();
  });

  /* The rail answers a click at once; the page follows when the server has it. */
  window.addEventListener("_dashprivate_pushstate", markRail);
  window.addEventListener("popstate", markRail);

  /* Whether a key pressed there is part of a text. */
  ekasih.writing = function (target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  };

  document.addEventListener("keydown", function (event) {
    var rail = event.key === "Escape" && element("frame-rail");
    if (rail && rail.hasAttribute("data-open")) {
      closeMore();
      element("frame-more").focus();
    }
  });

  /* ---- how high the bar is: what is led to stands below it, also where it takes two lines ---- */
  var measured = null;
  function measureBar() {
    var bar = document.querySelector(".ek-top");
    if (!bar || bar === measured) return;
    measured = bar;
    new ResizeObserver(function () {
      document.documentElement.style.setProperty("--ek-bar", bar.offsetHeight + "px");
    }).observe(bar);
  }
  new MutationObserver(measureBar).observe(document.documentElement, { childList: true, subtree: true });

  /* ---- a server that does not answer ---- */
  var ask = window.fetch;
  function away(how) {
    var note = element("frame-away");
    if (!note) return;
    note.hidden = how === "";
    element("frame-away-silent").hidden = how !== "silent";
    element("frame-away-outdated").hidden = how !== "outdated";
  }
  /* A refusal that says in words why is an answer like any other to what draws the page, which drops all but those. */
  function worded(response) {
    var kind = response.headers.get("Content-Type") || "";
    if (response.ok || kind.indexOf("application/json") !== 0) return null;
    return new Response(response.body, { status: 200, headers: response.headers });
  }
  window.fetch = function (address) {
    var asked = String(address && address.url ? address.url : address);
    var own = asked.indexOf("_dash-update-component") >= 0 || asked.indexOf("/peta/gambar") === 0;
    var answer = ask.apply(this, arguments);
    if (!own) return answer;
    return answer.then(
      function (response) {
        var told = worded(response);
        if (told) {
          away("");
          return told;
        }
        if (response.status === 502 || response.status === 504) away("silent");
        else away(response.ok ? "" : "outdated");
        return response;
      },
      function (error) {
        if (!error || error.name !== "AbortError") away("silent");
        throw error;
      }
    );
  };
})();
