"""An archive with one article that only a mirror has, in traditional characters with readings."""

from __future__ import annotations

from pathlib import Path

from archive.cleaning.repairs import Edit, make_repairs
from archive.model import Repair, Site
from archive.store import Archive, open_archive
from tests.unit.store_sample import SITE, article, extraction, witness

SIMPLIFIED = "x1"
OLD, NEW = "鄧長遠率隊赴京，會后鄧長遠(yuǎn)參會", "邓长远率队赴京，会后邓长远参会"
PAIRS = dict(zip("鄧長遠隊會參", "邓长远队会参", strict=True))
IN_TITLE = Repair("title", 0, 1, "鄧", "邓", "traditional", "why", 0.97)


def repairs() -> tuple[Repair, ...]:
    """The repairs of the text."""
    edits = [Edit(at, at + 1, PAIRS[one]) for at, one in enumerate(OLD) if one in PAIRS]
    simplified = "".join(PAIRS.get(one, one) for one in OLD)
    made = make_repairs("text", OLD, edits, rule="traditional", evidence="why", confidence=0.97)
    at = simplified.index("(")
    reading = [Edit(at, at + len("(yuǎn)"), "")]
    return made + make_repairs(
        "text", simplified, reading, rule="pinyin", evidence="readings", confidence=0.99
    )


def simplified(data: Path) -> Archive:
    """The archive, made in ``data`` and open."""
    archive = open_archive(data, create=True)
    archive.store.put_site(Site(SITE, ("www.a.cn",), ("m.com",)))
    clean = extraction(NEW, title="邓", repairs=(*repairs(), IN_TITLE))
    seen = witness(clean, "http://m.com/x", "mirror", raw=extraction(OLD, title="鄧"))
    archive.store.replace_articles(SITE, [article(SIMPLIFIED, clean, (seen,))])
    return archive
