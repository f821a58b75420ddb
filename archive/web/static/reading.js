// For those who like it; every page works without. Keys: "/" goes to the search field, j and k walk
// through the articles found; in an article n and p go to the next and previous place of what was
// searched for, where two texts are compared or marks are shown to the next and previous change.
// Saved searches: they stay in this browser, nobody is told of them.
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
  } else if (event.key === "n") {
    forward(1);
  } else if (event.key === "p") {
    forward(-1);
  }
});

function forward(step) {
  if (stops) toStop(step);
  else go(step);
}

// A text that is wider than its place (a table of many columns) is moved by keys, too.
function reachable() {
  document.querySelectorAll("main article").forEach((wide) => {
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
    else wide.removeAttribute("tabindex");
  });
}
reachable();
addEventListener("resize", reachable);

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

// What was searched for is marked in the article that is opened from its hit. Until then it is kept
// for this tab only, and no address has it: a link that was followed stays one.
const SOUGHT = "palimpsest-sought";
const MOST_PLACES = 2000;
let places = [];
let here = -1;

// The other hits of the page go along, so that an article leads to the next one, and back to all.
document.querySelectorAll(".hits .hit").forEach((hit) => hit.addEventListener("click", (event) => {
  const link = event.target.closest("a.title");
  if (!link) return;
  const hits = [...document.querySelectorAll(".hits .hit")].map((one) => ({
    path: one.querySelector("a.title").pathname,
    words: [...new Set([...one.querySelectorAll("mark")].map((mark) => mark.textContent))],
  }));
  seek({ path: link.pathname, hits, from: location.pathname + location.search });
}));

function seek(sought) {
  try {
    sessionStorage.setItem(SOUGHT, JSON.stringify(sought));
  } catch {
    // A browser that keeps nothing marks nothing.
  }
}

function soughtHere() {
  try {
    const sought = JSON.parse(sessionStorage.getItem(SOUGHT) || "{}");
    const place = sought.hits.findIndex((one) => one.path === location.pathname);
    return sought.path === location.pathname && place >= 0 ? { ...sought, place } : null;
  } catch {
    return null;
  }
}

function showWays(section, sought) {
  const lead = (link, address, path) => {
    link.hidden = !address;
    if (!address) return;
    link.href = address;
    if (path) link.addEventListener("click", () => seek({ ...sought, path, place: undefined }));
  };
  const [before, back, after] = section.querySelectorAll("a");
  const [earlier, later] = [sought.hits[sought.place - 1], sought.hits[sought.place + 1]];
  lead(before, earlier?.path, earlier?.path);
  lead(back, /^\/(\?|$)/.test(sought.from) ? sought.from : "");
  lead(after, later?.path, later?.path);
  section.hidden = false;
}

// The text as one string, a line for each block: a word may begin in one element and end in another.
const BLOCKS = "p, li, td, th, h1, h2, h3, h4, h5, h6, dt, dd, pre, blockquote, figcaption, caption, article";

function lined(text) {
  const nodes = [];
  let whole = "";
  let block = null;
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const own = node.parentElement.closest(BLOCKS);
    if (own !== block) whole += "\n";
    block = own;
    nodes.push({ node, start: whole.length });
    whole += node.data;
  }
  return { nodes, whole };
}

function placesOf(words, text) {
  const { nodes, whole } = lined(text);
  const starts = [];
  for (const word of words) {
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + word.length)) starts.push([at, at + word.length]);
  }
  starts.sort((one, other) => one[0] - other[0]);
  let number = 0;
  const reach = (place) => {
    while (number + 1 < nodes.length && nodes[number + 1].start <= place) number += 1;
    return [nodes[number].node, place - nodes[number].start];
  };
  return starts.slice(0, MOST_PLACES).map(([start, end]) => {
    const range = new Range();
    range.setStart(...reach(start));
    const first = number;
    const [node, at] = reach(end - 1);
    range.setEnd(node, at + 1);
    number = first;
    return range;
  });
}

function go(step) {
  if (!places.length) return;
  here = (here + step + places.length) % places.length;
  CSS.highlights.set("sought-here", new Highlight(places[here]));
  document.querySelector(".sought b").textContent = `${here + 1} / ${places.length}`;
  const { top } = places[here].getBoundingClientRect();
  window.scrollTo({ top: window.scrollY + top - window.innerHeight / 3 });
}

const found = soughtHere();
const ways = document.querySelector(".hit-ways");
if (ways && found) showWays(ways, found);

const bar = document.querySelector(".sought");
if (bar && window.CSS && CSS.highlights) {
  places = placesOf(found?.hits[found.place].words.filter(Boolean) ?? [], document.querySelector("main article"));
  if (places.length) {
    CSS.highlights.set("sought", new Highlight(...places));
    bar.querySelector("b").textContent = places.length;
    bar.hidden = false;
    bar.querySelectorAll("button").forEach((button) => button.addEventListener("click", () => go(Number(button.value))));
  }
}

// Each change has an address of its own, which goes there and takes the focus along: to go from one
// to the next is to follow it, without a step in the history for each.
const stops = document.querySelector(".stops");
const stopHere = () => Number(/^#change-(\d+)$/.exec(location.hash)?.[1] ?? 0);

function toStop(step) {
  const count = Number(stops.dataset.count);
  const from = stopHere() || (step > 0 ? 0 : count + 1);
  location.replace(`#change-${((from - 1 + step + count) % count) + 1}`);
}

function tellStop() {
  const number = stopHere();
  if (!number || number > Number(stops.dataset.count)) return;
  const words = stops.querySelector(`a[href="#change-${number}"]`)?.textContent;
  const told = stops.dataset.here.replace("#", number);
  stops.querySelector("[role=status]").textContent = words ? `${told} · ${words}` : told;
}

if (stops) {
  stops.querySelector(".steps").hidden = false;
  stops.querySelectorAll("button").forEach((button) => button.addEventListener("click", () => toStop(Number(button.value))));
  stops.querySelectorAll("a").forEach((link) => link.addEventListener("click", () => { stops.querySelector("details").open = false; }));
  window.addEventListener("hashchange", tellStop);
  tellStop();
}

// A browser lets a page copy at this machine's own address and over https; elsewhere there is no button.
if (navigator.clipboard) {
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.nextElementSibling.textContent = button.dataset.done;
    });
  });
}
