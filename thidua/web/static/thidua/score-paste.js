/* Pasting from Excel: fills downward from the cell, to the right for several columns. What cannot enter
   is named and left alone, the rest is kept. An empty cell of the clipboard changes nothing. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const { rowsOf, fieldsOf, isText } = thidua.grid;
  const NUMBER = /^[+\-\u2212]?\d[\d.,\s\u00a0]*%?$/;

  thidua.readsAsNumber = (text) => text === "" || NUMBER.test(text);

  function linesOf(event) {
    const text = event.clipboardData.getData("text/plain").normalize("NFC");
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    return /[\n\t]/.test(lines) ? lines.split("\n").map((line) => line.split("\t")) : null;
  }

  /* Why a text cannot enter this cell; empty when it can. */
  function objection(input, text) {
    if (input.readOnly) return "ô đã khóa";
    if (!isText(input)) return "ô này phải chọn, không dán được";
    if (input.inputMode === "decimal" && !thidua.readsAsNumber(text)) return `“${text.slice(0, 20)}” không phải số`;
    return "";
  }

  function words(report) {
    const said = [`Đã dán ${report.kept} ô.`];
    if (report.blank) said.push(`Bỏ qua ${report.blank} ô trống.`);
    if (report.over) said.push(`${report.over} giá trị cuối không có dòng hoặc cột để nhận.`);
    if (report.refused.length) said.push(`Không nhận ${report.refused.length} ô: ${report.refused.join("; ")}.`);
    return said.join(" ");
  }

  function enter(row, field, value, report, accept) {
    if (!value) return (report.blank += 1);
    if (!row || !field) return (report.over += 1);
    const input = fieldsOf(row).find((one) => one.dataset.field === field);
    const code = fieldsOf(row)[0].dataset.code;
    const against = input ? objection(input, value) : "không có ô này";
    if (against) return report.refused.push(`dòng ${code}, ${against}`);
    thidua.cell.put(input, value);
    accept(input);
    return (report.kept += 1);
  }

  /* Calls `accept(input)` for every cell filled; answers what happened, or null for an ordinary paste. */
  thidua.grid.onPaste = function (table, event, accept) {
    const start = event.target;
    const lines = start.dataset.field && isText(start) ? linesOf(event) : null;
    if (!lines) return null;
    event.preventDefault();
    const rows = rowsOf(table);
    const top = rows.indexOf(start.closest("tr"));
    const fields = fieldsOf(rows[top]).map((input) => input.dataset.field);
    const first = fields.indexOf(start.dataset.field);
    const report = { kept: 0, blank: 0, over: 0, refused: [] };
    lines.forEach((line, down) =>
      line.forEach((part, right) => enter(rows[top + down], fields[first + right], part.trim(), report, accept)),
    );
    return words(report);
  };
})();
