/* Sends the visits that wait on the device, one after the other, now or when the connection is back. A visit has its own key, so
 * that one that was sent twice is kept once; what the server says of it is kept beside it until its officer has read it.
 */
(function () {
  "use strict";
  const TRY_AGAIN = 5000;
  const AWAY = new Set([408, 429, 500, 502, 503, 504]);
  let user = null;
  let under = false;
  let asked = false; // once more, for what became ready while others were being sent
  let again = 0;

  const device = () => window.ekasih.visits.device;

  const query = (values) =>
    Object.entries(values).map(([name, value]) => name + "=" + encodeURIComponent(value)).join("&");

  // Where what is sent of each kind: of a household by the number of its case, of the site of a project by the project's.
  const KINDS = {
    household: {
      page: (entry) => "/lawatan/" + entry.case,
      address: (entry) => "/lawatan/" + entry.case + "/hantar",
      based: ({ version, household }) => ({ version, household }),
      photo: (entry, photo) => "/lawatan/" + entry.visit + "/foto?kunci=" + photo.key,
    },
    site: {
      page: (entry) => "/projek/tapak?projek=" + entry.case,
      address: (entry) => "/projek/" + entry.case + "/tapak",
      based: ({ version, report }) => ({ version, report }),
      photo: (entry, photo) => "/projek/" + entry.case + "/foto?" +
        query({ kunci: photo.key, peringkat: photo.phase, saat: new Date(photo.at).toISOString(), ...placed(entry.form) }),
    },
  };
  const kindOf = (entry) => KINDS[entry.kind || "household"];

  const placed = ({ latitude, longitude }) => (latitude && longitude ? { lintang: latitude, bujur: longitude } : {});

  function tell(entry, state, more) {
    window.dispatchEvent(new CustomEvent("ekasih:visits", { detail: { case: entry.case, state, ...more } }));
  }

  async function post(address, kind, body) {
    const answer = await window.ekasih.post(address, kind, body);
    const told = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
    return { status: answer.status, told };
  }

  function change(entry, values) {
    Object.assign(entry, values);
    device().keep(entry);
  }

  // Whether the visit itself has arrived.
  async function sendVisit(entry) {
    if (entry.visit) {
      return true;
    }
    const kind = kindOf(entry);
    const sent = { user: entry.user, key: entry.key, ...kind.based(entry), visited_at: entry.visited_at, form: entry.form };
    const { status, told } = await post(kind.address(entry), "application/json", JSON.stringify(sent));
    if (status === 200 && told.visit) {
      change(entry, { visit: told.visit, request: told.request || null, refused: "" });
      return true;
    }
    if (status === 401) {
      tell(entry, "sign_in");
    } else if (AWAY.has(status)) {
      throw new Error("away");
    } else if (told.conflict) {
      change(entry, { ready: false, conflict: true });
      tell(entry, "conflict", { now: told.conflict });
    } else {
      change(entry, { ready: false, refused: told.refused || "", problems: told.problems || {} });
      tell(entry, "refused", { refused: told.refused || "", problems: told.problems || {} });
    }
    return false;
  }

  // Whether all photographs have arrived; those that the server refuses stay until their officer takes them away.
  async function sendPhotos(entry) {
    let whole = true;
    const photos = await device().photos(entry);
    for (const [place, photo] of photos.entries()) {
      if (photo.refused) {
        whole = false;
        continue;
      }
      tell(entry, "photos", { n: place + 1, total: photos.length });
      const { status, told } = await post(kindOf(entry).photo(entry, photo), "image/jpeg", photo.blob);
      if (status === 200) {
        await device().dropPhoto(photo.key);
      } else if (status === 401) {
        tell(entry, "sign_in");
        return false;
      } else if (AWAY.has(status)) {
        throw new Error("away");
      } else {
        whole = false;
        await device().savePhoto(Object.assign(photo, { refused: told.refused || String(status) }));
      }
    }
    return whole;
  }

  async function send(entry) {
    tell(entry, "sending");
    if (!(await sendVisit(entry))) {
      return;
    }
    if (await sendPhotos(entry)) {
      await device().drop(entry);
      tell(entry, "sent");
    } else {
      tell(entry, "photos_refused");
    }
  }

  async function flush() {
    window.clearTimeout(again);
    asked = true;
    if (user === null || under) {
      return;
    }
    under = true;
    while (asked) {
      asked = false;
      await sendAll();
    }
    under = false;
  }

  async function sendAll() {
    for (const entry of device().entries(user).filter((one) => one.ready)) {
      if (!navigator.onLine) {
        tell(entry, "away");
        continue;
      }
      try {
        await send(entry);
      } catch (_away) {
        tell(entry, "away");
        window.clearTimeout(again);
        again = window.setTimeout(flush, TRY_AGAIN);
      }
    }
  }

  window.addEventListener("online", flush);

  window.ekasih.visits = Object.assign(window.ekasih.visits || {}, {
    flush,
    pageOf: (entry) => kindOf(entry).page(entry),
    of(number) {
      user = number;
    },
  });
})();
