/* The help of the page one is on: its button, the key "?", and what closes any dialog of the frame. */
(function () {
  "use strict";
  const ekasih = (window.ekasih = window.ekasih || {});

  function open(keys) {
    const dialog = document.getElementById("frame-about");
    if (!dialog || document.querySelector("dialog[open]")) {
      return;
    }
    dialog.showModal();
    const start = dialog.querySelector(keys ? "[data-ek-keys]" : "#frame-about-title");
    start.focus();
    start.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) {
      return;
    }
    if (target.closest("#frame-about-button")) {
      open(false);
      return;
    }
    // beside the dialog, or on what closes it
    const dialog = target.closest("dialog.ek-pop");
    if (dialog && (target === dialog || target.closest("[data-ek-close], a[href]"))) {
      dialog.close();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "?" && !event.ctrlKey && !event.metaKey && !event.altKey && !ekasih.writing(event.target)) {
      event.preventDefault();
      open(true);
    }
  });
})();
