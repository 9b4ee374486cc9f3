/* On the page of what would be, fields and sliders say the same, and the address holds it. */
(function () {
  "use strict";
  const same = window.dash_clientside.no_update;
  const { typed, shown, above } = window.ekasih.supposing;
  const nameOf = (one) => one.id.replace(/^what-if-/, "");
  const told = (view) => JSON.stringify(Object.entries(view || {}).sort());

  /* The slider beneath a field, put there the first time; it moves the field when it is let go. */
  function slider(name) {
    const place = document.getElementById(`what-if-slide-${name}`);
    if (!place) {
      return null;
    }
    if (!place.firstChild) {
      const [min, max, step] = place.dataset.ekSlides.split(" ");
      const range = Object.assign(document.createElement("input"), { type: "range", min, max, step });
      range.setAttribute("aria-label", place.dataset.name);
      range.addEventListener("change", () => window.dash_clientside.set_props(`what-if-${name}`, { value: Number(range.value) }));
      place.append(range);
    }
    return place.firstChild;
  }

  /* The view as fields, the map and its way up have it; each of the inputs is told by which caused this. */
  function settle(picked, _up, ...given) {
    const view = given[given.length - 1];
    const context = window.dash_clientside.callback_context;
    const [pressed, up, ...inputs] = context.inputs_list;
    const causes = new Set(context.triggered.map((one) => one.prop_id));
    const caused = (one) => causes.has(`${one.id}.${one.property}`);
    let next = view || {};
    if (caused(pressed) && picked && picked.code) {
      next = { ...next, in: picked.code };
    } else if (caused(up)) {
      next = { ...next, in: above(next.in) };
    }
    inputs.forEach((one, at) => {
      if (caused(one) && String(shown(next, nameOf(one))) !== String(given[at] || shown({}, nameOf(one)))) {
        next = typed(next, nameOf(one), given[at]);
      }
    });
    return told(next) === told(view) ? same : next;
  }

  /* What fields and sliders are to show of a view, also where the browser's way back changed it. */
  function show(view, ...values) {
    window.dash_clientside.callback_context.states_list.forEach((one, at) => {
      const wanted = shown(view, nameOf(one));
      if (String(wanted) !== String(values[at])) {
        window.dash_clientside.set_props(one.id, { [one.property]: wanted });
      }
      const range = slider(nameOf(one));
      if (range) {
        range.value = wanted;
      }
    });
  }

  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_what_if: { settle, show } });
})();
