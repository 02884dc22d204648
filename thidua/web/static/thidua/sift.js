/* Tables of evidence: a field that leaves only the rows that hold its words (marks of letters do not
   matter), and ticks that follow what is typed. */
(function () {
  "use strict";
  const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

  document.addEventListener("input", function (event) {
    const field = event.target.closest("[data-sift]");
    if (!field) return;
    const words = bare(field.value).split(/\s+/).filter(Boolean);
    document.querySelectorAll(`#${field.dataset.sift} tbody tr`).forEach(function (row) {
      const box = row.querySelector('input[type="checkbox"]');
      const text = bare(row.textContent);
      row.hidden = !(box && box.checked) && !words.every((word) => text.includes(word));
    });
  });
  /* A row that was changed is a row that is taken: its tick says so. */
  document.addEventListener("input", function (event) {
    const row = event.target.closest(".describe tr");
    const tick = row && row.querySelector('.keep input[type="checkbox"]');
    if (tick && tick !== event.target) tick.checked = true;
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.target.closest("[data-sift]")) event.preventDefault();
  });
})();
