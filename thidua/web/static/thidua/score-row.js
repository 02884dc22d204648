/* The row one is in, with its "vì sao" beside the table, and the row one comes back to: named in the
   address (#d-I.3), or the last one before a detour. It is opened, shown and takes the focus. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const here = `thidua.row.${location.pathname}${location.search}`;

  const LOOK = 250; // milliseconds on a row before its "vì sao" is fetched
  const LOST = "Không xem được dòng này: không có mạng, hoặc máy chủ chưa trả lời. Có mạng thì vào lại dòng.";
  let looking = 0;

  /* What stands in the panel is of another row: it gives way to words. */
  function lost(panel) {
    const words = Object.assign(document.createElement("p"), { className: "warn", textContent: LOST });
    const title = panel.querySelector("h2");
    if (title) title.textContent = "Vì sao?";
    panel.replaceChildren(...panel.querySelectorAll(":scope > header"), words);
  }

  const look = (panel, address) => window.htmx.ajax("GET", address, { target: panel, swap: "innerHTML" }).catch(() => null);
  const hear = (event) => event.detail.target && event.detail.target.id === "vi-sao" && lost(event.detail.target);

  thidua.enterRow = function (table, row) {
    if (!row || row.getAttribute("aria-current")) return;
    table.querySelectorAll("tr[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    row.setAttribute("aria-current", "true");
    const panel = document.getElementById("vi-sao");
    clearTimeout(looking);
    if (!panel || !panel.offsetParent || !row.dataset.whyUrl || !window.htmx) return;
    looking = setTimeout(look, LOOK, panel, row.dataset.whyUrl);
  };

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

  ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach((name) => document.addEventListener(name, hear));
  document.addEventListener("focusin", remember);
  window.addEventListener("hashchange", arrive);
  /* After the browser's own jump to the row, which takes the focus away; never from somebody typing. */
  window.addEventListener("load", () => setTimeout(() => document.activeElement === document.body && arrive(), 0));
})();
