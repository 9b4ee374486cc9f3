/* What is supposed, as the address holds it: what a field says of it, and what it says with a field changed. */
(function () {
  "use strict";
  const ekasih = (window.ekasih = window.ekasih || {});
  const AGE = "anak_umur", USUAL_AGE = "7", SWITCHED = "anak_miskin";
  const CHOSEN = new Set(["negeri", "strata", "kaedah", "punca"]);

  /* The view with a field in it as typed; what is its default is left out, and lists begin anew. */
  function typed(view, name, value) {
    const next = { ...view };
    const plain = value === true ? "1" : value === null || value === undefined || value === false ? "" : String(value);
    delete next.selepas;
    if (plain === "" || plain === "0" || (name === AGE && plain === USUAL_AGE)) {
      delete next[name];
    } else {
      next[name] = plain;
    }
    return next;
  }

  /* What a field shows of a view. */
  function shown(view, name) {
    const value = (view || {})[name];
    if (name === SWITCHED) {
      return Boolean(value);
    }
    return CHOSEN.has(name) ? value || null : Number(value || (name === AGE ? USUAL_AGE : 0));
  }

  /* The area a step up: of a district its state, else the country. */
  const above = (code) => (/^\d{4}$/.test(code || "") ? code.slice(0, 2) : "MY");

  ekasih.supposing = { typed, shown, above };
})();
