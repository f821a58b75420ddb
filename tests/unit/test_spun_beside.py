"""Of two mirrors without an original the one that exchanges words is known by the other, and the
other one's words stand in what is read."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from archive.cleaning.unmasking.compare import Comparison
from archive.model import Article, Site
from archive.sitepass.report import DeriveReport
from archive.store import open_archive
from tests.tampering import copied, originals
from tests.tampering.archived import put
from tests.tampering.kits import HEAVY_SYNONYMS
from tests.unit.mirror_hosts import MIRROR

SPUN = "www.zz8899.net"
NO_WORDS = ("东谈主", "莫得", "一又友", "说念", "第沿路")


def read(folder: Path, seed: str, recipe: str) -> tuple[list[Article], DeriveReport]:
    rng = Random(seed)
    names, pages = originals(rng, 10)
    shown = {
        host: [
            (path, html)
            for path, html, _ in copied(pages, names, one, rng, strength=1.0, own_paths=False).pages
        ]
        for host, one in ((MIRROR, recipe), (SPUN, "spun-heavily"))
    }
    with open_archive(folder, create=True) as archive:
        report = put(archive, Site("s", ()), shown, kind="backfill")
        return list(archive.store.articles()), report


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("recipe", ["sown", "name", "redated"])
def test_the_words_of_the_mirror_that_exchanges_none_are_read(
    tmp_path: Path, seed: int, recipe: str
) -> None:
    articles, report = read(tmp_path, f"{recipe} {seed}", recipe)
    kinds = {mirror.host: mirror.kinds for mirror in report.mirrors}
    assert "G" in kinds[SPUN]
    assert "G" not in kinds[MIRROR]
    assert len(articles) == 10
    assert not [w for a in articles for w in NO_WORDS if w in a.reading.text]


def test_words_for_words_tell_neither_of_two_texts_to_be_spun() -> None:
    either = Comparison()
    either.replaced.update({("获得", "取得"): 5, ("提供", "给予"): 5, ("公司", "学院"): 5})
    assert (either.rewords, either.is_reworded) == (False, False)
    odd = Comparison()
    odd.replaced.update({(after, before): 5 for before, after in HEAVY_SYNONYMS})
    assert (odd.rewords, odd.is_reworded) == (True, False)
