// The slider of the flow, and the figures of what is pointed at. The page says all it has to say without this.
(function () {
  "use strict";
  const figure = document.querySelector(".flow-figure");
  if (!figure) return;
  const levels = Array.from(figure.querySelectorAll(".level"));
  const readout = figure.querySelector(".readout");
  const hint = readout.textContent + " With the keyboard: arrow keys within the picture.";
  let pointed = null;

  function choose(place) {
    levels.forEach(function (level, index) { level.hidden = index !== place; });
  }

  const slider = figure.querySelector(".slider");
  if (slider) {
    const input = slider.querySelector("input");
    const output = slider.querySelector("output");
    slider.hidden = false;
    const follow = function () {
      const level = levels[input.value - 1];
      choose(input.value - 1);
      output.textContent = level.dataset.extent;
      input.setAttribute("aria-valuetext", level.dataset.extent);
      say(null);
    };
    input.addEventListener("input", follow);
    follow();
  }

  function say(part) {
    if (pointed) pointed.classList.remove("pointed");
    pointed = part;
    if (part) part.classList.add("pointed");
    readout.textContent = part ? part.getAttribute("aria-label") : hint;
  }
  readout.hidden = false;
  say(null);

  levels.forEach(function (level) {
    const parts = Array.from(level.querySelectorAll(".box, .move"));
    let place = -1;
    parts.forEach(function (part, index) {
      part.setAttribute("tabindex", "-1");
      part.addEventListener("pointerenter", function () { say(part); });
      part.addEventListener("pointerleave", function () { if (document.activeElement !== part) say(null); });
      part.addEventListener("focus", function () { place = index; say(part); });
      part.addEventListener("blur", function () { say(null); });
    });
    level.addEventListener("keydown", function (event) {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") { level.focus(); return; }
      if (!step || !parts.length) return;
      event.preventDefault();
      place = (place + step + parts.length) % parts.length;
      parts[place].focus();
    });
  });
})();
