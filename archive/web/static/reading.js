// For those who like it; every page works without. Keys: "/" goes to the search field, j and k walk
// through the articles found. Saved searches: they stay in this browser, nobody is told of them.
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

const KEPT = "palimpsest-searches";

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT) || "[]");
    // Only our own search page is ever linked.
    return found.filter((one) => /^\/(\?|$)/.test(one.address) && typeof one.name === "string");
  } catch {
    return [];
  }
}

function showSaved(section, searches) {
  const list = section.querySelector("ul");
  list.replaceChildren(...searches.map((one) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = one.address;
    link.textContent = one.name;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.textContent = section.dataset.remove;
    remove.setAttribute("aria-label", `${section.dataset.remove}: ${one.name}`);
    remove.addEventListener("click", () => keep(section, kept().filter((s) => s.address !== one.address)));
    item.append(link, " ", remove);
    return item;
  }));
}

function keep(section, searches) {
  localStorage.setItem(KEPT, JSON.stringify(searches));
  showSaved(section, searches);
}

const saved = document.querySelector("section.saved");
if (saved) {
  saved.hidden = false;
  showSaved(saved, kept());
  saved.querySelector(":scope > button").addEventListener("click", () => {
    const address = location.pathname + location.search;
    const name = document.querySelector(".sentence").textContent;
    keep(saved, [...kept().filter((one) => one.address !== address), { address, name }]);
  });
}
