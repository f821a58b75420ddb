"""A number and the letters beside it are found together and apart, whichever way they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.search import parse, search
from archive.search.query import All, Any, Node, Phrase
from archive.search.terms import BREAK, units
from archive.store import open_archive
from tests.unit.search_oracle import holds
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction

TEXTS = {
    "together": "全长2km的隧道，电压10kV。",
    "apart": "全长 2 km 的隧道，电压 10 kV。",
    "dotted": "全长2.5km，波长 5μm。",
    "dotted apart": "全长 2.5 km，波长5 μm。",
    "other": "全长22km的隧道，km 2 号。",
    "words": "2010 report of 2km2",
    "named": "COVID19 and HiSeq2500, PM2.5 and CO2",
    "named apart": "COVID-19 and HiSeq 2500, PM 2.5 and CO 2",
    "per": "含量10mg/L，面积5km²",
    "per, apart": "含量 10 mg/L，面积 5 km²",
}
EITHER = ["apart", "together"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("2km", EITHER),
        ("2KM", EITHER),
        ("２ｋｍ", EITHER),
        ('"2 km"', EITHER),
        ("10kV 隧道", EITHER),
        ("text:10kv", EITHER),
        ("全长2km的隧道", EITHER),
        ('"全长 2 km 的隧道"', EITHER),
        ("2.5km", ["dotted", "dotted apart"]),
        ('"2.5 km"', ["dotted", "dotted apart"]),
        ("5μm", ["dotted", "dotted apart"]),
        ("5µm", ["dotted", "dotted apart"]),
        # Words apart need not stand side by side.
        ("2 km", ["apart", "dotted apart", "other", "together"]),
        ("隧道 -2km", ["other"]),
        ("22km", ["other"]),
        ("2010 report", ["words"]),
        ("km2", ["per, apart"]),
        ("covid19", ["named", "named apart"]),
        ("COVID-19", ["named", "named apart"]),
        ("HiSeq 2500", ["named", "named apart"]),
        ('"hiseq2500"', ["named", "named apart"]),
        ("PM2.5", ["named", "named apart"]),
        ("PM 2.5", ["named", "named apart"]),
        # A formula is not two words.
        ("CO2", ["named"]),
        ("10mg/L", ["per", "per, apart"]),
        ("10 mg/L", ["per", "per, apart"]),
        ("5km²", ["per", "per, apart"]),
        ("5 km2", ["per", "per, apart"]),
    ],
)
def test_what_is_typed_either_way_finds_what_is_written_either_way(
    typed: str, found: list[str], tmp_path: Path
) -> None:
    written = [
        article(str(place), extraction(text, title=name))
        for place, (name, text) in enumerate(TEXTS.items())
    ]
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, written)
        hits = search(archive.store, typed)
    assert sorted(hit.title.text for hit in hits) == found
    node = parse(typed)
    assert sorted(str(one.reading.title) for one in written if holds(node, one)) == found


def test_what_was_typed_comes_first_and_what_is_no_quantity_stays_as_it_is() -> None:
    for typed, first, other in (
        ("2km", Phrase(("2km",)), ("2", "km")),
        ('"2 km"', Phrase(("2", "km")), ("2km",)),
        ("2 km", None, ("2km",)),
    ):
        node = parse(typed)
        assert isinstance(node, Any)
        assert isinstance(node.parts[0], All) if first is None else node.parts[0] == first
        assert Phrase(other, other=True) in node.parts[1:]
    for same in ("km2", "h2o", "co2", "2公里", "a1"):
        assert _typed_words(parse(same)) == {tuple(units(same))}, same
    assert _typed_words(parse("title:2 km")) == {("2",), ("km",)}


def _typed_words(node: Node) -> set[tuple[str, ...]]:
    """All words that are looked for, but for those that only the index knows as joined."""
    if isinstance(node, Phrase):
        return set() if node.units[0].startswith(BREAK) else {node.units}
    assert isinstance(node, All | Any)
    return {words for part in node.parts for words in _typed_words(part)}
