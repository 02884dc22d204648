/* One file on its way to the server, piece by piece, under an id that stays the same however often
   it is tried. A broken line goes on where the server stopped receiving; so does the same file chosen
   again after the page was closed. Knows nothing of the page: it reports to `listen(state, data)`.
   States: sending (part 0..1) · waiting (seconds) · new · same · refused (words) · stopped (words). */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const PATIENCE = 60000; // milliseconds for one answer on a weak line
  const FIRST_WAIT = 1000;
  const LONGEST_WAIT = 30000;
  const FAILED = "Máy chủ không nhận tệp này. Tải lại trang rồi nạp lại.";
  const LOG_IN = "Đăng nhập lại ở cửa sổ khác rồi bấm Gửi tiếp.";

  const sleep = (ms, signal) =>
    new Promise(function (wake) {
      const clock = setTimeout(wake, ms);
      const early = () => (clearTimeout(clock), wake());
      signal.addEventListener("abort", early, { once: true });
      window.addEventListener("online", early, { once: true });
    });

  class Transfer {
    constructor(file, { address, who, piece, most, token, listen }) {
      Object.assign(this, { file, address, who, piece, most, token, listen });
      this.id = thidua.uploads.recall(who, file) || thidua.freshId();
      this.leave = new AbortController();
      this.wait = 0;
    }

    stop() {
      this.leave.abort();
    }

    /* Resolves when nothing more will happen to this file by itself. */
    async run() {
      if (!this.file.size) return this.end("refused", { words: "Tệp rỗng, không có nội dung. Chọn lại tệp." });
      if (this.file.size > this.most) {
        const words = `Tệp lớn hơn ${Math.floor(this.most / 1048576)} MB. Quét lại ở 200 dpi hoặc tách làm hai.`;
        return this.end("refused", { words });
      }
      thidua.uploads.keep(this.who, this.file, this.id);
      let at = null; // null: ask how far the server has come
      while (!this.leave.signal.aborted) {
        const [status, data] = await this.ask(at);
        if (data && data.outcome) return this.end(data.outcome, data);
        if ((status === 200 || status === 409) && data) at = data.received;
        else if (status === 403 || status === 401) return this.end("stopped", { words: LOG_IN });
        else if (status >= 400 && status < 500) return this.end("refused", data && data.words ? data : { words: FAILED });
        else at = await this.pause();
        if (status === 200 || status === 409) this.wait = 0;
        /* All is there, but the server could not finish: the last piece once more lets it try. */
        if (at !== null && at >= this.file.size) at = Math.max(0, this.file.size - this.piece);
        if (at !== null) this.listen("sending", { part: at / this.file.size });
      }
      return undefined;
    }

    end(state, data) {
      if (state !== "stopped") thidua.uploads.forget(this.who, this.file);
      this.listen(state, data);
    }

    /* The server is away or answers nonsense: wait, longer each time, then ask how far it is. */
    async pause() {
      this.wait = Math.min(LONGEST_WAIT, Math.max(FIRST_WAIT, this.wait * 2));
      this.listen("waiting", { seconds: Math.round(this.wait / 1000) });
      await sleep(this.wait, this.leave.signal);
      return null;
    }

    async ask(at) {
      const query = { ma: this.id };
      const options = { credentials: "same-origin", redirect: "manual", headers: { Accept: "application/json" } };
      if (at !== null) {
        Object.assign(query, { tu: at, ca: this.file.size, ten: this.file.name });
        options.method = "POST";
        options.body = this.file.slice(at, Math.min(at + this.piece, this.file.size));
        options.headers["X-CSRFToken"] = this.token();
        options.headers["Content-Type"] = "application/octet-stream";
      }
      const cut = new AbortController();
      const clock = setTimeout(() => cut.abort(), PATIENCE);
      this.leave.signal.addEventListener("abort", () => cut.abort(), { once: true });
      try {
        const answer = await fetch(`${this.address}?${new URLSearchParams(query)}`, { ...options, signal: cut.signal });
        if (answer.type === "opaqueredirect") return [401, null];
        return [answer.status, await answer.json().catch(() => null)];
      } catch (unreachable) {
        return [0, null];
      } finally {
        clearTimeout(clock);
      }
    }
  }

  thidua.Transfer = Transfer;
})();
