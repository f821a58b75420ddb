"""Lists of articles as Atom feeds (RFC 4287), written with lxml: a search, and what is new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time

from lxml import etree

from archive.export.record import moment
from archive.search.results import Results
from archive.store.characters import storable
from archive.store.holdings import ArticleRow
from archive.web.links import article_page
from archive.web.question import Question

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
MAX_ENTRIES = 50
"""Entries of a feed."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""What an article without a date is told at: the feed must name some moment."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a feed; ``summary`` may be empty."""

    id: str
    title: str
    updated: datetime
    site: str
    summary: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a feed says of itself: its own address, the page it is of, and that page's address
    after ``base``, the reading room's own with a slash at its end."""

    address: str
    base: str
    title: str
    page: str


def of_search(address: str, base: str, question: Question, results: Results) -> bytes:
    """What a search found, each at its day of publication."""
    words = storable(question.q)
    head = Head(
        address, base, f"Palimpsest: {words}" if words else "Palimpsest", question.address()
    )
    return _atom(
        head,
        (
            Entry(
                hit.id,
                hit.title.text,
                datetime.combine(hit.published, time(), UTC) if hit.published else _EPOCH,
                hit.site,
                hit.snippet.text,
            )
            for hit in results
        ),
    )


def of_news(address: str, base: str, title: str, rows: Iterable[ArticleRow]) -> bytes:
    """What is new or changed, each at the moment its version was first seen."""
    head = Head(address, base, f"Palimpsest: {title}", "/new")
    return _atom(
        head,
        (Entry(row.id, row.title or "", row.changed, row.site, row.branch or "") for row in rows),
    )


def _atom(head: Head, entries: Iterable[Entry]) -> bytes:
    found = list(entries)
    root = etree.Element(_name("feed"), nsmap={None: ATOM})  # type: ignore[dict-item]  # lxml's own way
    base = head.base.rstrip("/")
    _add(root, "title", head.title)
    _add(root, "id", head.address)
    _link(root, head.address, "self")
    _link(root, base + head.page, "alternate")
    _add(root, "updated", moment(max((one.updated for one in found), default=_EPOCH)))
    for one in found:
        _entry(root, base + article_page(one.id), one)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _entry(root: etree._Element, address: str, one: Entry) -> None:
    entry = etree.SubElement(root, _name("entry"))
    _add(entry, "title", storable(one.title) or one.id)
    _add(entry, "id", address)
    _link(entry, address, "alternate")
    _add(entry, "updated", moment(one.updated))
    author = etree.SubElement(entry, _name("author"))
    _add(author, "name", storable(one.site))
    if one.summary:
        _add(entry, "summary", storable(one.summary))


def _name(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def _add(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, _name(tag)).text = text


def _link(parent: etree._Element, address: str, relation: str) -> None:
    etree.SubElement(parent, _name("link"), href=storable(address), rel=relation)
