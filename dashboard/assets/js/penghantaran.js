/* The place where a delivery is chosen or dropped: sends it as it is, tells how far it has come, and opens its page. */
(function () {
  "use strict";
  const MB = 1024 * 1024;
  const { make } = window.ekasih;
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  let sending = null; // the request that is under way

  const size = (bytes) => (bytes / MB).toLocaleString("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

  function part(name) {
    return document.querySelector("#penghantaran-zone [data-part=" + name + "]");
  }

  function tell(text, alarming) {
    const line = part("told");
    if (line) {
      line.textContent = text;
      line.classList.toggle("ek-delivery-refused", Boolean(alarming));
    }
  }

  function under(way) {
    part("choose").disabled = way;
    part("bar").hidden = !way;
    part("cancel").hidden = !way;
  }

  function ended(shape, text) {
    sending = null;
    if (part("bar")) {
      under(false);
      part("file").value = "";
      tell(text, true);
      part("choose").focus();
    }
  }

  function answered(shape, request) {
    let told = {};
    try {
      told = JSON.parse(request.responseText);
    } catch (_none) {
      // a page of an error, or nothing
    }
    if (request.status === 200 && told.upload) {
      sending = null;
      window.location.assign(shape.page + "/" + told.upload);
    } else if (request.status === 401 || request.status === 403) {
      ended(shape, shape.words.session);
    } else if (request.status === 429) {
      ended(shape, shape.words.often);
    } else if (request.status === 413) {
      ended(shape, filled(shape.words.too_large, { mb: Math.round(shape.most / MB) }));
    } else {
      ended(shape, told.refused || shape.words.away);
    }
  }

  function moved(shape, file, event) {
    const bar = part("bar");
    if (!bar || !event.lengthComputable) {
      return;
    }
    bar.max = event.total;
    bar.value = event.loaded;
    const whole = event.loaded === event.total;
    const values = { name: file.name, sent: size(event.loaded), total: size(event.total) };
    // said anew at each tenth: a reader that speaks would say nothing else
    const tenth = whole ? 11 : Math.floor((10 * event.loaded) / event.total);
    if (bar.dataset.tenth !== String(tenth)) {
      bar.dataset.tenth = String(tenth);
      tell(filled(whole ? shape.words.looking : shape.words.sending, values));
    }
  }

  function send(shape, files) {
    if (sending || !files.length) {
      return;
    }
    const file = files[0];
    if (files.length > 1) {
      tell(shape.words.one_file, true);
      return;
    }
    if (file.size > shape.most) {
      tell(filled(shape.words.too_large, { mb: Math.round(shape.most / MB) }), true);
      return;
    }
    const request = new XMLHttpRequest();
    sending = request;
    request.open("POST", shape.address + "?nama=" + encodeURIComponent(file.name.slice(-200)));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-Ekasih-Token", window.ekasih.token());
    request.upload.addEventListener("progress", (event) => moved(shape, file, event));
    request.addEventListener("load", () => answered(shape, request));
    request.addEventListener("error", () => ended(shape, shape.words.away));
    request.addEventListener("abort", () => ended(shape, shape.words.cancelled));
    const bar = part("bar");
    bar.value = 0;
    delete bar.dataset.tenth;
    under(true);
    tell(filled(shape.words.sending, { name: file.name, sent: size(0), total: size(file.size) }));
    request.send(file);
  }

  function draw(shape) {
    const zone = document.getElementById("penghantaran-zone");
    if (!shape || !zone) {
      return window.dash_clientside.no_update;
    }
    const file = make("input", { type: "file", accept: ".zip,.xlsx", hidden: true, "data-part": "file", onchange: () => send(shape, file.files) });
    const area = make(
      "div",
      {
        class: "ek-delivery-zone",
        role: "group",
        "aria-label": shape.words.label,
        ondragover: (event) => {
          event.preventDefault();
          area.classList.add("ek-delivery-over");
        },
        ondragleave: () => area.classList.remove("ek-delivery-over"),
        ondrop: (event) => {
          event.preventDefault();
          area.classList.remove("ek-delivery-over");
          send(shape, event.dataTransfer.files);
        },
      },
      file,
      make(
        "p",
        {},
        make("button", { type: "button", class: "ek-button ek-button-main", "data-part": "choose", onclick: () => file.click() }, shape.words.choose),
        " ",
        shape.words.drop,
      ),
      make("p", { class: "ek-footnote" }, shape.words.limit),
      make("progress", { class: "ek-delivery-bar", "data-part": "bar", "aria-label": shape.words.label, value: "0", max: "1", hidden: true }),
      make("p", { "data-part": "told", role: "status" }),
      make("button", { type: "button", class: "ek-button", "data-part": "cancel", hidden: true, onclick: () => sending && sending.abort() }, shape.words.cancel),
    );
    zone.replaceChildren(area);
    return true;
  }

  // leaving the page in the middle would end it without a word
  window.addEventListener("beforeunload", (event) => {
    if (sending) {
      event.preventDefault();
    }
  });

  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_penghantaran: { draw } });
})();
