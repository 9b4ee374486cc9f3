/* Stands in for the component suites that a page does not start with (AG Grid, Mantine: 600 kB of 1 MB). Each of their
 * components is a box until its suite is there; the suite is asked for when the first one is shown, on the map page once
 * the map is drawn. What is drawn already stays where it is: nothing is mounted twice. */
(function () {
  "use strict";
  const { React } = window;
  const LATER = JSON.parse(document.documentElement.dataset.suites || "{}");
  const MANTINE = "dash_mantine_components";
  const MAP = "/";
  const PATIENCE = 8000; // milliseconds
  // shown without anything to show: they alone are no reason to load a suite
  const QUIET = { MantineProvider: () => false, NotificationContainer: (props) => Boolean(props.sendNotifications) };
  // components that Dash tells who changed them
  const TOLD = new Set(["AgGrid"]);

  /* ------------------------------------------------------------- when */

  // The map is drawn first, where it is what the browser was opened at.
  const mapIsDrawn = new Promise((release) => {
    if (window.location.pathname !== MAP) {
      release();
    }
    document.addEventListener("ekasih:drawn", release, { once: true });
    setTimeout(release, PATIENCE);
  });
  const mayLoad = () => (window.location.pathname === MAP ? mapIsDrawn : Promise.resolve());

  function run(address, wait = 1000) {
    return new Promise((done) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = () => {
        script.remove();
        setTimeout(() => run(address, Math.min(2 * wait, 30000)).then(done), wait);
      };
      document.head.append(script);
    });
  }

  /* A suite brings its own styles; ours must come after them, as they do when it is loaded first. */
  async function withStylesFirst(load) {
    const before = new Set(document.head.querySelectorAll("style"));
    await load();
    const brought = [...document.head.querySelectorAll("style")].filter((style) => !before.has(style));
    document.head.prepend(...brought);
  }

  /* ------------------------------------------------------------- what */

  const Dressed = React.createContext(false);
  let look = {};

  /* Mantine's components need its provider above them. The one around the page cannot come later without the whole page
   * being mounted again, so each brings its own; the colours and sizes are written once.
   * The names of classes stay, for the styles and forms.js find fields by them. */
  function dressed(suite, type, props, inside) {
    const shown = React.createElement(suite[type], props);
    if (inside) {
      return shown;
    }
    const plain = { ...look, withCssVariables: false, withGlobalClasses: false };
    const provider = React.createElement(suite.MantineProvider, plain, shown);
    return React.createElement(Dressed.Provider, { value: true }, provider);
  }

  function provided(suite, { children, theme, forceColorScheme }) {
    look = { theme, forceColorScheme };
    return React.createElement(
      React.Fragment,
      null,
      React.createElement(React.Fragment, { key: "page" }, children),
      suite && React.createElement(suite.MantineProvider, { ...look, key: "look" }),
    );
  }

  function waiting(type, { label, className, style }) {
    const name = typeof label === "string" ? label : null;
    const all = ["ek-later", `ek-later-${type.toLowerCase()}`, className].filter(Boolean).join(" ");
    return React.createElement("div", { className: all, style, "aria-busy": true }, name && React.createElement("span", null, name));
  }

  function stand(namespace, address) {
    const parts = new Map();
    const shown = new Set();
    let suite = null;
    let asked = null;

    function load() {
      asked =
        asked ||
        mayLoad()
          .then(() => withStylesFirst(() => run(address)))
          .then(() => [...shown].forEach((again) => again({})));
      return asked;
    }

    function part(type) {
      const silent = QUIET[type];
      function Later(props) {
        const again = React.useState(null)[1];
        const inside = React.useContext(Dressed);
        const wanted = !silent || silent(props);
        React.useEffect(() => {
          shown.add(again);
          return () => shown.delete(again);
        }, [again]);
        React.useEffect(() => {
          if (wanted) {
            load();
          }
        }, [wanted]);
        if (type === "MantineProvider") {
          return provided(suite, props);
        }
        if (!suite) {
          return silent ? null : waiting(type, props);
        }
        return namespace === MANTINE ? dressed(suite, type, props, inside) : React.createElement(suite[type], props);
      }
      if (TOLD.has(type)) {
        Later.dashRenderType = true;
      }
      return Later;
    }

    const standIn = new Proxy(
      {},
      {
        get(_, type) {
          if (typeof type !== "string") {
            return undefined;
          }
          // functions of a suite (dash_ag_grid.getApiAsync) answer when it is there
          if (!/^[A-Z]/.test(type)) {
            return suite ? suite[type] : (...given) => load().then(() => suite[type](...given));
          }
          if (!parts.has(type)) {
            parts.set(type, part(type));
          }
          return parts.get(type);
        },
        set(_, type, value) {
          suite[type] = value;
          return true;
        },
      },
    );
    Object.defineProperty(window, namespace, {
      get: () => standIn,
      // a later part of a suite puts back what it found, to add to it
      set(value) {
        suite = value === standIn ? suite : value;
      },
    });
  }

  Object.entries(LATER).forEach(([namespace, address]) => stand(namespace, address));

  // Dash would fetch 4.8 MB of plotly; ours draw lines and bars, which its basic bundle can.
  const charts = document.documentElement.dataset.charts;
  Object.defineProperty(window, "_dashPlotlyJSURL", { get: () => charts, set() {} });

  /* What Dash's lazy parts need of a runtime that browsers have had built in since 2017; without it they bring 34 kB. */
  window.regeneratorRuntime = window.regeneratorRuntime || {
    mark: (steps) => steps,
    wrap(steps, self) {
      const context = {
        prev: 0,
        next: 0,
        sent: undefined,
        ended: false,
        stop() {
          context.ended = true;
        },
      };
      return {
        next(sent) {
          context.sent = sent;
          return { value: steps.call(self, context), done: context.ended };
        },
        throw(error) {
          throw error;
        },
      };
    },
  };
})();
