/* What the list of held aid does in the browser: narrows to an agency or a district. */
(function () {
  "use strict";

  const kept = (view, agency, district) => {
    const next = { ...view, agensi: agency, in: district };
    delete next.halaman;
    return Object.fromEntries(Object.entries(next).filter(([, value]) => value));
  };

  function narrow(agency, district, view) {
    const asked = (name) => view[name] || null;
    const same = asked("agensi") === (agency || null) && asked("in") === (district || null);
    return same ? window.dash_clientside.no_update : kept(view, agency, district);
  }

  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_held_aid: { narrow } });
})();
