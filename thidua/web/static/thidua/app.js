/* Behaviour every page shares; listens on the document, so parts swapped in later work too. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const root = document.documentElement;
  const SIZES = { 1: "vừa", 2: "lớn", 3: "rất lớn" };
  const SPACING = 2000; // at most one polite message in two seconds
  let waiting = null;
  let spokenAt = 0;

  function put(region, words) {
    const place = document.querySelector(`[data-live="${region}"]`);
    if (place) place.textContent = words;
  }

  /* Say something without interrupting; of several in a hurry only the last is said. */
  thidua.say = function (words) {
    clearTimeout(waiting);
    const rest = Math.max(0, spokenAt + SPACING - Date.now());
    waiting = setTimeout(function () {
      spokenAt = Date.now();
      put("polite", words);
    }, rest);
  };

  thidua.alarm = (words) => put("assertive", words);

  /* Reasons to stay: each function answers whether leaving now would lose something. */
  const holds = [];
  thidua.holdLeave = (holds_back) => holds.push(holds_back);
  window.addEventListener("beforeunload", function (event) {
    if (!holds.some((holds_back) => holds_back())) return;
    event.preventDefault();
    event.returnValue = "";
  });

  function pressed() {
    const state = { dense: root.dataset.dense, theme: root.dataset.theme === "dark", nav: root.dataset.nav };
    document.querySelectorAll('[data-flip="dense"]').forEach((b) => b.setAttribute("aria-pressed", !!state.dense));
    document.querySelectorAll("[data-theme-btn]").forEach((b) => b.setAttribute("aria-pressed", state.theme));
    document.querySelectorAll("[data-pin]").forEach((b) => b.setAttribute("aria-pressed", !!state.nav));
  }

  const acts = {
    "[data-size-btn]": function () {
      const next = (Number(root.dataset.size || 1) % 3) + 1;
      thidua.prefer("size", next === 1 ? "" : String(next));
      thidua.say(`Cỡ chữ ${SIZES[next]}.`);
    },
    '[data-flip="dense"]': () => thidua.prefer("dense", root.dataset.dense ? "" : "1"),
    "[data-theme-btn]": () => thidua.prefer("theme", root.dataset.theme === "dark" ? "" : "dark"),
    "[data-pin]": () => thidua.prefer("nav", root.dataset.nav ? "" : "open"),
    "[data-print]": () => window.print(),
    "[data-reveal]": function (box) {
      const field = document.getElementById(box.dataset.reveal);
      field.type = box.checked ? "text" : "password";
    },
    "[data-why-toggle]": function (button) {
      const work = button.closest(".work") || document.querySelector(".work");
      const off = work.dataset.why !== "off";
      work.dataset.why = off ? "off" : "on";
      const opener = document.querySelector("[data-why-toggle][aria-expanded]");
      if (opener) opener.setAttribute("aria-expanded", String(!off));
      if (off && opener && button.closest(".why")) opener.focus();
    },
  };

  document.addEventListener("click", function (event) {
    const target = event.target;
    for (const selector of Object.keys(acts)) {
      const found = target.closest(selector);
      if (found) acts[selector](found);
    }
    pressed();
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(target)) menu.open = false;
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  document.addEventListener("DOMContentLoaded", function () {
    pressed();
    const first = document.querySelector("[data-focus]");
    if (first) first.focus();
  });
})();
