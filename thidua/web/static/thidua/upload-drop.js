/* Files dragged over the page: the field shows that it takes them, wherever they are let go. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const carries = (event) => event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");

  thidua.dropFiles = function (drop, take) {
    /* Dropped beside the field, a file would replace the page and what is on its way would be lost. */
    document.addEventListener("dragover", function (event) {
      if (!carries(event)) return;
      event.preventDefault();
      drop.classList.add("over");
    });
    document.addEventListener("dragleave", (event) => event.relatedTarget || drop.classList.remove("over"));
    document.addEventListener("drop", function (event) {
      if (!carries(event)) return;
      event.preventDefault();
      drop.classList.remove("over");
      take(Array.from(event.dataTransfer.files));
    });
  };
})();
