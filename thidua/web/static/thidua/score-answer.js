/* What the server answered, put where people read it: the cell and the line of trouble; figures are drawn by score-figures. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const { cell, figures } = thidua;
  const recent = [];

  function said(code) {
    const now = Date.now();
    recent.push(now);
    while (recent[0] < now - 2000) recent.shift();
    thidua.say(recent.length > 1 ? `${recent.length} ô đã lưu.` : `Dòng ${code} đã lưu.`);
  }

  function saved(sheet, input, entry, answer) {
    sheet.line(entry.code).forEach((one) => {
      if (one.dataset.version === entry.seen) one.dataset.version = answer.version;
    });
    input.dataset.version = answer.version;
    input.dataset.saved = answer.value === undefined ? entry.value : answer.value;
    const latest = sheet.queue.latest(entry.code, entry.field);
    const untouched = !latest && cell.value(input) === entry.value;
    if (untouched) cell.put(input, input.dataset.saved);
    figures(sheet, answer);
    if (untouched) cell.state(input, "saved", "", ((answer.cells || {})[entry.code] || {}).state);
    said(entry.code);
  }

  function conflict(sheet, input, entry, answer) {
    const later = sheet.queue.latest(entry.code, entry.field);
    if (later) sheet.queue.drop(later);
    if (later) sheet.queue.store.put(Object.assign(entry, { value: later.value }));
    input.dataset.version = answer.version;
    input.dataset.saved = answer.conflict.value;
    cell.state(input, "conflict", answer.conflict.own ? "Bạn đã sửa ở cửa sổ khác" : "");
    thidua.choice.choose(input, answer.conflict, function (own) {
      if (!own) cell.put(input, answer.conflict.value);
      sheet.save(input);
    });
  }

  function refused(sheet, input, entry, answer) {
    const words = answer.message || "Chưa lưu được ô này. Tải lại trang rồi nhập lại.";
    if (!sheet.queue.latest(entry.code, entry.field)) cell.state(input, "conflict", words);
    thidua.alarm(`Dòng ${entry.code}: ${words}`);
  }

  function waiting(sheet, outcome) {
    const many = sheet.queue.entries.length;
    const lost = `Mất mạng. ${many} ô giữ trên máy này, tự gửi khi có mạng.`;
    const out = `Chưa gửi được ${many} ô, đang giữ trên máy này. Đăng nhập lại ở cửa sổ khác rồi bấm Gửi lại.`;
    const inputs = sheet.queue.entries.map((one) => sheet.find(one.code, one.field));
    inputs.filter(Boolean).forEach((input) => cell.state(input, "queued"));
    sheet.trouble(outcome === "stopped" ? out : lost);
  }

  /* A change of a line that is not on the page now, left from before: told in the line of trouble. */
  const away = {
    saved: (sheet, entry, answer) => figures(sheet, answer),
    conflict: (sheet, entry, answer) => absent(sheet, entry, `${answer.conflict.who} đã sửa thành ${answer.conflict.value || "để trống"}.`),
    refused: (sheet, entry, answer) => absent(sheet, entry, answer.message || ""),
  };

  function absent(sheet, entry, why) {
    const words = `Dòng ${entry.code}: bạn đã nhập ${entry.value || "để trống"}, chưa lưu. ${why} Hiện cả các dòng rồi chọn ở dòng đó.`;
    sheet.report.show(words);
    thidua.alarm(words);
  }

  const hearing = { saved, conflict, refused };

  /* The one who listens to the queue of a sheet. */
  thidua.hear = function (sheet, outcome, entry, answer) {
    if (!hearing[outcome]) return waiting(sheet, outcome);
    sheet.trouble("");
    const input = sheet.find(entry.code, entry.field);
    return input ? hearing[outcome](sheet, input, entry, answer) : away[outcome](sheet, entry, answer);
  };
})();
