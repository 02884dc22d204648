/* The row one comes back to: named in the address (#d-I.3), or the last one before a detour. It is
   opened, shown and takes the focus. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const here = `thidua.row.${location.pathname}${location.search}`;

  function leftBehind() {
    const [entry] = performance.getEntriesByType("navigation");
    if (!entry || !["reload", "back_forward"].includes(entry.type)) return null;
    try {
      return sessionStorage.getItem(here);
    } catch (blocked) {
      return null;
    }
  }

  function arrive() {
    const named = decodeURIComponent(location.hash.slice(1));
    const row = document.getElementById(named || leftBehind() || "");
    if (!row || !row.matches("tr[data-d]")) return;
    if (row.matches("[data-later]")) thidua.showRows();
    thidua.fold.open(row.closest("table"), [row]);
    row.scrollIntoView({ block: "center" });
    const place = row.querySelector('[data-field="points"]') || row.querySelector("[data-field], .fold, a");
    if (place) place.focus({ preventScroll: true });
  }

  function keep(id) {
    try {
      sessionStorage.setItem(here, id);
    } catch (blocked) {
      /* Then the way back leads to the top of the table. */
    }
  }

  function remember(event) {
    const row = event.target.closest("tr[data-d]");
    if (row && row.id) keep(row.id);
  }

  document.addEventListener("focusin", remember);
  window.addEventListener("hashchange", arrive);
  /* After the browser's own jump to the row, which takes the focus away; never from somebody typing. */
  window.addEventListener("load", () => setTimeout(() => document.activeElement === document.body && arrive(), 0));
})();
