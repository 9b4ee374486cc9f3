/* What a device keeps of visits until they are sent: what was typed in localStorage, photographs in IndexedDB, each under the
 * number of the user and of the case. Another user of the device is not shown it; signing out removes it.
 */
(function () {
  "use strict";
  const PREFIX = "ekasih.lawatan.";
  const DATABASE = "ekasih-lawatan";
  const PHOTOS = "photos";
  const WIPE_WITHIN = 3000;
  const kept = new Map(); // a private window keeps nothing on the device; then this page does
  let opening = null;

  const nameOf = (entry) => PREFIX + entry.user + "." + entry.case;

  function uuid() {
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  /* ------------------------------------------------------------- what was typed */

  function names() {
    try {
      return [...new Set([...Object.keys(window.localStorage), ...kept.keys()])].filter((name) => name.startsWith(PREFIX));
    } catch (_refused) {
      return [...kept.keys()];
    }
  }

  function read(name) {
    try {
      return JSON.parse(window.localStorage.getItem(name) || "null") || JSON.parse(kept.get(name) || "null");
    } catch (_refused) {
      return JSON.parse(kept.get(name) || "null");
    }
  }

  function keep(entry) {
    const text = JSON.stringify(entry);
    try {
      window.localStorage.setItem(nameOf(entry), text);
      kept.delete(nameOf(entry));
    } catch (_refused) {
      kept.set(nameOf(entry), text);
    }
  }

  async function drop(entry) {
    kept.delete(nameOf(entry));
    try {
      window.localStorage.removeItem(nameOf(entry));
    } catch (_refused) {
      /* there is nothing to remove */
    }
    for (const photo of await photos(entry)) {
      await dropPhoto(photo.key);
    }
  }

  const entry = (user, number) => read(PREFIX + user + "." + number);
  const entries = (user) => names().filter((name) => name.startsWith(PREFIX + user + ".")).map(read).filter(Boolean);

  /* ------------------------------------------------------------- photographs */

  function opened() {
    opening =
      opening ||
      new Promise((resolve, reject) => {
        const asked = window.indexedDB.open(DATABASE, 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore(PHOTOS, { keyPath: "key" });
        asked.onsuccess = () => {
          asked.result.onversionchange = () => asked.result.close();
          resolve(asked.result);
        };
        asked.onerror = () => reject(asked.error);
      });
    return opening;
  }

  async function within(mode, act) {
    const store = (await opened()).transaction(PHOTOS, mode).objectStore(PHOTOS);
    return new Promise((resolve, reject) => {
      const asked = act(store);
      store.transaction.oncomplete = () => resolve(asked.result);
      store.transaction.onabort = () => reject(store.transaction.error);
    });
  }

  const savePhoto = (photo) => within("readwrite", (store) => store.put(photo));
  const dropPhoto = (key) => within("readwrite", (store) => store.delete(key));

  // A browser that keeps no photographs has none.
  async function photos(of) {
    const all = await within("readonly", (store) => store.getAll()).catch(() => []);
    return all.filter((photo) => photo.user === of.user && photo.case === of.case).sort((one, other) => one.at - other.at);
  }

  function addPhoto(of, blob) {
    return savePhoto({ key: uuid(), user: of.user, case: of.case, at: Date.now(), blob, refused: "" });
  }

  /* ------------------------------------------------------------- signing out */

  async function wipe() {
    for (const name of names()) {
      window.localStorage.removeItem(name);
    }
    kept.clear();
    await within("readwrite", (store) => store.clear());
  }

  // The page waits until the device has forgotten; a visit that was not sent yet is not thrown away unasked.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || !(form.getAttribute("action") || "").includes("/keluar")) {
        return;
      }
      const unsent = names().map(read).find(Boolean);
      if (unsent && !window.confirm(unsent.leave)) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      if (unsent || opening) {
        event.preventDefault();
        const leave = () => form.submit();
        const late = new Promise((resolve) => window.setTimeout(resolve, WIPE_WITHIN));
        Promise.race([wipe(), late]).then(leave, leave);
      }
    },
    true,
  );

  window.ekasih.lawatan = Object.assign(window.ekasih.lawatan || {}, {
    device: { uuid, entry, entries, keep, drop, photos, addPhoto, savePhoto, dropPhoto },
  });
})();
