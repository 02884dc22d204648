/* Lists of choices in the score table: whether a key belongs to the open choices of one. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const isList = (input) => input.tagName === "SELECT";
  const OPENERS = [" ", "F4"];
  const opened = new WeakSet(); // lists whose choices are open: their keys belong to the browser

  const TELLS = CSS.supports("selector(select:open)");

  /* Whether the keys belong to the open choices of a list; older browsers do not tell, so they are
     watched. */
  function isOpen(input, event) {
    if (!isList(input)) return false;
    if (TELLS) return input.matches(":open") || OPENERS.includes(event.key);
    const opens = OPENERS.includes(event.key) || (event.altKey && event.key.startsWith("Arrow"));
    if (opens && !opened.delete(input)) opened.add(input);
    const was = opens || opened.has(input);
    if (["Escape", "Enter", "Tab"].includes(event.key)) opened.delete(input);
    return was;
  }

  /* A list is opened by the mouse too, and closed by choosing or leaving. */
  function watch(table) {
    table.addEventListener("mousedown", (event) => isList(event.target) && opened.add(event.target));
    ["change", "focusout"].forEach((name) => table.addEventListener(name, (event) => opened.delete(event.target)));
  }

  thidua.list = { isList, isOpen, watch };
})();
