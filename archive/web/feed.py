"""A search as an Atom feed (RFC 4287), written with lxml."""

from __future__ import annotations

from datetime import UTC, datetime, time

from lxml import etree

from archive.export.record import moment
from archive.search.results import Hit, Results
from archive.store.characters import storable
from archive.web.links import article_page
from archive.web.question import Question

ATOM = "http://www.w3.org/2005/Atom"


def atom(self_address: str, base: str, question: Question, results: Results) -> bytes:
    """The feed; ``base`` is the reading room's own address with a slash at its end."""
    root = etree.Element(_name("feed"), nsmap={None: ATOM})  # type: ignore[dict-item]  # lxml's own way
    words = storable(question.q)
    _add(root, "title", f"Palimpsest: {words}" if words else "Palimpsest")
    _add(root, "id", self_address)
    _link(root, self_address, "self")
    _link(root, base.rstrip("/") + question.address(), "alternate")
    moments = [_moment(hit) for hit in results]
    _add(root, "updated", max(moments, default=moment(datetime(1970, 1, 1, tzinfo=UTC))))
    for hit, updated in zip(results, moments, strict=True):
        _entry(root, base.rstrip("/") + article_page(hit.id), hit, updated)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _entry(root: etree._Element, address: str, hit: Hit, updated: str) -> None:
    entry = etree.SubElement(root, _name("entry"))
    _add(entry, "title", storable(hit.title.text) or hit.id)
    _add(entry, "id", address)
    _link(entry, address, "alternate")
    _add(entry, "updated", updated)
    author = etree.SubElement(entry, _name("author"))
    _add(author, "name", storable(hit.site))
    _add(entry, "summary", storable(hit.snippet.text))


def _moment(hit: Hit) -> str:
    # An article without a date is told at the epoch: the feed must name some moment.
    if hit.published is None:
        return moment(datetime(1970, 1, 1, tzinfo=UTC))
    return moment(datetime.combine(hit.published, time(), UTC))


def _name(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def _add(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, _name(tag)).text = text


def _link(parent: etree._Element, address: str, relation: str) -> None:
    etree.SubElement(parent, _name("link"), href=storable(address), rel=relation)
