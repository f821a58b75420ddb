"""A fetched page as a tree: whatever was sent, something that can be walked.

It promises a root element for any bytes: control characters, elements nested without end, huge
attributes and comments never closed cost time linear in the page and no recursion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from html import escape

from lxml import etree
from lxml.etree import _Element as Element

from archive import fatal
from archive.cleaning.facts.head import Head, read_head
from archive.cleaning.facts.linked import MEDIA_TYPE
from archive.cleaning.facts.marked import MICRODATA
from archive.cleaning.facts.posted import may_be_post
from archive.cleaning.markup.blocks import Flow
from archive.cleaning.markup.bounds import ANY_TAG, with_tags_bounded, with_words_bounded
from archive.cleaning.markup.decode import STRICT_UTF8, decode
from archive.cleaning.markup.flow import read_flow
from archive.cleaning.markup.held import Held, has_sentence, held_article, may_hold
from archive.cleaning.markup.late import may_be_late, show_late
from archive.model import Decoding
from archive.remembered import pages_read

# Elements deeper than this are flattened into their ancestor: libxml2 gives up at 2048
# (xmlParserMaxDepth), browsers at 512.
MAX_DEPTH = 400
_CONTROL = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F])
# Those beyond ASCII, in UTF-8; of them a line break alone (NEL) means something.
_CONTROL_OF_TWO = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")
_NO_CHARACTERS = ("\ufffe", "\uffff")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
_NO_DEPTH = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dd",
        "dt",
        "option",
        "tbody",
        "thead",
        "tfoot",
        "html",
        "body",
        "head",
        # What stands in these is text alone.
        "title",
        "script",
        "style",
    ]
)
# How images, documents, archives, sounds and films begin that old servers send as text/html
# (WHATWG MIME Sniffing, 6; OLE, RAR and 7z by their makers).
_OTHER_FILES = (
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"\xff\xd8\xff",
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b\x08",
    b"{\\rtf",
    b"OggS\x00",
    b"\x00\x00\x01\x00",
    b"FLV\x01",
)
_END = re.compile(r"</html\s*>", re.IGNORECASE)
_EARLY_END = re.compile(r"</html\s*>\s*[^\s\x00]", re.IGNORECASE)
# Into such an element scripts put what they show.
_ROOTS = frozenset({"app", "root", "__next", "__nuxt", "main", "content"})
# A page with more of the held text's prose than this share shows an article by itself.
MAX_SHOWN_SHARE = 0.15
MAX_SHOWN_CHARS = 300
MIN_PARAGRAPH_CHARS = 40
# What stands in a head without ending it; those of HTML 4 and older, too.
_OF_HEADS = frozenset(["base", "basefont", "bgsound", "link", "meta", "title"])
_IN_HEADS = _OF_HEADS | {"isindex", "noframes", "noscript", "object", "script", "style", "template"}
_SHADOW = "shadowroot"
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


@dataclass(frozen=True)
class Page:
    """One decoded page. ``tree`` is the lxml root (``<html/>`` when there is nothing); treat it
    as read-only, steps share it, as they share the readings below, each made at first use."""

    url: str | None
    decoding: Decoding
    html: str
    tree: Element
    name: str = ""
    """What ``archive.fatal`` calls it, where a process notes what it reads."""
    is_cut: bool = False
    """Whether there are more words than are read of a page."""

    @cached_property
    def head(self) -> Head:
        """What the page's head says."""
        return read_head(
            self.tree,
            is_linked=MEDIA_TYPE in self.html,
            is_post=may_be_post(self.html),
            is_marked=MICRODATA in self.html,
        )

    @property
    def title(self) -> str | None:
        """The words of ``<title>``."""
        return self.head.title

    @property
    def flow(self) -> Flow:
        """The page's blocks of text."""
        return self._reading[0]

    @property
    def from_script(self) -> bool:
        """Whether the flow, and the tree from then on, have a text that the page itself would have
        a script show."""
        return self._reading[1]

    @property
    def held(self) -> Held | None:
        """The article that a script holds, where the flow has it."""
        return self._reading[2]

    @cached_property
    def _reading(self) -> tuple[Flow, bool, Held | None]:
        flow = read_flow(self.tree)
        shown = _shown_prose(flow)
        if shown > MAX_SHOWN_CHARS:
            return flow, False, None
        held = held_article(self.tree) if may_hold(self.html) else None
        if held is not None and shown <= MAX_SHOWN_SHARE * held.prose:
            _show(self.tree, held)
            return read_flow(self.tree), True, held
        enough = shown / MAX_SHOWN_SHARE
        if may_be_late(self.html) and show_late(self.tree, enough, _markup):
            return read_flow(self.tree), True, None
        return flow, False, None

    @cached_property
    def weights(self) -> list[float]:
        """How much each block speaks for the body, by this page alone."""
        # Not before a page is weighed: a crawl that makes no articles weighs none.
        from archive.cleaning.body.weigh import weigh

        return weigh(self.flow, self.title)


def read_page(html: bytes, url: str | None = None, content_type: str | None = None) -> Page:
    """Decode and parse ``html`` (content-decoded body). ``content_type`` is the HTTP header's
    value. What is surely a file of another kind, whatever its server calls it, is a page without
    anything. Raises FatalPageError where processes died of it, and for no bad markup."""
    pages_read(len(html))
    name = fatal.begin(html, url, content_type)
    if html.startswith(_OTHER_FILES):
        html = b""
    text, decoding = decode(html, content_type)
    few = with_tags_bounded(text)
    read = with_words_bounded(few)
    is_cut = read is not few
    encoded = html if read is text and decoding.rule == STRICT_UTF8 else None
    kept = read if is_cut else text
    del text, few  # what is cut off need not be held beside the tree
    return Page(url, decoding, kept, _tree(read, encoded), name, is_cut)


def _shown_prose(flow: Flow) -> int:
    """Characters of paragraphs that the page shows by itself; no more than enough are counted."""
    shown = 0
    for block in flow.blocks:
        plain = block.size - block.linked
        if plain < MIN_PARAGRAPH_CHARS or block.hidden or block.control:
            continue
        shown += plain if has_sentence(block.text) else 0
        if shown > MAX_SHOWN_CHARS:
            break
    return shown


def _show(tree: Element, held: Held) -> None:
    """Put the article that a script holds where the page's script would, or first in the body."""
    place = next((one for one in tree.iter("div") if one.get("id") in _ROOTS), tree.find("body"))
    if place is None:
        place = etree.SubElement(tree, "body")
    article = etree.Element("article")
    if held.title:
        etree.SubElement(article, "h1").text = _words(held.title)
    if held.day:
        etree.SubElement(article, "time", datetime=_words(held.day)).text = _words(held.day)
    body = etree.SubElement(article, "div")
    body.set("class", "article-content")
    marked = _markup(held.body)
    for one in marked if marked is not None else ():
        body.append(one)
    place.insert(0, article)


def _markup(body: str) -> Element | None:
    """The elements of a text; one without mark-up has a paragraph a line."""
    if "<" not in body:
        body = "".join(f"<p>{escape(line)}</p>" for line in body.splitlines() if line.strip())
    return parse(f"<html><body>{body}</body></html>").find("body")


def _words(said: str) -> str:
    return _encoded(" ".join(ANY_TAG.sub("", said).split()), None).decode()


def parse(text: str) -> Element:
    """The root element of ``text``; an empty ``<html/>`` where there is no markup at all."""
    return _tree(with_tags_bounded(text), None)


def _tree(text: str, encoded: bytes | None) -> Element:
    """The same of a text with few tags; ``encoded`` is the text in UTF-8, from a caller who has
    it."""
    clean = _XML_DECLARATION.sub("", text.lstrip("\x00"))
    clean = _close_comment(_without_early_ends(clean))
    root, too_deep = _lxml(clean, encoded if clean is text else None)
    if too_deep:
        root, _ = _lxml(_flattened(clean))
    if root is None and clean.strip():
        # Nothing but declarations, comments or end tags: with a body before it, it is a page.
        root, _ = _lxml(f"<html><body>{clean}")
    if root is None:
        return etree.Element("html")
    if _SHADOW in clean:
        _open_shadows(root)
    return _with_body_begun(root)


def _open_shadows(root: Element) -> None:
    """Make elements of the templates that a browser shows in their parent's place at once
    (declarative shadow trees, HTML Living Standard 4.12.3; an older name was ``shadowroot``)."""
    for template in list(root.iter("template")):
        if any(name.startswith(_SHADOW) for name in map(str, template.keys())):
            template.tag = "div"


def _with_body_begun(root: Element) -> Element:
    """``root``, its body beginning where a browser begins it: at the first element that stands in
    no head, though no tag of the body does (HTML Living Standard 13.2.6.4.6, "after head"). libxml2
    knows the elements of HTML 4 for such, and leaves all others in the head."""
    head = root.find("head")
    children = [] if head is None else list(head.iterchildren(tag=etree.Element))
    first = next((i for i, one in enumerate(children) if one.tag not in _IN_HEADS), None)
    if first is None:
        return root
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    for element in reversed([one for one in children[first:] if one.tag not in _OF_HEADS]):
        body.insert(0, element)  # elsewhere than at the begin, libxml2 counts the children before
    return root


def _without_early_ends(text: str) -> str:
    """``text`` without end tags of the page before its end: libxml2 stops there, a browser goes on
    (HTML Living Standard 13.2.6.4.22, "after after body")."""
    early = _EARLY_END.search(text)
    return text if early is None else text[: early.start()] + _END.sub("", text[early.start() :])


def _close_comment(text: str) -> str:
    """A comment opened and never closed would swallow the rest of the page."""
    opened = text.find("<!--")
    if opened < 0:
        return text
    opened = text.find("<!--", text.rfind("-->") + 1)
    if opened >= 0:
        return text[:opened] + text[opened:].replace("<!--", "")
    return text


def _lxml(text: str, encoded: bytes | None = None) -> tuple[Element | None, bool]:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_pis=True, remove_comments=True
    )
    try:
        root = etree.fromstring(_encoded(text, encoded), parser)
    except (etree.LxmlError, ValueError):
        root = None
    limit = etree.ErrorTypes.ERR_RESOURCE_LIMIT
    return root, any(entry.type == limit for entry in parser.error_log)


def _encoded(text: str, encoded: bytes | None) -> bytes:
    """``text`` in UTF-8 without control characters and without what is no character."""
    for sign in _NO_CHARACTERS:
        # One sign is found, or not, in a fiftieth of the time that ``replace`` takes for bytes.
        if sign in text:
            text, encoded = text.replace(sign, ""), None
    if encoded is None:
        encoded = text.encode("utf-8", "ignore")
    encoded = encoded.translate(None, _CONTROL)
    return _CONTROL_OF_TWO.sub(b"", encoded) if b"\xc2" in encoded else encoded


def _flattened(text: str) -> str:
    """``text`` without the tags of elements nested deeper than ``MAX_DEPTH``; their words stay."""
    out: list[str] = []
    depth = done = 0
    for tag in _TAG.finditer(text):
        if tag.start() < done or tag[2].lower() in _NO_DEPTH:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth + bool(tag[1]) > MAX_DEPTH:
            end = text.find(">", tag.end())
            out.append(text[done : tag.start()])
            done = end + 1 if end >= 0 else len(text)
    out.append(text[done:])
    return "".join(out)
