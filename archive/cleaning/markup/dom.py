"""The vocabulary of HTML that every cleaning step shares: which tags break lines, which never show.

It promises that a tag is named here once, so that what one step takes for a paragraph the next
one does too (HTML Living Standard, section 15.3, "Flow content in the default style sheet").
"""

from __future__ import annotations

import re
from collections.abc import Container

from lxml.etree import _Element as Element

from archive.remembered import remembered

BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "xmp",
        "listing",
        "plaintext",
        "marquee",
    ]
)
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
# Never shown as text by a browser.
UNSEEN = frozenset(
    [
        "script",
        "style",
        "template",
        "head",
        "title",
        "meta",
        "link",
        "base",
        "object",
        "applet",
        "embed",
        "param",
        "svg",
        "math",
        "annotation",
        "annotation-xml",
        "map",
        "area",
        "audio",
        "video",
        "canvas",
        "frame",
        "noframes",
        "colgroup",
        "col",
        "datalist",
        "source",
        "track",
        "xml",
    ]
)
# Shown, but part of the page's workings and not of its text.
CONTROLS = frozenset(
    ["select", "option", "optgroup", "button", "textarea", "input", "iframe", "noscript", "label"]
)
# The latter two are those of AMP pages (amp.dev, "amp-img" and "amp-anim").
PICTURES = frozenset({"img", "amp-img", "amp-anim"})
BOLD = frozenset({"b", "strong"})
ITALIC = frozenset({"i", "em", "cite", "dfn"})
# Not a custom property's name that ends so (CSS Custom Properties: --footer-display: none).
_HIDING = re.compile(
    r"(?<![\w-])display\s*:\s*none|(?<![\w-])visibility\s*:\s*hidden", re.IGNORECASE
)
_BLOCK_BOX = re.compile(
    r"(?<![\w-])display\s*:\s*(?:block|flex|grid|table)(?![\w-])", re.IGNORECASE
)
FORMULA = "math"
_READ_ALOUD = re.compile(r"katex-mathml|assistive")
_TEX = "math/tex"
_DRAWN = "mathjax"


def up_to_known(
    element: Element, known: Container[Element]
) -> tuple[list[Element], Element | None]:
    """``element`` and those it stands in, the innermost first, that are not among ``known``; and
    the first that is, or None."""
    climbed: list[Element] = []
    node: Element | None = element
    while node is not None and node not in known:
        climbed.append(node)
        node = node.getparent()
    return climbed, node


def name_of(element: Element) -> str:
    """The tag in lower case without a namespace prefix; "" for comments and instructions."""
    return local_name(element.tag)


def is_formula(element: Element) -> bool:
    """Whether ``element`` is a formula that is shown: MathML, but not what is for screen readers
    beside what KaTeX or MathJax has drawn of it; TeX in a script for MathJax (its documentation,
    "math/tex" scripts) that has not drawn it yet."""
    if (name := name_of(element)) == "script":
        return (element.get("type") or "").startswith(_TEX) and not _is_drawn(element)
    if name != FORMULA:
        return False
    parent = element.getparent()
    return parent is None or _READ_ALOUD.search(names(parent)) is None


def _is_drawn(script: Element) -> bool:
    """Whether what MathJax made of a script's formula stands before it."""
    before = script.getprevious()
    if before is None or _DRAWN not in names(before):
        return False
    return bool("".join(map(str, before.itertext())).strip())


@remembered(4096)
def local_name(tag: object) -> str:
    """The same from lxml's tag, which is no string for comments and instructions."""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


@remembered(4096)
def is_hiding(style: str) -> bool:
    """Whether a ``style`` attribute hides its element."""
    return _HIDING.search(style) is not None


@remembered(4096)
def is_block(style: str) -> bool:
    """Whether a ``style`` attribute lays its element out as a block (CSS Display 3, 2)."""
    return _BLOCK_BOX.search(style) is not None


def names(element: Element) -> str:
    """Class and id as one lower-case string, for hints."""
    return _joined(element.get("class"), element.get("id"))


@remembered(8192)
def _joined(words: str | None, name: str | None) -> str:
    return f"{words or ''} {name or ''}".lower()


def path_of(element: Element) -> str:
    """Where an element stands, for evidence: ``html/body/div[2]/p``-like with ids and classes."""
    steps: list[str] = []
    node: Element | None = element
    while node is not None and len(steps) < 12:
        step = name_of(node)
        mark = node.get("id") or (node.get("class") or "").split(" ")[0]
        steps.append(f"{step}.{mark[:40]}" if mark else step)
        node = node.getparent()
    return "/".join(reversed(steps))
