/* The scale editor: the chosen line stays in sight in the tree; typed but unsaved work is not left. */
(function () {
  "use strict";
  let dirty = false;

  function showCurrent() {
    const tree = document.getElementById("cay");
    const current = tree && tree.querySelector('.tree-list [aria-current="true"]');
    if (!current) return;
    const outer = tree.getBoundingClientRect();
    const inner = current.getBoundingClientRect();
    if (inner.top < outer.top) tree.scrollTop -= outer.top - inner.top + 48;
    const end = Math.min(outer.bottom, window.innerHeight);
    if (inner.bottom > end) tree.scrollTop += inner.bottom - end + 96;
  }

  document.addEventListener("input", function (event) {
    if (event.target.closest(".edit-form")) dirty = true;
  });

  /* A form that is sent, or swapped for another, holds nothing back any more. */
  document.addEventListener("submit", function () { dirty = false; });

  document.addEventListener("htmx:confirm", function (event) {
    const from = event.detail.elt;
    if (!dirty || !from.matches("a") || !from.closest(".edit")) return;
    event.preventDefault();
    if (window.confirm("Điều vừa ghi ở dòng này chưa lưu. Bỏ và sang dòng khác?")) {
      dirty = false;
      event.detail.issueRequest(true);
    }
  });

  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.detail.target && event.detail.target.id === "dong") {
      dirty = event.detail.target.querySelector(".errors") !== null;
      showCurrent();
      const errors = event.detail.target.querySelector(".errors");
      if (errors) errors.focus();
    }
  });

  document.addEventListener("DOMContentLoaded", function () {
    showCurrent();
    if (window.thidua) window.thidua.holdLeave(() => dirty);
  });
})();
