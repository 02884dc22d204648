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
})();
