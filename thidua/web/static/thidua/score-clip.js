/* What Excel puts on the clipboard, as lines of texts, its numbers written plainly. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const NUMBER = /^[+\-\u2212]?\d[\d.,\s\u00a0]*%?$/;
  const COMMA = /\d,\d{1,2}%?$|\.\d{3},\d/; // 57,5 · 1.000,5
  const DOT = /^[^.,]*\.\d{1,2}%?$|,\d{3}\.\d/; // 57.5 · 1,000.5

  thidua.readsAsNumber = (text) => text === "" || NUMBER.test(text);

  /* What Excel puts on the clipboard; a cell with line breaks stands in quotes. */
  function gridOf(text) {
    const cells = /(?:^|\t|\n)(?:"((?:[^"]|"")*)"(?=\t|\n|$)|([^\t\n]*))/g;
    const lines = [];
    for (const found of text.matchAll(cells)) {
      if (found[0][0] !== "\t") lines.push([]);
      if (!lines.length) lines.push([]);
      const value = found[1] === undefined ? found[2] : found[1].replace(/""/g, '"').replace(/\n/g, " ");
      lines[lines.length - 1].push(value.trim());
    }
    return lines;
  }

  function linesOf(event) {
    const text = event.clipboardData.getData("text/plain").normalize("NFC");
    const plain = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    return /[\n\t]/.test(plain) ? gridOf(plain) : null;
  }

  /* Numbers of a column written one way throughout are read that way: with 57,5 in it, 1.000 is a
     thousand; with 57.5 in it, 1,000 is. Without such a number nothing is guessed. */
  function plainNumbers(values) {
    const comma = values.some((text) => NUMBER.test(text) && COMMA.test(text));
    const dot = values.some((text) => NUMBER.test(text) && DOT.test(text));
    return values.map(function (text) {
      const negative = text.replace(/^\((.*\d.*)\)$/, "\u2212$1");
      if (!NUMBER.test(negative) || comma === dot) return negative;
      return comma ? negative.replace(/\.(?=\d{3})/g, "") : negative.replace(/,(?=\d{3})/g, "").replace(".", ",");
    });
  }

  function asPlainNumbers(lines) {
    const width = Math.max(...lines.map((line) => line.length));
    const columns = Array.from({ length: width }, (_, right) => plainNumbers(lines.map((line) => line[right] || "")));
    return lines.map((line) => line.map((_, right) => columns[right][lines.indexOf(line)]));
  }

  thidua.clip = {
    isNumber: (text) => NUMBER.test(text.replace(/^\((.*)\)$/, "$1")),
    linesOf,
    asPlainNumbers,
  };
})();
