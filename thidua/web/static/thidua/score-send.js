/* One change, one request: what the server made of it, in one word and its answer.
   saved · conflict · refused (the text stays, nothing is tried again) · stopped (log in again) ·
   offline (nobody knows; the same change is tried again under the same id). */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const PATIENCE = 20000; // milliseconds for one answer

  /* crypto.randomUUID is missing on plain http, which is what a hall without internet has. */
  thidua.freshId = function () {
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = (b[6] & 0x0f) | 0x40;
    b[8] = (b[8] & 0x3f) | 0x80;
    const hex = Array.from(b, (n) => n.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  async function judge(answer) {
    if (answer.type === "opaqueredirect" || answer.status === 401) return ["stopped", {}];
    const data = await answer.json().catch(() => null);
    if (answer.status === 403 && !(data && data.message)) return ["stopped", {}];
    if (answer.status >= 500 || answer.status === 429 || (answer.ok && !data)) return ["offline", {}];
    if (answer.ok) return ["saved", data];
    return [answer.status === 409 && data && data.conflict ? "conflict" : "refused", data || {}];
  }

  thidua.send = async function (address, token, entry) {
    const { code, field, value, seen, was = "", request_id } = entry;
    const cut = new AbortController();
    const clock = setTimeout(() => cut.abort(), PATIENCE);
    try {
      const answer = await fetch(address, {
        method: "POST",
        body: new URLSearchParams({ code, field, value, seen, was, request_id, csrfmiddlewaretoken: token }),
        headers: { "X-CSRFToken": token, Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
        signal: cut.signal,
      });
      return await judge(answer);
    } catch (unreachable) {
      return ["offline", {}];
    } finally {
      clearTimeout(clock);
    }
  };
})();
