/* The score table: every cell is saved by itself, as soon as it is left. Contract of the markup
   (the same form posts by section without JavaScript):

   <form method="post" data-save="ADDRESS" data-who="POSITION ID">{% csrf_token %}
     <table data-score> … <tr data-line="I.3" data-why-url="ADDRESS">
       <td class="sc [text] [empty-cell|returned|locked]" data-l="Tự chấm">
         <input data-code="I.3" data-field="points" data-version="6" value="57,0" inputmode="decimal"
                autocomplete="off" aria-label="Điểm tự chấm dòng I.3, tối đa 60">
         <p class="sc-word">{% icon "back" %}Trả lại</p>          (only in a state)
     data-out="computed|points|delta" data-code="I.3" · data-out="section" data-code="I" · without a code:
     data-out="total", "left", "saved_at", "trouble" (no line, logged out), "report" (what a paste did),
   "undo" (its button), "wrong" (how many cells could not be saved, leads to the first)
     data-out="filter" data-code="lech": how many lines a filter would leave
   <aside class="why" id="vi-sao">: filled from data-why-url by htmx when another row takes the focus.
   <button data-guard>: waits until every cell is saved. data-optional: an empty cell is no gap.
   data-field: result target value chosen points reason explanation na (a checkbox, "1" or empty).
   A locked cell is readonly. data-version: version of the line, the same in all its cells.

   POST data-save: code, field, value, seen, was, request_id, csrfmiddlewaretoken; was is what the cell
   held before: a line that somebody else wrote meanwhile, but not in this cell, is no conflict. Answers:
   200 {ok, version, cells: {CODE: {computed, points, delta, state}}, sections: {CODE: text}, total, left,
        filters: {NAME: text}, saved_at, value?}; cells[CODE].doubt: a word beside the figure. Texts
        are shown as they come; value: how the saved cell reads
   409 {conflict: {value, who, at}, version} · 422 {message} · 403 {message}: refused, the text stays
   401, a redirect, 403 without message: sending stops until "Gửi lại" · 5xx, no answer: tried again. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const { cell, make } = thidua;

  class Sheet {
    constructor(form) {
      this.form = form;
      this.table = form.querySelector("[data-score]");
      const token = () => (/(?:^|; )csrftoken=([^;]+)/.exec(document.cookie) || [])[1] || form.elements.csrfmiddlewaretoken.value;
      this.queue = new thidua.Queue(form.dataset.save, form.dataset.who || "", token, (...said) => thidua.hear(this, ...said));
    }

    all() { return Array.from(this.table.querySelectorAll("[data-field]")); }
    line(code) { return Array.from(this.table.querySelectorAll(`[data-field][data-code="${CSS.escape(code)}"]`)); }
    find(code, field) { return this.line(code).find((input) => input.dataset.field === field); }
    out(name, code) { return this.form.querySelectorAll(`[data-out="${name}"]` + (code ? `[data-code="${CSS.escape(code)}"]` : "")); }
    known(input) { return (this.queue.latest(input.dataset.code, input.dataset.field) || { value: cell.saved(input) }).value; }
    go(input) { thidua.fold.open(this.table, [input.closest("tr")]); input.scrollIntoView({ block: "center" }); thidua.grid.go(input); }
    unsettled() { return this.all().find((input) => cell.isWrong(input) || cell.value(input) !== this.known(input)); }

    trouble(words) {
      const again = make("button", { type: "button", className: "btn" }, "Gửi lại");
      again.addEventListener("click", () => this.queue.resume());
      this.out("trouble").forEach((place) => place.replaceChildren(...(words ? [words, " ", again] : [])));
      if (words) thidua.say(words);
    }

    save(input) {
      const { code, field, version } = input.dataset;
      const value = cell.value(input);
      thidua.choice.withdraw(input);
      if (value === this.known(input)) return this.settled(input);
      if (input.inputMode === "decimal" && !thidua.readsAsNumber(value)) {
        const words = `Không đọc được “${value.slice(0, 20)}”. Nhập số, ví dụ 57,5.`;
        thidua.alarm(`Dòng ${code}: ${words}`);
        return cell.state(input, "conflict", words);
      }
      cell.state(input, "saving");
      return this.queue.add({ code, field, value, seen: version, was: this.known(input) });
    }

    /* Nothing to send: what the server refused of this cell before is given up. */
    settled(input) {
      this.queue.release(input.dataset.code, input.dataset.field);
      return this.queue.latest(input.dataset.code, input.dataset.field) || cell.settle(input);
    }

    restore(input) {
      cell.put(input, this.known(input));
      if (cell.isWrong(input)) this.save(input);
    }

    /* Changes this browser still holds from before: back into their cells, then on their way, also
       those of lines that a filter leaves out now. */
    recover() {
      this.queue.entries.forEach((entry) => {
        const input = this.find(entry.code, entry.field);
        if (!input) return;
        cell.put(input, entry.value);
        cell.state(input, "queued");
      });
      this.queue.run();
    }
  }

  thidua.Sheet = Sheet;
})();
