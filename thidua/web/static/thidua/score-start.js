/* Ties the score table to the page: typing, pasting, the row one is in, and what must wait for saving. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const sheets = [];

  /* Why an act has to wait; empty when everything is saved. */
  function obstacle(sheet) {
    const open = sheet.unsettled();
    if (open) return [open, `Ô ở dòng ${open.dataset.code} chưa lưu được. Xem lại ô đó rồi bấm lại.`];
    const many = sheet.queue.entries.length;
    return many ? [null, `Còn ${many} ô đang gửi. Chờ lưu xong rồi bấm lại.`] : null;
  }

  /* What a filter leaves out of sight can hold back an act too, but not somebody who leaves. */
  function unseen(sheet) {
    const [entry] = sheet.queue.held;
    return entry ? [null, `Dòng ${entry.code} còn một số chưa lưu. Hiện cả các dòng rồi xem lại dòng đó.`] : null;
  }

  function guard(event) {
    if (!event.target.closest("[data-guard]")) return;
    const found = sheets.map((sheet) => obstacle(sheet) || unseen(sheet)).find(Boolean);
    if (!found) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const [input, words] = found;
    sheets[0].report.show(words);
    thidua.alarm(words);
    if (input) input.focus();
  }

  function start(form) {
    const sheet = new thidua.Sheet(form);
    const table = sheet.table;
    const range = new thidua.Range(table);
    sheet.report = new thidua.Report(sheet);
    sheets.push(sheet);
    form.addEventListener("submit", (event) => event.preventDefault()); // every cell is saved by itself
    thidua.list.watch(table);
    table.addEventListener("keydown", (event) => range.onKey(event));
    table.addEventListener("mousedown", (event) => range.onMouse(event));
    table.addEventListener("copy", (event) => range.onCopy(event));
    table.addEventListener("change", (event) => event.target.dataset.field && sheet.save(event.target));
    table.addEventListener("focusin", (event) => thidua.enterRow(table, event.target.closest("tr[data-line]")));
    table.addEventListener("keydown", (event) => thidua.grid.onKey(table, event, (input) => sheet.restore(input)));
    table.addEventListener("paste", function (event) {
      const done = thidua.grid.onPaste(table, event, (input) => sheet.save(input));
      if (done) sheet.report.pasted(done);
    });
    sheet.recover();
  }

  document.addEventListener("click", guard, true);
  document.addEventListener("submit", guard, true);
  thidua.holdLeave(() => sheets.some(obstacle));
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("form[data-save]").forEach(start));
})();
