/* The line of one file: its name, how far it is, and in words what became of it. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const TONES = { new: "ok", same: "act", refused: "bad", stopped: "warn", waiting: "warn" };
  const ICONS = { new: "done", same: "info", refused: "bad", stopped: "warn", waiting: "wait" };

  function made(tag, className, words) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (words) node.textContent = words;
    return node;
  }

  thidua.fileLine = function (file) {
    const node = made("li");
    const bar = made("progress", "pg");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    node.append(made("span", "file-name", file.name.normalize("NFC")), bar, made("span", "file-words small", "Chờ đến lượt"));
    return node;
  };

  function wordsOf(row, data) {
    if (row.state === "sending") return `Đã gửi ${Math.round(row.part * 100)} %`;
    if (row.state === "waiting") return `Mất mạng, gửi tiếp sau ${data.seconds} giây`;
    const words = data.words || "";
    return words.charAt(0).toUpperCase() + words.slice(1);
  }

  /* A file that is there already: open its document, with the line one came from ready to be cited. */
  function offered(row, data, along) {
    const link = made("a", "", along ? "Dẫn văn bản đó" : "Mở văn bản đó");
    link.href = along ? `${data.url}?${along}` : data.url;
    link.append(made("span", "vh", ` (${row.file.name})`));
    return link;
  }

  function again(resume) {
    const button = made("button", "btn link", "Gửi tiếp");
    button.type = "button";
    button.addEventListener("click", resume);
    return button;
  }

  thidua.showFile = function (row, data, { over, along, resume }) {
    const [, bar, place] = row.node.children;
    bar.value = over ? 1 : row.part;
    bar.hidden = over;
    place.className = `file-words small ${TONES[row.state] || ""}`;
    place.replaceChildren();
    if (ICONS[row.state]) {
      const mark = made("span", `i i-${ICONS[row.state]}`);
      mark.setAttribute("aria-hidden", "true");
      place.append(mark, " ");
    }
    place.append(wordsOf(row, data));
    if (row.state === "same") place.append(" ", offered(row, data, along));
    if (row.state === "stopped") place.append(" ", again(resume));
  };
})();
