/* Many files at once into the library: chosen or dropped, one after the other, each with its own line
   of words. Without this file the same form sends them the plain way. Markup: form[data-upload]. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const form = document.querySelector("form[data-upload]");
  if (!form || !thidua.Transfer) return;
  const input = form.querySelector('input[type="file"]');
  const drop = form.querySelector("[data-drop]");
  const list = form.querySelector("[data-files]");
  const rows = []; // {file, state, part, node, id}
  let busy = false;

  const token = () => form.querySelector('[name="csrfmiddlewaretoken"]').value;
  const over = (row) => ["new", "same", "refused"].includes(row.state);

  function add(files) {
    for (const file of files) {
      const same = (row) => ["name", "size", "lastModified"].every((part) => row.file[part] === file[part]);
      if (rows.some((row) => same(row) && row.state !== "refused")) continue;
      const node = thidua.fileLine(file);
      list.append(node);
      rows.push({ file, state: "queued", part: 0, node });
    }
    form.querySelector("[data-list]").hidden = !rows.length;
    tell();
    run();
  }

  async function run() {
    if (busy) return;
    busy = true;
    let row;
    while ((row = rows.find((one) => one.state === "queued"))) await send(row);
    busy = false;
    finish();
  }

  function queue(row) {
    row.state = "queued";
    run();
  }

  function send(row) {
    const listen = function (state, data) {
      row.state = state;
      if (state === "sending") row.part = data.part;
      if (state === "new") row.id = data.id;
      thidua.showFile(row, data, { over: over(row), along: form.dataset.along, resume: () => queue(row) });
      tell();
    };
    row.state = "sending";
    const { upload, who, piece, most } = form.dataset;
    const settings = { address: upload, who, piece: Number(piece), most: Number(most), token, listen };
    return new thidua.Transfer(row.file, settings).run();
  }

  const count = (state) => rows.filter((row) => row.state === state).length;

  function sentence() {
    const parts = [];
    if (count("new")) parts.push(`đã nạp ${count("new")} tệp`);
    if (count("same")) parts.push(`${count("same")} tệp đã có trong kho`);
    if (count("refused")) parts.push(`${count("refused")} tệp không nhận được`);
    const left = rows.filter((row) => !over(row)).length;
    if (left) parts.push(`còn ${left} tệp`);
    const words = parts.join(", ");
    return words ? `${words.charAt(0).toUpperCase()}${words.slice(1)}.` : "";
  }

  function tell() {
    form.querySelector("[data-sum]").textContent = sentence();
    const whole = rows.reduce((sum, row) => sum + row.file.size, 0) || 1;
    const sent = rows.reduce((sum, row) => sum + row.file.size * (over(row) ? 1 : row.part), 0);
    form.querySelector("[data-all]").value = sent / whole;
  }

  function finish() {
    thidua.say(sentence());
    const fresh = rows.filter((row) => row.state === "new");
    const end = form.querySelector("[data-done]");
    end.hidden = !fresh.length;
    if (!fresh.length) return;
    const go = end.querySelector("[data-go]");
    const keys = fresh.map((row) => `van-ban=${row.id}`).join("&");
    const next = form.dataset.next;
    go.href = next + (next.endsWith("?") ? "" : "&") + keys;
    go.textContent = `Ghi thông tin ${fresh.length} văn bản vừa nạp`;
    go.focus();
  }

  input.addEventListener("change", function () {
    add(input.files);
    input.value = "";
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  thidua.dropFiles(drop, add);
  thidua.holdLeave(() => rows.some((row) => ["queued", "sending", "waiting"].includes(row.state)));
})();
