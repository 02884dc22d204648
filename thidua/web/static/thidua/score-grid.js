/* Moving in the score table as in a spreadsheet: Enter or ↓ next row, Shift+Enter or ↑ back, Tab next
   field, ← → leave at the end of the text, Home and End at the edge of the text go to the ends of the
   row, with Ctrl to those of the table, Esc restores what is saved. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});

  const fieldsOf = (row) => Array.from(row.querySelectorAll("[data-field]:not(:disabled)"));
  const rowsOf = (table) =>
    Array.from(table.querySelectorAll("tbody tr")).filter((row) => row.querySelector("[data-field]:not(:disabled)"));
  const isText = (input) => input.tagName === "INPUT" && input.type !== "checkbox";

  /* The same column above or below; rows that lack it are passed over. */
  function vertical(table, input, step) {
    const rows = rowsOf(table);
    for (let at = rows.indexOf(input.closest("tr")) + step; rows[at]; at += step) {
      const same = fieldsOf(rows[at]).find((one) => one.dataset.field === input.dataset.field);
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
    if (key === "ArrowLeft" && atEdge(input, true)) return sideways(input, -1);
    if (key === "ArrowRight" && atEdge(input, false)) return sideways(input, 1);
    if (key !== "Home" && key !== "End") return undefined;
    return event.ctrlKey || atEdge(input, key === "Home") ? end(table, input, event) : undefined;
  }

  /* Enter in the last row leads nowhere, but it still means "done": the cell is saved. */
  function commit(input) {
    input.blur();
    input.focus();
  }

  function onKey(table, event, restore) {
    const input = event.target;
    if (!input.dataset.field || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === "Escape") restore(input);
    if (input.tagName !== "INPUT") return;
    const next = goal(table, input, event);
    if (next || event.key === "Enter") event.preventDefault();
    if (!next) return event.key === "Enter" && isText(input) && commit(input);
    next.focus();
    if (isText(next)) next.select();
  }

  thidua.grid = { onKey, rowsOf, fieldsOf, isText };
})();
