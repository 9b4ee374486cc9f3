/* What the page of accounts does in the browser: a row that was pressed leads to the form of its account. */
(function () {
  "use strict";
  const skip = () => window.dash_clientside.no_update;
  let led = null; // the account that was led to last

  // Once the form has its account's values: it is opened by a row, and not anew when it was saved.
  function lead(seen, view, account) {
    const opened = String((view && view.akaun) || "");
    if (!seen || !opened || opened !== String(account) || led === opened) {
      return skip();
    }
    led = opened;
    window.ekasih.forms.lead(() => document.getElementById("pengguna-changed-role"), { centred: true });
    return opened;
  }

  window.addEventListener("_dashprivate_pushstate", () => (led = null), true);
  window.dash_clientside = Object.assign(window.dash_clientside || {}, { ekasih_administration: { lead } });
})();
