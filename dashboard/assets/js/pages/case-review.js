/* The last part of the registration form: what is still missing, the status that the answers lead to, and every answer in words
 * with a way to change it and come back. What is said here was said by the server of the form as it was last saved.
 */
(function () {
  "use strict";
  const { answers, drawn, make } = window.ekasih;
  const { button } = drawn;
  const REVIEW = "cases-draft-review";

  const buttonId = (place) => "cases-check-" + place.replace(".", "-");

  /* ------------------------------------------------------------- every answer */

  function shown(field, options, values, words) {
    const value = values[field.name] || "";
    if (!value) {
      return make("span", { class: "ek-missing" }, words.unsaid);
    }
    if (field.kind === "tick") {
      return field.label;
    }
    const chosen = (options || []).find((option) => option.value === value);
    return chosen ? chosen.label : field.kind === "money" ? "RM" + value.replace(/^RM\s*/i, "") : value;
  }

  // A member's income is one question of two ways to answer: what is not the way that was taken is not missing.
  function isAsked(part, field, values) {
    const isIncome = part.fields.some((one) => one.kind === "tick");
    const isSaid = isIncome && part.fields.some((one) => values[one.name]);
    return !isSaid || Boolean(values[field.name]);
  }

  function answerOf(form, part, field, row, values, whose) {
    const place = row + "." + field.name;
    const label = [field.number + " " + field.label, whose].filter(Boolean).join(", ");
    return make(
      "div",
      { class: "ek-check-row" },
      make("dt", {}, make("span", { class: "ek-drawn-number" }, field.number), " ", field.label),
      make("dd", {}, shown(field, form.optionsOf(field), values, form.words)),
      make("dd", {}, form.editable ? change(form, place, label) : null),
    );
  }

  const change = (form, place, label) =>
    make(
      "button",
      { type: "button", id: buttonId(place), class: "ek-link-button", "aria-label": form.words.change + ": " + label, onclick: () => form.change(place) },
      form.words.change,
    );

  function rowsOf(form, part) {
    if (part.holds === "household") {
      return [{ key: part.name, values: form.values[part.name] || {}, title: "" }];
    }
    const rows = (part.holds === "members" ? form.values.members : form.values.aid) || [];
    return rows.map((row, at) => ({ key: row.key, values: row, title: form.titleOf(part, row, at) }));
  }

  function section(form, part) {
    const [known, asked] = form.said.complete[part.name] || [0, 0];
    const rows = rowsOf(form, part);
    const lists = rows.map((row) => {
      const fields = part.fields.filter((field) => isAsked(part, field, row.values));
      const list = make("dl", { class: "ek-check" }, fields.map((field) => answerOf(form, part, field, row.key, row.values, row.title)));
      return row.title ? [make("h4", {}, row.title), list] : list;
    });
    const count = asked ? make("span", { class: "ek-part-note" }, known + "/" + asked) : null;
    return make(
      "section",
      {},
      make("h3", {}, part.number + ". " + part.title, " ", count),
      ...(rows.length ? lists.flat() : [make("p", { class: "ek-footnote" }, form.words.not_asked)]),
    );
  }

  /* ------------------------------------------------------------- what is missing, and the status */

  function listed(form, entries) {
    return make(
      "ul",
      {},
      entries.map((one) => make("li", {}, make("button", { type: "button", class: "ek-link-button", onclick: () => form.change(one.place) }, one.text))),
    );
  }

  function missing(form) {
    const { lacking, unanswered } = form.said;
    if (!lacking.length && !unanswered.length) {
      return make("p", { class: "ek-case-done" }, form.words.no_problems);
    }
    const note = lacking.length ? form.words.review_note : form.words.not_ready_note;
    return make(
      "div",
      { class: "ek-error-summary", id: "cases-draft-missing" },
      make("h3", {}, form.words.not_ready),
      make("p", {}, note),
      listed(form, [...lacking, ...unanswered]),
    );
  }

  function bar({ status, income, marks }) {
    const placed = (name, property, value, ...children) => {
      const node = make("span", { class: name }, ...children);
      node.style[property] = value;
      return node;
    };
    const fill = placed("ek-scale-fill ek-scale-" + status, "width", income);
    const lines = marks.map((mark) =>
      placed("ek-scale-mark ek-scale-" + mark.name, "left", mark.at, make("span", { class: "ek-scale-label" }, mark.label, make("b", {}, mark.amount))),
    );
    return make("div", { class: "ek-scale", "aria-hidden": "true" }, make("div", { class: "ek-scale-track" }, fill), lines);
  }

  function outlook(form) {
    const { words, said } = form;
    const title = make("h3", {}, words.outlook);
    if (!form.isSaved) {
      return make("section", {}, title, make("p", { class: "ek-footnote" }, words.outlook_waits));
    }
    if (!said.outlook) {
      return make("section", {}, title, make("p", {}, words.outlook_unknown));
    }
    return make(
      "section",
      { class: "ek-households" },
      title,
      make("p", {}, make("span", { class: "ek-badge ek-badge-" + said.outlook.tone }, said.outlook.label)),
      make("p", { class: "ek-record-sentence" }, said.outlook.sentence),
      bar(said.outlook.scale),
    );
  }

  function sends(form) {
    if (!form.submits || form.said.lacking.length || !form.isSaved) {
      return null;
    }
    const whole = !form.said.unanswered.length;
    return drawn.ways(button(whole ? form.words.submit : form.words.submit_unready, form.send, whole ? "ek-button-main" : ""));
  }

  // `form` is what the form holds and what was said of it; drawn anew only where that has changed, for it may have the keyboard.
  function draw(form) {
    const host = document.getElementById(REVIEW);
    if (!host) {
      return;
    }
    const text = JSON.stringify([form.said, form.isSaved, answers.asText(form.values)]);
    if (host.dataset.drawn === text) {
      return;
    }
    host.dataset.drawn = text;
    const held = host.contains(document.activeElement) ? document.activeElement.id : "";
    const parts = form.parts.filter((part) => part.number).map((part) => section(form, part));
    host.replaceChildren(
      ...[missing(form), outlook(form), make("h3", { class: "ek-check-head" }, form.words.answers), ...parts, sends(form)].filter(Boolean),
    );
    if (held && document.getElementById(held)) {
      document.getElementById(held).focus();
    }
  }

  window.ekasih.caseReview = { draw, buttonId, body: () => [make("div", { id: REVIEW, class: "ek-case-review" })] };
})();
