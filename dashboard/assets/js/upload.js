/* The place where a delivery is chosen or dropped: sends it as it is, tells how far it has come, and opens its page. */
(function () {
  "use strict";
  const MB = 1024 * 1024;
  const { make } = window.ekasih;
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  let sending = null; // the request that is under way

  const size = (bytes) => (bytes / MB).toLocaleString("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

  function part(shape, name) {
    return document.querySelector("#" + shape.zone + " [data-part=" + name + "]");
  }

  function tell(shape, text, alarming) {
    const line = part(shape, "told");
    if (line) {
      line.textContent = text;
      line.classList.toggle("ek-upload-refused", Boolean(alarming));
    }
  }

  function under(shape, way) {
    part(shape, "choose").disabled = way;
    part(shape, "bar").hidden = !way;
    part(shape, "cancel").hidden = !way;
  }

  function ended(shape, text) {
    sending = null;
    if (part(shape, "bar")) {
      under(shape, false);
      part(shape, "file").value = "";
      tell(shape, text, true);
      part(shape, "choose").focus();
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
      ended(shape, shape.words.too_large);
    } else {
      ended(shape, told.refused || shape.words.away);
    }
  }

  function moved(shape, file, event) {
    const bar = part(shape, "bar");
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
      tell(shape, filled(whole ? shape.words.looking : shape.words.sending, values));
    }
  }

  function send(shape, files) {
    if (sending || !files.length) {
      return;
    }
    const file = files[0];
    if (files.length > 1) {
      tell(shape, shape.words.one_file, true);
      return;
    }
    if (file.size > shape.most) {
      tell(shape, shape.words.too_large, true);
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
    const bar = part(shape, "bar");
    bar.value = 0;
    delete bar.dataset.tenth;
    under(shape, true);
    tell(shape, filled(shape.words.sending, { name: file.name, sent: size(0), total: size(file.size) }));
    request.send(file);
  }

  function draw(shape) {
    const zone = shape && document.getElementById(shape.zone);
    if (!zone) {
      return window.dash_clientside.no_update;
    }
    const file = make("input", { type: "file", accept: shape.accept, hidden: true, "data-part": "file", onchange: () => send(shape, file.files) });
    const area = make(
      "div",
      {
        class: "ek-upload-zone",
        role: "group",
        "aria-label": shape.words.label,
        ondragover: (event) => {
          event.preventDefault();
          area.classList.add("ek-upload-over");
        },
        ondragleave: () => area.classList.remove("ek-upload-over"),
        ondrop: (event) => {
          event.preventDefault();
          area.classList.remove("ek-upload-over");
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
      make("progress", { class: "ek-progress", "data-part": "bar", "aria-label": shape.words.label, value: "0", max: "1", hidden: true }),
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

  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_upload: { draw } });
})();
