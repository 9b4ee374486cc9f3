/* Draws the installation's own basemap beneath the areas of a map: vector tiles of one file on our own server.
 *
 * The document says in data-basemap what there is. The drawing library comes with the first map that is drawn over it,
 * and with none before.
 */
(function () {
  "use strict";

  const PANE = "ek-basemap";
  const NONE = "rgba(0,0,0,0)";
  // Land is white, so that the areas' colours laid over it are those of the legend; all else is light.
  const INKS = {
    "#ffffff": ["background", "earth", "hospital", "industrial", "school", "glacier", "zoo", "aerodrome", "pedestrian"],
    "#f3f6f2": ["park_a", "park_b", "wood_a", "wood_b", "scrub_a", "scrub_b", "sand", "beach"],
    "#cbdde8": ["water"],
    "#c3c9cc": ["major", "runway", "pier"],
    "#aeb6ba": ["railway"],
    "#e6eaeb": ["buildings"],
    "#8b979c": ["boundaries"],
    "#445055": ["city_label", "state_label", "country_label", "roads_label_major", "roads_label_minor"],
    "#4f7288": ["ocean_label"],
    "rgba(255,255,255,0.9)": ["city_label_halo", "state_label_halo", "roads_label_major_halo", "roads_label_minor_halo"],
  };
  const drawn = new WeakMap();
  let library = null;

  function flavor() {
    const inks = {};
    for (const [ink, names] of Object.entries(INKS)) {
      names.forEach((name) => (inks[name] = ink));
    }
    return inks;
  }

  function loaded(address) {
    library =
      library ||
      new Promise((answer, refuse) => {
        const script = document.createElement("script");
        script.src = address;
        script.addEventListener("load", () => answer(window.protomapsL));
        script.addEventListener("error", () => {
          // asked for once more by the next map
          library = null;
          script.remove();
          refuse(new Error("basemap"));
        });
        document.head.append(script);
      });
    return library;
  }

  function paneOf(map) {
    const pane = map.getPane(PANE) || map.createPane(PANE);
    // beneath the areas, and not in the way of the pointer
    pane.style.zIndex = 150;
    pane.style.pointerEvents = "none";
    return PANE;
  }

  function layerOf(map, tiles, { paintRules, labelRules, leafletLayer }) {
    const language = document.documentElement.lang || "ms";
    return leafletLayer({
      url: tiles.url,
      pane: paneOf(map),
      bounds: tiles.bounds,
      noWrap: true,
      maxDataZoom: tiles.zooms[1],
      attribution: "",
      lang: language,
      backgroundColor: NONE,
      paintRules: paintRules(flavor()),
      labelRules: labelRules(flavor(), language),
    });
  }

  /* Whose the data is, in words alone: a file's text is data, never markup. */
  function ownerOf(text) {
    const control = window.L.control({ position: "bottomright" });
    control.onAdd = () => {
      const line = document.createElement("div");
      line.className = "ek-basemap-owner";
      line.textContent = text;
      return line;
    };
    return control;
  }

  function tilesOf() {
    const said = document.documentElement.dataset.basemap;
    return said ? JSON.parse(said) : null;
  }

  /* Lays the basemap beneath a map, or takes it away; answers whether it lies there now. */
  async function show(map, wanted) {
    const tiles = wanted ? tilesOf() : null;
    const before = drawn.get(map);
    if (before) {
      before.wanted = Boolean(tiles);
    }
    if (!tiles) {
      take(map);
      return false;
    }
    if (before && before.layer) {
      return true;
    }
    const now = { wanted: true };
    drawn.set(map, now);
    const drawing = await loaded(tiles.script);
    // who changed their mind meanwhile, or went to another page, is not drawn for
    if (!now.wanted || drawn.get(map) !== now || !map.getContainer().isConnected) {
      return false;
    }
    now.layer = layerOf(map, tiles, drawing).addTo(map);
    now.owner = ownerOf(tiles.attribution).addTo(map);
    map.getContainer().classList.add("ek-on-basemap");
    map.fire("ek-ground");
    return true;
  }

  function take(map) {
    const now = drawn.get(map);
    drawn.delete(map);
    if (now && now.layer) {
      now.layer.remove();
      now.owner.remove();
      map.getContainer().classList.remove("ek-on-basemap");
      map.fire("ek-ground");
    }
  }

  /* ----------------------------------------------------- which maps have it */

  const PAGE = "poverty-map";
  const hold = () => window.dash_clientside.no_update;
  let page = null;
  let chosen = false;

  // The map page has a choice; a household's place and a round of visits always have it, other coloured maps never.
  function begin(map) {
    const frame = map.getContainer().closest("[data-ek-map]");
    if (!frame || !tilesOf()) {
      return;
    }
    if (frame.dataset.ekMap === PAGE) {
      page = map;
      lay(map, chosen);
      map.on("unload", () => (page = page === map ? null : page));
    } else if (!frame.dataset.picked) {
      lay(map, true);
    }
  }

  // A basemap that cannot be had leaves the map as it is without one.
  function lay(map, wanted) {
    show(map, wanted).catch(() => drawn.delete(map));
  }

  if (window.L) {
    window.L.Map.addInitHook(function () {
      this.whenReady(() => begin(this));
    });
  }

  /* The switch follows the view and the view the switch, which the address then keeps. */
  function follow(view, checked) {
    const now = view || {};
    const causes = window.dash_clientside.callback_context.triggered.map((item) => item.prop_id.split(".")[0]);
    const shown = now.base !== "0";
    if (causes.includes(PAGE + "-basemap") && !causes.includes(PAGE + "-view") && checked !== shown) {
      const { base, ...rest } = now;
      window.dash_clientside.set_props(PAGE + "-view", { data: checked ? rest : { ...rest, base: "0" } });
      return hold();
    }
    // beneath halves of the country that are moved beside each other it would be in the wrong place
    const apart = window.ekasih.ground && (now.in || "MY") === "MY" && now.position !== "true";
    chosen = shown && !apart;
    const choice = document.querySelector(".ek-basemap-choice");
    if (choice) {
      choice.hidden = !tilesOf() || Boolean(apart);
    }
    if (page) {
      lay(page, chosen);
    }
    return checked === shown ? hold() : shown;
  }

  window.ekasih = window.ekasih || {};
  window.ekasih.basemap = { show };
  const clientside = (window.dash_clientside = window.dash_clientside || {});
  clientside.ekasih_basemap = { follow };
})();
