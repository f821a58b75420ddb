// Keys for those who like them; every page works without: "/" goes to the search field, j and k walk
// through the articles found.
"use strict";

const typing = (element) => /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);

function walk(step) {
  const links = [...document.querySelectorAll(".hits a.title")];
  if (!links.length) return;
  const next = links.indexOf(document.activeElement) + step;
  links[Math.min(Math.max(next, 0), links.length - 1)].focus();
}

document.addEventListener("keydown", (event) => {
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.querySelector("[data-focus-key]");
  if (field && event.key === field.dataset.focusKey) {
    event.preventDefault();
    field.select();
  } else if (event.key === "j") {
    walk(1);
  } else if (event.key === "k") {
    walk(-1);
  }
});
