/* Two people changed one cell: both values and the other's name stand under the row until one is chosen. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const make = thidua.make;
  const nameOf = (input) => `${input.dataset.code} ${input.dataset.field}`;

  function withdraw(input) {
    document.querySelectorAll("tr.choose").forEach((row) => row.dataset.choose === nameOf(input) && row.remove());
  }

  /* Below its row; the cell somebody is in stays where it is on the screen. */
  function insert(row, extra) {
    const here = document.activeElement;
    const top = here.getBoundingClientRect().top;
    row.after(extra);
    if (!row.closest("table").contains(here)) return;
    row.closest(".scroll").scrollBy(0, here.getBoundingClientRect().top - top);
    here.scrollIntoView({ block: "nearest" });
  }

  /* Calls `decide(true)` when one's own value is kept, `decide(false)` when the other's is taken. */
  function choose(input, conflict, decide) {
    const mine = thidua.cell.value(input) || "để trống";
    const theirs = conflict.value || "để trống";
    const row = input.closest("tr");
    const who = conflict.own ? "Bạn đã sửa ở cửa sổ khác" : `${conflict.who} vừa sửa`;
    const words = `${who} thành ${theirs} lúc ${conflict.at}. Bạn nhập ${mine}. Chọn một.`;
    const keep = make("button", { type: "button", className: "btn" }, conflict.own ? `Giữ ${mine} ở đây` : `Giữ ${mine} của bạn`);
    const take = make("button", { type: "button", className: "btn" }, conflict.own ? `Lấy ${theirs} ở cửa sổ kia` : `Lấy ${theirs} của ${conflict.who}`);
    const acts = make("div", { className: "acts" }, keep, take);
    const extra = make("tr", { className: "choose" });
    extra.append(make("td", { colSpan: row.cells.length }, make("p", {}, words), acts));
    extra.dataset.choose = nameOf(input);
    withdraw(input);
    insert(row, extra);
    [keep, take].forEach((button) =>
      button.addEventListener("click", function () {
        extra.remove();
        decide(button === keep);
        input.focus();
      }),
    );
    thidua.alarm(`Dòng ${input.dataset.code}: ${words}`);
  }

  thidua.choice = { choose, withdraw };
})();
