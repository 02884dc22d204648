/* Moving in the score table as in a spreadsheet: Enter or ↓ next row of the column, Shift+Enter or ↑
   back, Tab next field, ← → leave a text that is wholly chosen, or at its end, Home and End at the edge of the text go to
   the ends of the row, with Ctrl to those of the table, Esc restores what is saved. A list is a cell
   like any other: the arrows pass it; a letter chooses, Space or Alt+↓ opens it. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});

  const { isList, isOpen } = thidua.list;
  const fieldsOf = (row) => Array.from(row.querySelectorAll("[data-field]:not(:disabled)"));
  const rowsOf = (table) =>
    Array.from(table.querySelectorAll("tbody tr")).filter((row) => !row.hidden && row.querySelector("[data-field]:not(:disabled)"));
  const isText = (input) => input.tagName === "INPUT" && input.type !== "checkbox";
  /* The column a cell stands in, by its head: in one column lines ask for different things. */
  const columnOf = (input) => input.closest("td, th").dataset.l || "";
  const inColumn = (row, column) => fieldsOf(row).find((one) => columnOf(one) === column);

  /* The same column above or below; rows that lack it are passed over. */
  function vertical(table, input, step) {
    const rows = rowsOf(table);
    for (let at = rows.indexOf(input.closest("tr")) + step; rows[at]; at += step) {
      const same = inColumn(rows[at], columnOf(input));
      if (same) return same;
    }
    return null;
  }

  function sideways(input, step) {
    const fields = fieldsOf(input.closest("tr"));
    return fields[fields.indexOf(input) + step];
  }

  function end(table, input, event) {
    const rows = rowsOf(table);
    const last = event.key === "End";
    const row = event.ctrlKey ? rows[last ? rows.length - 1 : 0] : input.closest("tr");
    const fields = fieldsOf(row);
    return fields[last ? fields.length - 1 : 0];
  }

  /* A cell just come into has its whole text chosen: the arrows pass on, as in a spreadsheet. */
  const isWhole = (input) => input.selectionStart === 0 && input.selectionEnd === input.value.length;

  function atEdge(input, backwards) {
    if (!isText(input)) return true;
    return backwards ? input.selectionEnd === 0 : input.selectionStart === input.value.length;
  }

  /* Where a key leads; undefined leaves the key to the browser. */
  function goal(table, input, event) {
    const key = event.key;
    if (key === "Enter") return vertical(table, input, event.shiftKey ? -1 : 1);
    if (key === "ArrowDown") return vertical(table, input, 1);
    if (key === "ArrowUp") return vertical(table, input, -1);
    if (key === "ArrowLeft" && (isWhole(input) || atEdge(input, true))) return sideways(input, -1);
    if (key === "ArrowRight" && (isWhole(input) || atEdge(input, false))) return sideways(input, 1);
    if (key !== "Home" && key !== "End") return undefined;
    return event.ctrlKey || atEdge(input, key === "Home") ? end(table, input, event) : undefined;
  }

  /* Enter in the last row leads nowhere, but it still means "done": the cell is saved. */
  function commit(input) {
    input.blur();
    input.focus();
  }

  function go(next) {
    next.focus();
    if (isText(next)) next.select();
  }

  function onKey(table, event, restore) {
    const input = event.target;
    if (!input.dataset.field || event.metaKey || event.isComposing || isOpen(input, event) || event.altKey) return;
    if (event.key === "Escape") restore(input);
    if (input.tagName !== "INPUT" && !isList(input)) return;
    const next = goal(table, input, event);
    if (next || event.key === "Enter" || (isList(input) && next === null)) event.preventDefault();
    if (!next) return event.key === "Enter" && isText(input) && commit(input);
    go(next);
  }

  thidua.grid = { onKey, rowsOf, fieldsOf, isText, isList, columnOf, inColumn, vertical, go };
})();
