"""What a site itself lists of its pages: sitemaps (sitemaps.org) and feeds (RSS, Atom).

Pages that no other page leads to any more often stand in them still. They are read piece by piece,
so that a file of any size, and one that unpacks to any size, costs little memory. It promises that
no entity is expanded and nothing outside the file is loaded, that broken markup costs no more than
the entries it stands in, and that reading ends at the limits of the protocol.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from lxml import etree
from lxml.etree import _Element as Element

from archive.model import Lead
from crawler.addresses import Kind, address_kind, is_attachment
from crawler.canonical import resolve

MAX_ENTRIES = 50_000
"""Addresses of one file (sitemaps.org, "Sitemap file requirements")."""

MAX_BYTES = 50 * 1024 * 1024
"""Of one file, unpacked (same place)."""

MAX_REFERENCE = 4_000
"""Characters of an address that are looked at."""

PIECE_BYTES = 64 * 1024

XML = frozenset(
    {"text/xml", "application/xml", "application/rss+xml", "application/atom+xml"}
    | {"application/rdf+xml"}
)
"""Media types of which a file that nobody called a sitemap may be one."""

_CONTROL = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)])
_BARE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_ENTITY_BYTES = 10
"""The longest reference that XML knows by itself."""

_GZIP = b"\x1f\x8b"
_MARK = b"\xef\xbb\xbf"

Entry = tuple[str, Kind | None]
"""An address as it stands in the file, and what the file says of its kind."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The addresses that a sitemap or feed lists, and whether these are all."""

    leads: list[Lead]
    is_whole: bool


def discover_in_sitemap(
    body: bytes, url: str, priorities: dict[Kind, int], *, is_named: bool
) -> Listed:
    """The addresses in the sitemap or feed ``body``, which was fetched from ``url``, in their
    order; none where it is neither. ``is_named`` says that the site called it a sitemap: it may
    then be plain text as well, an address a line."""
    pieces = _Pieces(body)
    leads: dict[str, Lead] = {}
    for reference, said in _entries(pieces, is_named=is_named):
        try:
            target = resolve(url, reference.strip()[:MAX_REFERENCE])
        except ValueError:
            continue
        if target != url and target not in leads:
            if len(leads) >= MAX_ENTRIES:
                return Listed(list(leads.values()), is_whole=False)
            kind = said or ("asset" if is_attachment(target) else address_kind(target))
            leads[target] = Lead(target, kind, priorities[kind], url)
    return Listed(list(leads.values()), is_whole=not pieces.is_cut)


def _entries(pieces: _Pieces, *, is_named: bool) -> Iterator[Entry]:
    first = next(pieces, b"").removeprefix(_MARK).lstrip()
    if first.startswith(b"<"):
        yield from _marked(first, pieces)
    elif is_named:
        yield from _lines(first, pieces)


class _Pieces:
    """A file piece by piece, unpacked, up to the limit of the protocol; ``is_cut`` says, once they
    were read, that there is more behind it."""

    def __init__(self, body: bytes) -> None:
        self.is_cut = False
        self._body = body
        self._left = self._unpacked() if body.startswith(_GZIP) else self._taken()

    def __iter__(self) -> Iterator[bytes]:
        return self._left

    def __next__(self) -> bytes:
        return next(self._left)

    def _taken(self) -> Iterator[bytes]:
        for start in range(0, min(len(self._body), MAX_BYTES), PIECE_BYTES):
            yield self._body[start : start + PIECE_BYTES]
        self.is_cut = len(self._body) > MAX_BYTES

    def _unpacked(self) -> Iterator[bytes]:
        """What is left of a torn file counts as well."""
        machine, size = zlib.decompressobj(wbits=31), 0
        # In windows: what was not taken yet is copied with each piece.
        for window in self._taken():
            rest = window
            while rest and not machine.eof:
                if size >= MAX_BYTES:
                    self.is_cut = True
                    return
                try:
                    piece = machine.decompress(rest, PIECE_BYTES)
                except zlib.error:
                    return
                rest = machine.unconsumed_tail
                size += len(piece)
                yield piece


def _lines(first: bytes, pieces: Iterator[bytes]) -> Iterator[Entry]:
    left = first
    for piece in chain(pieces, (b"\n",)):
        *lines, left = (left + piece).split(b"\n")
        for line in lines:
            if line.lstrip().startswith(b"http"):
                yield line.decode("utf-8", "replace"), None
        left = left[: 2 * MAX_REFERENCE]


def _marked(first: bytes, pieces: Iterator[bytes]) -> Iterator[Entry]:
    parser = etree.XMLPullParser(
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    read: Callable[[Element], Entry | None] | None = None
    for piece in _mended(first, pieces):
        parser.feed(piece)
        for event, element in parser.read_events():
            if not isinstance(element, Element):
                continue
            if read is None:
                read = _READERS.get(_name(element))
                if read is None:
                    return
            elif event == "end":
                if (entry := read(element)) is not None:
                    yield entry
                _let_go(element)


def _mended(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Addresses stand in sitemaps with ampersands that nobody escaped, and one would end the
    reading. Entities that the file defines become plain text the same way."""
    left = first
    for piece in chain(pieces, (b"",)):
        whole = (left + piece).translate(None, _CONTROL)
        cut = whole.rfind(b"&", -_ENTITY_BYTES) if piece else -1
        left = whole[cut:] if cut >= 0 else b""
        yield _BARE_AMPERSAND.sub(b"&amp;", whole[:cut] if cut >= 0 else whole)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _parent(element: Element) -> str:
    parent = element.getparent()
    return "" if parent is None else _name(parent)


def _let_go(element: Element) -> None:
    """Let all go that has ended beside ``element``; the parser is not done with what comes next."""
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _in_sitemap(element: Element) -> Entry | None:
    if _name(element) != "loc" or _parent(element) != "url":
        return None
    return element.text or "", None


def _in_index(element: Element) -> Entry | None:
    if _name(element) != "loc" or _parent(element) != "sitemap":
        return None
    return element.text or "", "sitemap"


def _in_rss(element: Element) -> Entry | None:
    if _name(element) != "link" or _parent(element) != "item":
        return None
    return element.text or "", "article"


def _in_atom(element: Element) -> Entry | None:
    if _name(element) != "link" or _parent(element) != "entry":
        return None
    if element.get("rel", "alternate") != "alternate":
        return None
    return element.get("href") or "", "article"


_READERS: dict[str, Callable[[Element], Entry | None]] = {
    "urlset": _in_sitemap,
    "sitemapindex": _in_index,
    "rss": _in_rss,
    "RDF": _in_rss,
    "feed": _in_atom,
}
"""By the name of the root."""
