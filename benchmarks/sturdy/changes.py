"""Changes to a page that leave it as it was to its readers: other elements, names and bytes.

Each takes a page's text and gives text, or bytes where the encoding is what it changes. They
promise the same result for the same page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from lxml import etree
from lxml.etree import _Element as Element

from archive.cleaning.page import parse

Change = Callable[[str], str | bytes]
DEPTH = 30
LINKS = 30
EVERY = 3
_CODE = re.compile(r"(<(script|style|pre|textarea)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)
_BREAKING = re.compile(
    r"\s*(</?(?:address|article|aside|blockquote|body|br|center|dd|div|dl|dt|footer|form|h[1-6]"
    r"|head|header|hr|html|li|link|main|meta|nav|ol|p|section|table|tbody|td|th|tr|ul)\b[^<>]*>)\s*",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]*)?)>")
_CHARSET = re.compile(r"<meta[^<>]*charset[^<>]*>", re.IGNORECASE)
_HEAD = re.compile(r"<head(?:\s[^<>]*)?>", re.IGNORECASE)
_TOPICS = (
    "青年学术论坛",
    "实验室安全检查",
    "研究生复试",
    "春季运动会",
    "信息化建设",
    "退休人员座谈",
)


def _on_tree(change: Callable[[Element], None]) -> Change:
    def changed(text: str) -> str:
        tree = parse(text)
        change(tree)
        for meta in tree.iter("meta"):
            if "charset" in (meta.get("content") or ""):
                meta.set("content", "text/html; charset=utf-8")
            if meta.get("charset"):
                meta.set("charset", "utf-8")
        return etree.tostring(tree, encoding="unicode", method="html", doctype="<!DOCTYPE html>")

    return changed


def _renamed(tag: str, *old: str, style: str = "") -> Change:
    def change(tree: Element) -> None:
        for element in list(tree.iter(*old)):
            element.tag = tag
            if style:
                element.set("style", style)

    return _on_tree(change)


def _without_names(tree: Element) -> None:
    for element in tree.iter(tag=etree.Element):
        for name in ("class", "id"):
            element.attrib.pop(name, "")


def _put_behind(element: Element, new: Element) -> None:
    new.tail, element.tail = element.tail, None
    element.addnext(new)


def _with_links_first(tree: Element) -> None:
    body = tree.find("body")
    if body is None:
        return
    menu = etree.Element("div")
    for number in range(LINKS):
        link = etree.SubElement(etree.SubElement(menu, "div"), "a", href=f"/info/10/{number}.htm")
        link.text = f"我所举行第{number}次{_TOPICS[number % len(_TOPICS)]}"
    menu.tail, body.text = body.text, None
    body.insert(0, menu)


def _with_advertisements(tree: Element) -> None:
    paragraphs = [p for p in tree.iter("p") if len("".join(map(str, p.itertext()))) > LINKS]
    for number, paragraph in enumerate(paragraphs):
        if number % EVERY == 0 and paragraph.getparent() is not None:
            box = etree.Element("div")
            etree.SubElement(box, "script").text = f"show({number})"
            link = etree.SubElement(box, "a", href=f"http://ads.example.com/{number}")
            etree.SubElement(link, "img", src=f"http://ads.example.com/{number}.gif")
            _put_behind(paragraph, box)


def _deep(tree: Element) -> None:
    body = tree.find("body")
    if body is None:
        return
    held, words = list(body), body.text
    body.text, inner = None, body
    for _ in range(DEPTH):
        inner = etree.SubElement(inner, "div")
    inner.text = words
    inner.extend(held)


def _in_fonts(tree: Element) -> None:
    for element in list(tree.iter("p", "div", "td", "li", "span")):
        if element.text and element.text.strip():
            font = etree.Element("font", size="3")
            font.text, element.text = element.text, None
            element.insert(0, font)


def _with_comments(tree: Element) -> None:
    for number, element in enumerate(list(tree.iter("p", "div", "td", "li"))):
        element.addprevious(etree.Comment(f" begin {number} "))
        if number % EVERY == 0:
            script = etree.Element("script")
            script.text = f"var a{number} = 1;"
            _put_behind(element, script)


def _outside_code(change: Callable[[str], str]) -> Change:
    def changed(text: str) -> str:
        parts = _CODE.split(text)
        return "".join(
            "".join((change(parts[n]), parts[n + 1] if n + 1 < len(parts) else ""))
            for n in range(0, len(parts), EVERY)
        )

    return changed


def _capitals(text: str) -> str:
    return _TAG.sub(lambda tag: f"<{tag[1]}{tag[2].upper()}{tag[3]}>", text)


def _encoded(codec: str, label: str) -> Change:
    def changed(text: str) -> bytes:
        bare = _CHARSET.sub("", text)
        head = _HEAD.search(bare)
        place = head.end() if head is not None else 0
        meta = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">'
        return (bare[:place] + meta + bare[place:]).encode(codec, "xmlcharrefreplace")

    return changed


CHANGES: dict[str, Change] = {
    "without names": _on_tree(_without_names),
    "boxes as sections": _renamed("section", "div"),
    "boxes as own elements": _renamed("x-box", "div"),
    "boxes as inline ones": _renamed("span", "div", style="display: block"),
    "paragraphs as boxes": _renamed("div", "p"),
    "headings as boxes": _renamed("div", "h1", "h2", "h3", "h4", "h5", "h6"),
    "lists as boxes": _renamed("div", "ul", "ol", "li"),
    "thirty links first": _on_tree(_with_links_first),
    "advertisements": _on_tree(_with_advertisements),
    "thirty boxes around": _on_tree(_deep),
    "words in fonts": _on_tree(_in_fonts),
    "comments and scripts": _on_tree(_with_comments),
    "no white space": _outside_code(lambda text: _BREAKING.sub(r"\1", text)),
    "a line a tag": _outside_code(lambda text: _BREAKING.sub(r"\n  \1\n  ", text)),
    "tags in capitals": _outside_code(_capitals),
    "paragraphs unclosed": lambda text: re.sub(r"</p\s*>", "", text, flags=re.IGNORECASE),
    "references": lambda text: "".join(c if c.isascii() else f"&#{ord(c)};" for c in text),
    "GB 18030 called UTF-8": _encoded("gb18030", "utf-8"),
    "UTF-8 called GB 2312": _encoded("utf-8", "gb2312"),
    "UTF-16": _encoded("utf-16", "utf-8"),
}


def named(names: Iterable[str]) -> dict[str, Change]:
    """The changes of these names; all of them where none is given."""
    wanted = list(names)
    return {name: CHANGES[name] for name in wanted} if wanted else CHANGES
