/* What a device keeps of visits until they are sent: what was typed in localStorage, photographs in IndexedDB, each under the
 * number of the user and of the case, or of the project whose site is visited. Another user of the device is not shown it; signing out removes it.
 */
(function () {
  "use strict";
  const { answers, drawn } = window.ekasih;
  const { uuid } = answers;
  const store = drawn.store("ekasih.lawatan.");
  const DATABASE = "ekasih-lawatan";
  const PHOTOS = "photos";
  const WIPE_WITHIN = 3000;
  let opening = null;

  const keep = (entry) => store.keep(entry.user, entry.case, entry);

  async function drop(entry) {
    store.drop(entry.user, entry.case);
    for (const photo of await photos(entry)) {
      await dropPhoto(photo.key);
    }
  }

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

  function addPhoto(of, blob, facts) {
    return savePhoto({ ...facts, key: uuid(), user: of.user, case: of.case, at: Date.now(), blob, refused: "" });
  }

  /* ------------------------------------------------------------- signing out */

  async function wipe() {
    store.wipe();
    await within("readwrite", (store) => store.clear());
  }

  // The page waits until the device has forgotten; a visit that was not sent yet is not thrown away unasked.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!drawn.signsOut(event)) {
        return;
      }
      const [unsent] = store.all();
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

  window.ekasih.visits = Object.assign(window.ekasih.visits || {}, {
    device: { entry: store.get, entries: store.of, keep, drop, photos, addPhoto, savePhoto, dropPhoto },
  });
})();
