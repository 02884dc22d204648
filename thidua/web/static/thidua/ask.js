/* Questions before an act, and the warning before a session ends.
   Without this file the same buttons post their form and the server shows thidua/confirm.html. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const EARLY = 5 * 60; // seconds before the end of the session

  const plain = (text) => text.normalize("NFC").trim().replace(/\s+/g, " ").toLocaleLowerCase("vi");

  /* The button stays focusable and says by itself that it is not ready. */
  function judge(dialog) {
    const word = dialog.querySelector("[data-word]");
    const go = dialog.querySelector('[type="submit"]');
    if (!word || !go) return true;
    const ready = plain(word.value) === plain(word.dataset.word);
    go.setAttribute("aria-disabled", String(!ready));
    return ready;
  }

  function open(event, button) {
    const dialog = document.getElementById(button.dataset.open);
    if (!dialog || !dialog.showModal) return;
    event.preventDefault();
    judge(dialog);
    dialog.showModal();
  }

  document.addEventListener("click", function (event) {
    const opener = event.target.closest("[data-open]");
    if (opener) open(event, opener);
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog").close();
  });

  document.addEventListener("input", function (event) {
    const dialog = event.target.closest("dialog");
    if (dialog && event.target.matches("[data-word]")) judge(dialog);
  });

  document.addEventListener("submit", function (event) {
    const dialog = event.target.closest("dialog");
    if (dialog && !judge(dialog)) {
      event.preventDefault();
      const word = dialog.querySelector("[data-word]");
      thidua.alarm(`Gõ “${word.dataset.word}” để xác nhận.`);
      word.focus();
    }
  });

  document.addEventListener("DOMContentLoaded", function () {
    const seconds = document.body.dataset.sessionSeconds;
    const note = document.querySelector("[data-session-note]");
    if (seconds === undefined || !note) return;
    const wait = Math.min(Math.max(0, Number(seconds) - EARLY) * 1000, 2147483647);
    setTimeout(() => (note.hidden = false), wait);
  });
})();
