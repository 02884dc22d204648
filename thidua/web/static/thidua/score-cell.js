/* One cell of the score table: what it holds and the state it is in, a border and a word. Becoming
   wrong, and right again, is told by the event "cellstate". */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const WORDS = {
    "empty-cell": ["", "Chưa nhập"],
    saving: ["", "Đang lưu"],
    queued: ["clock", "Chờ gửi"],
    saved: ["done", "Đã lưu"],
    conflict: ["bad", "2 người sửa"],
    returned: ["back", "Trả lại"],
    locked: ["lock", "Khóa"],
  };
  const SAVING_AFTER = 300;
  const SAVED_FOR = 4000;
  const FADE = 600;
  const timers = new WeakMap();
  const isBox = (input) => input.type === "checkbox";

  /* An element with properties and children; texts enter as text, never as markup. */
  thidua.make = function (name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  /* A choice for a whole group stands in the head of its row. */
  const place = (input) => input.closest("td, th");

  function wordOf(input) {
    const inside = place(input);
    const word = inside.querySelector(".sc-word") || thidua.make("p", { className: "sc-word" });
    word.id = word.id || `o-${input.dataset.code}-${input.dataset.field}`;
    if (!word.isConnected) inside.append(word);
    return word;
  }

  function show(input, state, words) {
    const [icon, usual] = WORDS[state] || ["", ""];
    const text = words || usual;
    const picture = thidua.make("span", { className: `i i-${icon}` });
    const word = wordOf(input);
    picture.setAttribute("aria-hidden", "true");
    const was = input.getAttribute("aria-invalid") === "true";
    place(input).classList.remove(...Object.keys(WORDS));
    if (state) place(input).classList.add(state);
    word.className = "sc-word";
    word.replaceChildren(...(icon ? [picture] : []), text);
    input.setAttribute("aria-invalid", String(state === "conflict"));
    if (text) input.setAttribute("aria-describedby", word.id);
    else input.removeAttribute("aria-describedby");
    if (was || state === "conflict") input.dispatchEvent(new CustomEvent("cellstate", { bubbles: true }));
  }

  function initial(input) {
    if (isBox(input)) return input.defaultChecked ? "1" : "";
    if (input.tagName !== "SELECT") return input.defaultValue.trim();
    const chosen = Array.from(input.options).find((option) => option.defaultSelected);
    return chosen ? chosen.value : "";
  }

  /* "Đã lưu" has been read: it fades, then the state that stays takes its place. */
  function fade(input, rest) {
    wordOf(input).classList.add("fading");
    timers.set(input, setTimeout(() => cell.settle(input, rest), FADE));
  }

  const cell = (thidua.cell = {
    value: (input) => (isBox(input) ? (input.checked ? "1" : "") : input.value.trim()),

    /* What the server is known to hold; Esc goes back to it. */
    saved: (input) => (input.dataset.saved === undefined ? initial(input) : input.dataset.saved),

    put(input, value) {
      if (isBox(input)) input.checked = value === "1";
      else input.value = value;
    },

    isWrong: (input) => input.getAttribute("aria-invalid") === "true",

    /* The state that stays: none, empty, or what the server says (returned, locked). */
    settle(input, state) {
      clearTimeout(timers.get(input));
      const empty = !isBox(input) && !cell.value(input) && !input.matches("[data-optional]");
      show(input, state === "returned" || state === "locked" ? state : empty ? "empty-cell" : "");
    },

    /* The state now; "saving" shows only when it lasts, "saved" gives way to `rest` after a while. */
    state(input, state, words, rest) {
      clearTimeout(timers.get(input));
      if (state !== "saving") show(input, state, words);
      else timers.set(input, setTimeout(() => show(input, state), SAVING_AFTER));
      if (state === "saved") timers.set(input, setTimeout(() => fade(input, rest), SAVED_FOR));
    },
  });
})();
