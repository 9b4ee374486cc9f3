/* Shows the work of a form before it is sent (ALTCHA), or goes on by itself after the page that waits. Without this script
   the form is sent as it is, and the server answers with that page. */
(() => {
  "use strict";
  const own = document.currentScript.dataset;
  const form = document.querySelector("form[data-proof], form[data-waits]");
  if (!form) return;
  const said = document.createElement("p");
  said.className = "working";
  said.setAttribute("role", "status");
  form.append(said);
  let sending = false;

  function worked(challenge) {
    return new Promise((resolve, reject) => {
      const worker = new Worker(own.worker);
      worker.onerror = reject;
      worker.onmessage = (message) => {
        worker.terminate();
        const solution = message.data;
        if (!solution || solution.error || solution.derivedKey === undefined) reject(new Error("no solution"));
        else resolve(btoa(JSON.stringify({ challenge, solution })));
      };
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- of a worker, which has no origin
      worker.postMessage({ type: "work", challenge, counterStart: 0, counterStep: 1 });
    });
  }

  async function proof() {
    if (!window.Worker || !window.fetch || !(window.crypto && window.crypto.subtle)) throw new Error("no means");
    const answer = await fetch(own.challenge, { cache: "no-store", credentials: "omit" });
    if (!answer.ok) throw new Error("no challenge");
    return worked(await answer.json());
  }

  function put(name, value) {
    const field = form.querySelector(`input[name="${name}"]`) || form.appendChild(document.createElement("input"));
    field.type = "hidden";
    field.name = name;
    field.value = value;
  }

  async function send() {
    if (sending) return;
    sending = true;
    said.textContent = own.working;
    try {
      put("altcha", await proof());
    } catch {
      put("altcha", "");
    }
    form.submit();
  }

  if (form.dataset.waits === undefined) {
    form.addEventListener("submit", (event) => {
      if (event.submitter && event.submitter.name === "bahasa") return;
      event.preventDefault();
      send();
    });
  } else {
    proof().then(
      (shown) => {
        put("altcha", shown);
        form.submit();
      },
      () => setTimeout(() => form.submit(), (Number(form.dataset.waits) + 1) * 1000),
    );
  }
  window.addEventListener("pageshow", () => {
    sending = false;
    said.textContent = "";
  });
})();
