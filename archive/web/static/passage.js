// A passage of an article has an address: #q= with how it begins and, behind ~, how it ends, both
// without white space, and a sum of all its words; #q3= is its third place. Whoever opens it finds the passage marked, whatever came before or behind it
// since; where it is not in the text, the page says so. Nothing is kept, nobody is told.
"use strict";

{
  const ENDS = [16, 32, 64, 128];
  const LONGEST_SELECTED = 20000;
  const SETTLED_MS = 150;
  const text = document.querySelector("main article");
  const offer = document.querySelector(".passage");
  const told = document.querySelector(".quoted");

  // The text without white space, and where each of its characters stands in the nodes.
  function squeezed() {
    const { nodes } = lined(text);
    let whole = "";
    const starts = nodes.map(({ node }) => {
      const start = whole.length;
      whole += node.data.replace(/\s+/gu, "");
      return start;
    });
    return { nodes: nodes.map(({ node }) => node), starts, whole };
  }

  function reach({ nodes, starts }, place) {
    let number = starts.length - 1;
    while (number > 0 && starts[number] > place) number -= 1;
    let left = place - starts[number];
    let at = 0;
    while (at < nodes[number].data.length && (/\s/u.test(nodes[number].data[at]) || left > 0)) {
      if (!/\s/u.test(nodes[number].data[at])) left -= 1;
      at += 1;
    }
    return [nodes[number], at];
  }

  function found(whole, number, start, end) {
    let from = start ? whole.indexOf(start) : -1;
    for (let n = 1; n < number && from >= 0; n += 1) from = whole.indexOf(start, from + 1);
    if (from < 0) return null;
    const last = end ? whole.indexOf(end, from + start.length) : from;
    return last < 0 ? null : [from, last + (end || start).length];
  }

  // Never the half of a character beyond the first plane of Unicode.
  const head = (words, length) => words.slice(0, length).replace(/[\ud800-\udbff]$/u, "");
  const tail = (words, length) => words.slice(-length).replace(/^[\udc00-\udfff]/u, "");

  // FNV-1a of 32 bits: it tells an edit, and proves nothing.
  function sum(words) {
    let value = 0x811c9dc5;
    for (let at = 0; at < words.length; at += 1) value = Math.imul(value ^ words.charCodeAt(at), 0x01000193) >>> 0;
    return value.toString(36);
  }

  function addressOf(range) {
    const before = new Range();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const from = before.toString().replace(/\s+/gu, "").length;
    const words = range.toString().replace(/\s+/gu, "");
    const { whole } = squeezed();
    for (const length of ENDS) {
      const short = words.length > 2 * length;
      const parts = short ? [head(words, length), tail(words, length)] : [words];
      let number = 1;
      for (let at = whole.indexOf(parts[0]); at >= 0 && at < from; at = whole.indexOf(parts[0], at + 1)) number += 1;
      const place = found(whole, number, ...parts);
      const asked = parts.map((one) => encodeURIComponent(one).replaceAll("~", "%7E")).join("~");
      if (place?.[0] === from && place[1] === from + words.length) return `#q${number > 1 ? number : ""}=${asked}${short ? `~${sum(words)}` : ""}`;
      if (!short) break;
    }
    return null;
  }

  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const words = selection.toString().trim();
    return words && words.length <= LONGEST_SELECTED ? { range, words } : null;
  }

  function show() {
    const chosen = selected();
    let hash = null;
    try {
      hash = chosen && addressOf(chosen.range);
    } catch {
      // Half a character that the page itself has: it stands in no address.
    }
    offer.hidden = !hash;
    offer.querySelector("[role=status]").textContent = "";
    if (!hash) return;
    const version = new URLSearchParams(location.search).get("version");
    offer.querySelector("a").href = `${location.pathname}${version ? `?version=${encodeURIComponent(version)}` : ""}${hash}`;
    offer.dataset.words = chosen.words;
  }

  if (text && offer) {
    let waiting = 0;
    document.addEventListener("selectionchange", () => {
      clearTimeout(waiting);
      waiting = setTimeout(show, SETTLED_MS);
    });
    const button = offer.querySelector("button");
    button.hidden = !navigator.clipboard;
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", async () => {
      const source = document.getElementById("cite-gb7714-2025").textContent;
      await navigator.clipboard.writeText(`“${offer.dataset.words}”\n${source}\n${offer.querySelector("a").href}\n`);
      offer.querySelector("[role=status]").textContent = button.dataset.done;
    });
  }

  function asked() {
    const parts = /^#q(\d{0,6})=([^~]+)(?:~([^~]+)(?:~([0-9a-z]{1,7}))?)?$/.exec(location.hash);
    if (!parts) return null;
    try {
      const [start, end] = parts.slice(2, 4).map((one) => decodeURIComponent(one ?? "").replace(/\s+/gu, ""));
      return { number: Number(parts[1] || 1), start, end, sum: parts[4] };
    } catch {
      return { number: 1, start: "", end: "" };
    }
  }

  // Where it stands in a text without white space, and whether it reads as it was quoted.
  function looked(whole, { number, start, end, sum: quoted }) {
    const place = found(whole, number, start, end);
    return { place, same: Boolean(place) && (!quoted || sum(whole.slice(...place)) === quoted) };
  }

  async function offerVersion(wanted) {
    const hash = location.hash;
    const id = location.pathname.split("/")[2];
    const answer = await fetch(`/api/v1/articles/${id}/versions`);
    if (!answer.ok) return;
    const reads = (version) => looked(version.text.replace(/\s+/gu, ""), wanted).same;
    const version = (await answer.json()).findLast(reads);
    if (!version || location.hash !== hash) return;
    const link = document.createElement("a");
    link.href = `${location.pathname}?version=${version.number}${hash}`;
    link.textContent = told.dataset.version.replace("#", version.number);
    told.append(" ", link);
  }

  function quote() {
    const wanted = asked();
    window.CSS?.highlights?.delete("quoted");
    told.hidden = !wanted;
    if (!wanted) return;
    const read = squeezed();
    const { place, same } = looked(read.whole, wanted);
    told.textContent = same ? told.dataset.here : place ? told.dataset.changed : told.dataset.none;
    if (!same) offerVersion(wanted).catch(() => {});
    if (!place) return;
    const range = new Range();
    range.setStart(...reach(read, place[0]));
    const [node, at] = reach(read, place[1] - 1);
    range.setEnd(node, at + 1);
    if (window.CSS?.highlights) CSS.highlights.set("quoted", new Highlight(range));
    else getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    const { top } = range.getBoundingClientRect();
    window.scrollTo({ top: window.scrollY + top - window.innerHeight / 3 });
  }

  if (text && told) {
    window.addEventListener("hashchange", quote);
    quote();
  }
}
