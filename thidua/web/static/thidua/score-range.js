/* Several cells of one column: Shift with ↓ ↑ extends from the cell, with Ctrl too to the end of the
   column, Shift and a click up to there, Esc lets go. Ctrl+C puts them on the clipboard as Excel
   expects, one line a row; a line that has no such cell leaves its line empty. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const { rowsOf, columnOf, inColumn, vertical, isText, isList } = thidua.grid;

  class Range {
    constructor(table) {
      Object.assign(this, { table, from: null, to: null });
    }

    /* The rows between the two ends, those with a number of their own; none while only one cell is in. */
    rows() {
      if (!this.from || this.from === this.to) return [];
      const rows = rowsOf(this.table).filter((row) => row.dataset.line);
      const ends = [this.from, this.to].map((input) => rows.indexOf(input.closest("tr"))).sort((a, b) => a - b);
      return ends[0] < 0 ? [] : rows.slice(ends[0], ends[1] + 1);
    }

    cells() {
      return this.rows().map((row) => inColumn(row, columnOf(this.from)));
    }

    clear() {
      if (!this.from) return;
      Object.assign(this, { from: null, to: null });
      this.show();
    }

    show() {
      this.table.querySelectorAll(".picked").forEach((cell) => cell.classList.remove("picked"));
      this.cells().filter(Boolean).forEach((input) => input.closest("td").classList.add("picked"));
    }

    reach(input, start) {
      if (!this.from || columnOf(this.from) !== columnOf(input)) this.from = start;
      this.to = input;
      input.focus();
      this.show();
      const rows = this.rows();
      if (!rows.length) return;
      const [first, last] = [rows[0].dataset.line, rows[rows.length - 1].dataset.line];
      thidua.say(`Đã chọn ${rows.length} dòng, từ ${first} đến ${last}. Ctrl+C để chép.`);
    }

    onKey(event) {
      const input = event.target;
      if (!input.dataset.field || event.altKey || event.metaKey) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!event.shiftKey || !step) return void (event.key !== "Shift" && event.key !== "Control" && !event.ctrlKey && this.clear());
      const next = event.ctrlKey ? this.last(input, step) : vertical(this.table, input, step);
      event.preventDefault();
      event.stopImmediatePropagation();
      if (next) this.reach(next, input);
    }

    last(input, step) {
      let found = null;
      for (let next = input; next; next = vertical(this.table, next, step)) found = next;
      return found;
    }

    onMouse(event) {
      const input = event.target;
      const start = document.activeElement;
      const both = input.dataset.field && start.dataset.field && this.table.contains(start);
      if (!event.shiftKey || !both || input === start || columnOf(input) !== columnOf(start)) return this.clear();
      event.preventDefault();
      return this.reach(input, this.from || start);
    }

    onCopy(event) {
      const input = event.target;
      if (!input.dataset || !input.dataset.field) return;
      const cells = this.cells();
      const some = isText(input) && input.selectionStart !== input.selectionEnd;
      if (!cells.length && some) return;
      const texts = (cells.length ? cells : [input]).map(reads);
      event.preventDefault();
      event.clipboardData.setData("text/plain", texts.join("\r\n"));
      thidua.say(`Đã chép ${texts.length} ô.`);
    }
  }

  function reads(input) {
    if (!input) return "";
    if (isList(input)) return input.value ? input.selectedOptions[0].label : "";
    if (!isText(input)) return input.checked ? "Có" : "";
    const text = input.value.trim();
    return /[\t\n"]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  }

  thidua.Range = Range;
})();
