/* Pasting from Excel: fills downward from the cell, to the right for several columns. A column may
   come with its heading, and with the lines of groups among the others: those are passed over. What
   cannot enter is named and left alone, the rest is kept. An empty cell changes nothing. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const { columnOf, inColumn, isText, isList } = thidua.grid;
  const { isNumber, linesOf, asPlainNumbers } = thidua.clip;

  /* The choice of a list that a text names, by what people read or by its value. */
  function choice(input, text) {
    const same = (one) => one.value && [one.label, one.value].some((name) => name.trim().toLowerCase() === text.toLowerCase());
    const found = Array.from(input.options).find(same);
    return found && found.value;
  }

  /* Why a text cannot enter this cell; empty when it can. */
  function objection(input, text) {
    const short = `“${text.slice(0, 20)}”`;
    if (input.readOnly) return "ô đã khóa";
    if (isList(input)) return choice(input, text) === undefined ? `${short} không phải một lựa chọn` : "";
    if (!isText(input)) return "ô này phải đánh dấu, không dán được";
    if (input.inputMode === "decimal" && !thidua.readsAsNumber(text)) return `${short} không phải số`;
    return "";
  }

  function enter(row, column, value, report, accept) {
    if (row && !row.dataset.line) return (report.groups += 1);
    if (!value) return (report.blank += 1);
    if (!row || column === undefined) return (report.over += 1);
    const input = inColumn(row, column);
    const against = input ? objection(input, value) : "không có ô này";
    if (against) return report.refused.push(`dòng ${row.dataset.line}, ${against}`);
    report.cells.push({ input, before: thidua.cell.value(input) });
    thidua.cell.put(input, isList(input) ? choice(input, value) : value);
    return accept(input);
  }

  /* The columns that hold cells anywhere in the table, from this one to the right. */
  function columnsFrom(table, start) {
    const fields = Array.from(table.querySelectorAll("tr[data-line] [data-field]:not(:disabled)"));
    const places = new Map(fields.map((one) => [columnOf(one), one.closest("td, th").cellIndex]));
    const ordered = Array.from(places.keys()).sort((a, b) => places.get(a) - places.get(b));
    return ordered.slice(ordered.indexOf(columnOf(start)));
  }

  /* A first line of words above numbers is the heading of the column. */
  function withoutHeading(start, lines, report) {
    const words = lines[0][0] && !isNumber(lines[0][0]) && lines.length > 1 && isNumber(lines[1][0]);
    const above = start.inputMode === "decimal" && words;
    if (above) report.headings = lines[0][0];
    return above ? lines.slice(1) : lines;
  }

  /* The rows the lines are meant for: the scored ones, or all of them where the column leaves its
     cells at the groups empty, or is too long for the scored ones alone. */
  function rowsFor(table, start, lines) {
    const every = Array.from(table.querySelectorAll("tbody tr:not(.choose)"));
    const below = every.slice(every.indexOf(start.closest("tr")));
    const scored = below.filter((row) => row.dataset.line);
    const groups = lines.map((_, at) => at).filter((at) => below[at] && !below[at].dataset.line);
    const empty = groups.length > 0 && groups.every((at) => lines[at].every((text) => !text));
    const long = groups.length > 0 && lines.length > scored.length && lines.length <= below.length;
    return empty || long ? below : scored;
  }

  /* Calls `accept(input)` for every cell filled; answers what happened (score-report), or null for an
     ordinary paste. */
  thidua.grid.onPaste = function (table, event, accept) {
    const start = event.target;
    const copied = start.dataset.field && start.type !== "checkbox" ? linesOf(event) : null;
    if (!copied || !start.closest("tr").dataset.line) return null;
    event.preventDefault();
    const report = { cells: [], blank: 0, over: 0, groups: 0, headings: "", refused: [] };
    const lines = asPlainNumbers(withoutHeading(start, copied, report));
    const rows = rowsFor(table, start, lines);
    const columns = columnsFrom(table, start);
    if (thidua.fold) thidua.fold.open(table, rows.slice(0, lines.length));
    lines.forEach((line, down) => line.forEach((part, right) => enter(rows[down], columns[right], part, report, accept)));
    return report;
  };
})();
