/* Groups of a table fold and unfold, remembered in this browser under the table's data-folds (empty:
   not remembered, as under a filter). A row says its depth in data-d; tr.sec and tr.group are heads. */
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

  function keep(name, value) {
    try {
      localStorage.setItem(name, value);
    } catch (blocked) {
      /* It holds until the page is left. */
    }
  }

  class Folds {
    constructor(table) {
      Object.assign(this, { table, name: table.dataset.folds && `thidua.folds.${table.dataset.folds}` });
      const rows = rowsOf(table);
      this.heads = rows.filter((row, at) => isHead(row) && rows[at + 1] && depth(rows[at + 1]) > depth(row));
      this.folded = new Set(this.name ? recall(this.name) : []);
      this.heads.forEach((row) => this.equip(row));
      this.apply();
    }

    equip(row) {
      const said = Array.from(row.cells[0].childNodes).filter((one) => one.nodeType === Node.TEXT_NODE || one.matches(".code"));
      const words = said.map((one) => one.textContent.trim()).join(" ").trim();
      const button = Object.assign(document.createElement("button"), { type: "button", className: "fold" });
      button.setAttribute("aria-label", `Các dòng của ${words.slice(0, 80)}`);
      button.addEventListener("click", () => this.set([row], !this.folded.has(row.id)));
      row.cells[0].prepend(button);
    }

    set(rows, fold) {
      rows.forEach((row) => (fold ? this.folded.add(row.id) : this.folded.delete(row.id)));
      if (this.name) keep(this.name, JSON.stringify(Array.from(this.folded)));
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

  function onKey(event) {
    if (!event.target.matches(".fold") || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    if ((event.target.getAttribute("aria-expanded") === "true") === (event.key === "ArrowLeft")) event.target.click();
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("table[data-folds]").forEach((table) => all.push(new Folds(table)));
    document.addEventListener("keydown", onKey);
    document.addEventListener("click", function (event) {
      if (!event.target.closest("[data-fold-all]")) return;
      const fold = !all.some((one) => one.folded.size);
      all.forEach((one) => one.set(one.heads.filter((row) => depth(row) === 0 || !fold), fold));
    });
  });
})();
