/* Figures of an answer, put where people read them: the line, what depends on it, the sums. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const { cell, make } = thidua;

  function write(sheet, name, code, text) {
    if (text !== undefined && text !== null) sheet.out(name, code).forEach((place) => (place.textContent = text));
  }

  function delta(sheet, code, text) {
    if (text === undefined || text === null) return;
    const tone = text.startsWith("+") ? "up" : /^[-\u2212]/.test(text) ? "dn" : "eq";
    sheet.out("delta", code).forEach((place) =>
      place.replaceChildren(...(text ? [make("span", { className: `delta ${tone}` }, text)] : [])),
    );
  }

  /* Points follow the rule while nobody is typing over them. */
  function follow(sheet, code, points) {
    const input = sheet.find(code, "points");
    const busy = !input || points === undefined || sheet.queue.latest(code, "points") || cell.isWrong(input);
    if (busy || cell.value(input) !== cell.saved(input)) return;
    const changed = cell.saved(input) !== (points || "");
    input.dataset.saved = points || "";
    cell.put(input, points || "");
    if (changed) cell.settle(input);
  }

  /* A figure that can be right, but should be looked at again. */
  function doubt(sheet, code, text) {
    const input = sheet.line(code).find((one) => ["result", "value"].includes(one.dataset.field));
    if (!input || text === undefined) return;
    input.parentNode.querySelectorAll(".doubt").forEach((old) => old.remove());
    if (text) input.after(make("p", { className: "doubt small warn" }, text));
  }

  function line(sheet, code, figures) {
    doubt(sheet, code, figures.doubt);
    write(sheet, "computed", code, figures.computed);
    write(sheet, "points", code, figures.points);
    delta(sheet, code, figures.delta);
    follow(sheet, code, figures.points);
  }

  /* Sums, the line, and what depends on it. */
  function figures(sheet, answer) {
    const cells = answer.cells || {};
    Object.keys(cells).forEach((code) => line(sheet, code, cells[code]));
    Object.keys(answer.sections || {}).forEach((code) => write(sheet, "section", code, answer.sections[code]));
    Object.keys(answer.filters || {}).forEach((name) => write(sheet, "filter", name, answer.filters[name]));
    write(sheet, "total", "", answer.total);
    write(sheet, "left", "", answer.left);
    write(sheet, "saved_at", "", answer.saved_at && `Đã lưu lúc ${answer.saved_at}`);
  }

  thidua.figures = figures;
})();
