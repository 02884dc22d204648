/* Lines read from a table: mark as seen those that stand in the window now, never the rest. */
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-confirm-seen]");
    if (!button) return;
    const area = button.closest("form").querySelector(".scroll");
    const frame = area.getBoundingClientRect();
    let marked = 0;
    area.querySelectorAll("tbody tr").forEach(function (row) {
      const place = row.getBoundingClientRect();
      const box = row.querySelector('input[type="checkbox"]');
      if (place.top < frame.top || place.bottom > frame.bottom + 1 || !box || box.checked) return;
      box.checked = true;
      marked += 1;
    });
    window.thidua.say(`Đã đánh dấu ${marked} dòng.`);
  });
})();
