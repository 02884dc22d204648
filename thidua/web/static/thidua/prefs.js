/* What this reader chose on this machine, applied before the first paint: text size, density,
   theme, open sidebar. Loaded in the head on purpose; everything else is deferred. */
(function () {
  "use strict";
  var root = document.documentElement;
  var names = ["size", "dense", "theme", "nav"];
  var thidua = (window.thidua = window.thidua || {});

  root.classList.add("js");

  thidua.recall = function (name) {
    try {
      return localStorage.getItem("thidua." + name);
    } catch (blocked) {
      return null;
    }
  };

  thidua.prefer = function (name, value) {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
    try {
      if (value) localStorage.setItem("thidua." + name, value);
      else localStorage.removeItem("thidua." + name);
    } catch (blocked) {
      /* A browser that keeps nothing still obeys until the page is left. */
    }
  };

  names.forEach(function (name) {
    var value = thidua.recall(name);
    if (value) root.dataset[name] = value;
  });

  /* A long table shows its first screen at once and takes typing; the rows after it (data-later) are
     laid out in pieces right after, so that no piece holds up a key. Stands here because the class
     that hides them does. */
  function show(count) {
    var rows = document.querySelectorAll("tr[data-later]");
    for (var at = 0; at < Math.min(count, rows.length); at += 1) rows[at].removeAttribute("data-later");
    if (rows.length > count) setTimeout(show, 16, count);
  }

  thidua.showRows = () => show(Infinity);
  window.addEventListener("load", () => setTimeout(show, 16, 12));
})();
