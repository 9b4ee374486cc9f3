/* What a form holds, as values: what is empty, what differs, what two versions come to. Nothing here knows the page or the server,
 * and tests/js holds it to what it says.
 */
(function () {
  "use strict";
  const ekasih = (window.ekasih = window.ekasih || {});

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? values[name] : whole));

  const empty = (value) => value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);
  const same = (one, other) => (empty(one) && empty(other)) || JSON.stringify(one) === JSON.stringify(other);

  // The places of what differs between two forms that are flat: value by place.
  const changed = (before, after) =>
    [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((place) => !same(before[place], after[place]));

  // What may become another number with the next key is still a text, as it is to the field itself.
  function numberIn(text) {
    const unfinished = /^(0\.0*|-0(\.0*)?)$|^-?0\d|\.\d*0$|\.$/.test(text);
    return text.trim() === "" || unfinished || !Number.isFinite(Number(text)) ? text : Number(text);
  }

  // What can be read as a field's kind: money and measures are decimal, counts numeric; a day is read by days.js.
  const FITS = {
    date: (text) => Boolean(ekasih.days.read(text)),
    decimal: (text) => Number.isFinite(Number(text.replace(/^RM/i, "").replace(/[, ]/g, ""))),
    numeric: (text) => /^[\d/.\-\s]+$/.test(text),
  };
  const KINDS = { money: "decimal", acres: "decimal", degrees: "decimal", whole: "numeric" };

  // Whether a field that was said to be wrong is so no longer, as far as can be seen without the register: it holds something,
  // something else than before, and that can be read. What is right, the server says.
  function mended(kind, was, value) {
    const fits = FITS[KINDS[kind] || kind];
    return !empty(value) && !same(was, value) && (!fits || fits(String(value).trim()));
  }

  // A form of parts and of lists of rows as values by "<part or row>.<field>"; what is empty is left out.
  function flat(form) {
    const values = {};
    for (const [part, content] of Object.entries(form)) {
      for (const row of Array.isArray(content) ? content : [Object.assign({ key: part }, content)]) {
        for (const [name, value] of Object.entries(row)) {
          if (name !== "key" && value) {
            values[row.key + "." + name] = value;
          }
        }
      }
    }
    return values;
  }

  // A form as one text, however its answers are ordered.
  const asText = (form) => JSON.stringify(Object.entries(flat(form)).sort());

  // What a device kept of an earlier sitting, beside what is saved: "none" is to be taken up; "own" where nobody else has saved
  // since, or what was saved is what was sent from here and its answer was lost; else there are "two" versions.
  function restored(kept, saved) {
    if (!kept || asText(kept.form) === asText(saved.form)) {
      return "none";
    }
    return kept.version === saved.version || (kept.unheard || []).includes(asText(saved.form)) ? "own" : "two";
  }

  // The values that two versions come to: where theirs was not chosen, mine stays as far as there is one.
  function settled({ mine, theirs }, choices) {
    const values = {};
    for (const [place, choice] of Object.entries(choices)) {
      if (choice === "theirs") {
        values[place] = theirs[place];
      } else if (Object.hasOwn(mine, place)) {
        values[place] = mine[place];
      }
    }
    return values;
  }

  // The rows of two versions (name, mine, theirs) that differ.
  const differing = (rows) => rows.filter(([_name, mine, theirs]) => !same(mine, theirs));

  // Both or neither, and numbers, with a point or a comma.
  const coordinatesFit = (latitude, longitude) =>
    Boolean(latitude) === Boolean(longitude) && [latitude, longitude].every((text) => !Number.isNaN(Number(text.replace(",", "."))));

  // randomUUID exists on secure origins only; an office may well serve plain http on its own network.
  function uuid() {
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  ekasih.answers = { mended, filled, empty, same, changed, numberIn, flat, asText, restored, settled, differing, coordinatesFit, uuid };
})();
