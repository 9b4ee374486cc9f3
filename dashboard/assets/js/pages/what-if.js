/* On the page of what would be, fields and sliders say the same, and the address holds it. */
(function () {
  "use strict";
  const same = window.dash_clientside.no_update;
  const { typed, shown, above } = window.ekasih.supposing;
  const nameOf = (one) => one.id.replace(/^what-if-(slide-)?/, "");

  /* Answers the view, and what each slider and field is to show. */
  function settle(view, picked, _up, ...values) {
    const context = window.dash_clientside.callback_context;
    const [, pressed, up, ...inputs] = context.inputs_list;
    const causes = new Set(context.triggered.map((one) => one.prop_id));
    const caused = (one) => causes.has(`${one.id}.${one.property}`);
    let next = view || {};
    if (caused(pressed) && picked && picked.code) {
      next = { ...next, in: picked.code };
    } else if (caused(up)) {
      next = { ...next, in: above(next.in) };
    }
    inputs.forEach((one, at) => {
      if (caused(one)) {
        next = typed(next, nameOf(one), values[at]);
      }
    });
    const changed = JSON.stringify(next) !== JSON.stringify(view || {});
    return [changed ? next : same, ...inputs.map((one, at) => {
      const wanted = shown(next, nameOf(one));
      return wanted === values[at] ? same : wanted;
    })];
  }

  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_what_if: { settle } });
})();
