/* Dash tells its store of each component that it has just drawn, so that what is remembered of changes at its place is forgotten,
 * and every component that is there already hears it. Where nothing is remembered nothing would change: such a message ends here.
 * A page of a thousand components sends a thousand of them.
 */
(function () {
  "use strict";
  const DRAWN = "RESET_COMPONENT_STATE";

  function withoutNeedless(store) {
    const dispatch = store.dispatch;
    store.dispatch = (action) => {
      if (action.type !== DRAWN) {
        return dispatch(action);
      }
      const place = action.payload.itempath.join(",");
      return Object.keys(store.getState().layoutHashes).some((changed) => changed.startsWith(place)) ? dispatch(action) : action;
    };
  }

  // Dash's own list of its stores, to which it adds each as it is made, before anything is drawn
  const stores = (window.dash_stores = window.dash_stores || []);
  const push = stores.push;
  stores.push = (...made) => {
    made.forEach(withoutNeedless);
    return push.apply(stores, made);
  };
})();
