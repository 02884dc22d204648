/* Changes kept in this browser until the server has answered them, one entry each; they outlive the
   page. A browser that keeps nothing still holds them in memory, and leaving the page warns. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});

  class Store {
    constructor(prefix) {
      this.prefix = prefix;
    }

    all() {
      try {
        const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.prefix));
        return keys.map((key) => JSON.parse(localStorage.getItem(key))).sort((a, b) => a.order - b.order);
      } catch (blocked) {
        return [];
      }
    }

    put(entry) {
      try {
        localStorage.setItem(this.prefix + entry.request_id, JSON.stringify(entry));
      } catch (blocked) {
        /* Memory still holds it. */
      }
    }

    remove(entry) {
      try {
        localStorage.removeItem(this.prefix + entry.request_id);
      } catch (blocked) {
        /* Nothing was kept. */
      }
    }
  }

  thidua.Store = Store;
})();
