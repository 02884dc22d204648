/* Ids of files on their way, so that the same file chosen again goes on instead of beginning anew. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const DAY = 24 * 3600 * 1000; // as long as the server keeps a part

  /* crypto.randomUUID is missing on plain http, which is what a hall without internet has. */
  thidua.freshId = thidua.freshId || function () {
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = (b[6] & 0x0f) | 0x40;
    b[8] = (b[8] & 0x3f) | 0x80;
    const hex = Array.from(b, (n) => n.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  /* The ids of unfinished files, kept in this browser for as long as the server keeps their parts. */
  thidua.uploads = {
    name: (who, file) => `thidua.upload.${who}.${file.size}.${file.lastModified}.${file.name}`,
    recall(who, file) {
      try {
        const [id, at] = (localStorage.getItem(this.name(who, file)) || "").split("|");
        return id && Date.now() - Number(at) < DAY ? id : "";
      } catch (blocked) {
        return "";
      }
    },
    keep(who, file, id) {
      try {
        localStorage.setItem(this.name(who, file), `${id}|${Date.now()}`);
      } catch (blocked) {
        /* Then it goes on only as long as the page is open. */
      }
    },
    forget(who, file) {
      try {
        localStorage.removeItem(this.name(who, file));
      } catch (blocked) {
        /* Nothing was kept. */
      }
    },
  };
})();
