/* Groups of a table fold and unfold, remembered in this browser under the table's data-folds (empty:
   not remembered, as under a filter). A row says its depth in data-d; tr.sec and tr.group are heads.
   A row named in the address (#d-I.3), or left behind by a detour, is opened, shown and takes the focus. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const rowsOf = (table) => Array.from(table.querySelectorAll("tr[data-d]"));
  const isHead = (row) => row.matches(".sec, .group");
  const depth = (row) => Number(row.dataset.d);

  function recall(name) {
    try {
      return JSON.parse(localStorage.getItem(name) || "[]");
    } catch (blocked) {
      return [];
    }
  }

  function keep(store, name, value) {
    try {
      store().setItem(name, value);
    } catch (blocked) {
      /* It holds until the page is left. */
    }
  }

  class Folds {
    constructor(table) {
      Object.assign(this, { table, name: table.dataset.folds && `thidua.folds.${table.dataset.folds}` });
      this.heads = rowsOf(table).filter(isHead);
      this.folded = new Set(this.name ? recall(this.name) : []);
      this.heads.forEach((row) => this.equip(row));
      this.apply();
    }

    equip(row) {
      const words = row.cells[0].textContent.trim().replace(/\s+/g, " ");
      const button = Object.assign(document.createElement("button"), { type: "button", className: "fold" });
      button.setAttribute("aria-label", `Các dòng của ${words.slice(0, 80)}`);
      button.addEventListener("click", () => this.set([row], !this.folded.has(row.id)));
      row.cells[0].prepend(button);
    }

    set(rows, fold) {
      rows.forEach((row) => (fold ? this.folded.add(row.id) : this.folded.delete(row.id)));
      if (this.name) keep(() => localStorage, this.name, JSON.stringify(Array.from(this.folded)));
      this.apply();
    }

    apply() {
      let limit = Infinity;
      rowsOf(this.table).forEach((row) => {
        if (depth(row) <= limit) limit = Infinity;
        row.hidden = depth(row) > limit;
        if (!row.hidden && isHead(row) && this.folded.has(row.id)) limit = depth(row);
      });
      this.table.querySelectorAll("tr.choose").forEach((row) => (row.hidden = row.previousElementSibling.hidden));
      this.heads.forEach((row) => row.querySelector(".fold").setAttribute("aria-expanded", String(!this.folded.has(row.id))));
      document.querySelectorAll("[data-fold-all]").forEach((all) => (all.textContent = this.folded.size ? "Mở tất cả" : "Thu gọn tất cả"));
    }

    /* Opens whatever hides these rows. */
    open(rows) {
      const every = rowsOf(this.table);
      const hiding = new Set();
      rows.filter((row) => row.hidden).forEach((row) => {
        let level = depth(row);
        for (let at = every.indexOf(row) - 1; at >= 0 && level > 0; at -= 1) {
          if (depth(every[at]) < level) hiding.add(every[at]);
          level = Math.min(level, depth(every[at]));
        }
      });
      if (hiding.size) this.set(Array.from(hiding), false);
    }
  }

  const all = [];

  thidua.fold = {
    open: (table, rows) => all.filter((one) => one.table === table).forEach((one) => one.open(rows)),
  };

  /* --- the row one comes back to */

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
    thidua.fold.open(row.closest("table"), [row]);
    row.scrollIntoView({ block: "center" });
    const place = row.querySelector('[data-field="points"]') || row.querySelector("[data-field], .fold, a");
    if (place) place.focus({ preventScroll: true });
  }

  function remember(event) {
    const row = event.target.closest("tr[data-d]");
    if (row && row.id) keep(() => sessionStorage, here, row.id);
  }

  function onKey(event) {
    if (!event.target.matches(".fold") || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    if ((event.target.getAttribute("aria-expanded") === "true") === (event.key === "ArrowLeft")) event.target.click();
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("table[data-folds]").forEach((table) => all.push(new Folds(table)));
    document.addEventListener("focusin", remember);
    document.addEventListener("keydown", onKey);
    window.addEventListener("hashchange", arrive);
    document.addEventListener("click", function (event) {
      if (!event.target.closest("[data-fold-all]")) return;
      const fold = !all.some((one) => one.folded.size);
      all.forEach((one) => one.set(one.heads.filter((row) => depth(row) === 0 || !fold), fold));
    });
  });

  /* After the browser's own jump to the row, which takes the focus away; never from somebody typing. */
  window.addEventListener("load", () => setTimeout(() => document.activeElement === document.body && arrive(), 0));
})();
