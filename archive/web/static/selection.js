// What was picked on one page of a search is still picked on the next: the ids stay in this browser,
// nobody is told of them until the selection is opened, whose address names them. Without script a
// page's own boxes are sent. Keys: x picks the article found that has the focus, o opens what is picked.
"use strict";

{
  const PICKED = "palimpsest-selection";
  const MOST = 200;
  const boxes = [...document.querySelectorAll("input[name=id][type=checkbox]")];
  const bar = document.querySelector(".picking");

  const kept = () => {
    try {
      const found = JSON.parse(localStorage.getItem(PICKED) || "[]");
      return found.filter((one) => typeof one === "string").slice(0, MOST);
    } catch {
      return [];
    }
  };

  const keep = (ids) => {
    try {
      localStorage.setItem(PICKED, JSON.stringify(ids.slice(0, MOST)));
    } catch {
      // A browser that keeps nothing picks page by page.
    }
  };

  function show() {
    const ids = kept();
    boxes.forEach((box) => { box.checked = ids.includes(box.value); });
    if (!bar) return;
    bar.querySelector("[aria-live]").textContent = ids.length ? bar.dataset.count.replace("#", ids.length) : "";
    bar.querySelectorAll("button").forEach((button) => { button.hidden = !ids.length; });
    // What stands on other pages goes along; of this page the boxes themselves do.
    bar.querySelectorAll("input[type=hidden]").forEach((field) => field.remove());
    const here = new Set(boxes.map((box) => box.value));
    bar.append(...ids.filter((id) => !here.has(id)).map((id) => Object.assign(document.createElement("input"), { type: "hidden", name: "id", value: id })));
  }

  const toggle = (box) => {
    const others = kept().filter((one) => one !== box.value);
    keep(box.checked ? [...others, box.value] : others);
    if (bar) show();
  };

  if (bar) {
    boxes.forEach((box) => {
      box.closest("[hidden]")?.removeAttribute("hidden");
      box.addEventListener("change", () => toggle(box));
    });
    bar.hidden = false;
    bar.querySelector("button[type=button]").addEventListener("click", () => { keep([]); show(); });
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      const box = document.activeElement?.closest(".hit")?.querySelector("input[name=id]");
      if (event.key === "x" && box) box.click();
      if (event.key === "o" && kept().length) bar.requestSubmit();
    });
    window.addEventListener("pageshow", show);
    show();
  }
  // The selection may be another reader's: what is left out of it is left out here, and nothing else.
  document.querySelector("[data-picked]")?.addEventListener("submit", () => {
    const out = new Set(boxes.filter((box) => !box.checked).map((box) => box.value));
    keep(kept().filter((id) => !out.has(id)));
  });
}
