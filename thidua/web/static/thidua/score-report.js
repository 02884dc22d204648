/* What a paste did, told beside the sum as the answers come, and taken back: every cell gets its
   former value through the ordinary queue. Which cells could not be saved is told there too. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const { cell, make } = thidua;
  const MOST_NAMED = 5;

  /* A cell that was not taken, and why, for the middle of a sentence. */
  function trouble(input) {
    const word = document.getElementById(input.getAttribute("aria-describedby"));
    const text = word ? word.textContent.trim().replace(/\.$/, "") : "";
    return `dòng ${input.dataset.code}, ${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
  }

  function words(done) {
    const wrong = done.cells.map((one) => one.input).filter(cell.isWrong);
    const refused = [...done.refused, ...wrong.map(trouble)];
    const said = [`Đã dán ${done.cells.length - wrong.length} ô.`];
    if (done.headings) said.push(`Bỏ qua dòng tiêu đề “${done.headings.slice(0, 30)}”.`);
    if (done.groups) said.push(`Bỏ qua ${done.groups} dòng nhóm.`);
    if (done.blank) said.push(`Bỏ qua ${done.blank} ô trống.`);
    if (done.over) said.push(`${done.over} giá trị cuối không có dòng hoặc cột để nhận.`);
    const more = refused.length > MOST_NAMED ? `; và ${refused.length - MOST_NAMED} ô khác` : "";
    if (refused.length) said.push(`Không nhận ${refused.length} ô: ${refused.slice(0, MOST_NAMED).join("; ")}${more}.`);
    return said.join(" ");
  }

  function mark() {
    const picture = make("span", { className: "i i-bad" });
    picture.setAttribute("aria-hidden", "true");
    return picture;
  }

  class Report {
    constructor(sheet) {
      Object.assign(this, { sheet, done: null, fresh: false });
      sheet.table.addEventListener("cellstate", (event) => this.hear(event));
      sheet.table.addEventListener("input", () => (this.fresh = false));
      sheet.table.addEventListener("change", (event) => this.leave(event.target));
      sheet.table.addEventListener("keydown", (event) => this.onKey(event));
    }

    show(text, done = null) {
      this.done = done;
      const undo = make("button", { type: "button", className: "btn small-btn" }, "Hoàn tác");
      undo.addEventListener("click", () => this.undo());
      this.sheet.out("report").forEach((place) => (place.textContent = text));
      this.sheet.out("undo").forEach((place) => place.replaceChildren(...(done && done.cells.length ? [undo] : [])));
    }

    pasted(done) {
      this.show(words(done), done);
      this.fresh = done.cells.length > 0;
      thidua.say(words(done));
    }

    /* A cell became wrong or right: the alarm that told of it is over, the bar says how many are left. */
    hear(event) {
      const wrong = this.sheet.all().filter(cell.isWrong);
      const go = make("button", { type: "button", className: "btn link wrong" }, mark(), `${wrong.length} ô chưa lưu được`);
      go.addEventListener("click", () => this.sheet.go(wrong[0]));
      this.sheet.out("wrong").forEach((place) => place.replaceChildren(...(wrong.length ? [go] : [])));
      if (!cell.isWrong(event.target)) thidua.alarm("");
      if (this.done) this.sheet.out("report").forEach((place) => (place.textContent = words(this.done)));
    }

    /* What somebody has typed over since is no longer the paste's; one that went well is over then. */
    leave(input) {
      if (!this.done) return;
      this.done.cells.filter((one) => one.input === input).forEach((one) => (one.left = true));
      if (!this.done.refused.length && !this.done.cells.some((one) => cell.isWrong(one.input))) this.show("");
    }

    onKey(event) {
      const asked = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
      if (!asked || !this.fresh || !this.done) return;
      event.preventDefault();
      this.undo();
    }

    undo() {
      const back = this.done.cells.filter((one) => !one.left);
      this.fresh = false;
      this.show(`Đã bỏ lần dán, ${back.length} ô trở về số cũ.`);
      back.forEach(({ input, before }) => {
        cell.put(input, before);
        this.sheet.save(input);
      });
      if (back.length) back[0].input.focus();
      thidua.say(`Đã bỏ lần dán, ${back.length} ô trở về số cũ.`);
    }
  }

  thidua.Report = Report;
})();
