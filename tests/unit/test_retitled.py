"""Titles of the institute's own articles that were written over: told of, and not believed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from archive.cleaning.repairs import revert
from archive.evidence.texts import in_chinese
from archive.store import open_archive
from tests.tampering.brands import invented_disguise
from tests.tampering.copies import TODAY
from tests.unit.own_nights import ARTICLES, HOST, Institute, Kept, newest

FEW = 5
ENGLISH = re.compile(r"(?<![\w.])(?:put|to|of|the|titles|over|which|look|at|same)(?![\w.])")
Titling = Callable[[str, str], str]
"""A new title of an old one and a word."""


@pytest.fixture
def institute() -> Institute:
    return Institute()


@pytest.fixture
def kept(tmp_path: Path, institute: Institute) -> Iterator[Kept]:
    with open_archive(tmp_path / "data", create=True) as archive:
        yield Kept(archive, institute.host)


def behind(title: str, word: str) -> str:
    return f"{title}-{word}"


def before(title: str, word: str) -> str:
    return f"{word}_{title}"


def in_its_place(_: str, word: str) -> str:
    return word


def retitled(
    institute: Institute, made: Titling, words: Sequence[str], count: int = ARTICLES
) -> dict[str, str]:
    """So many articles under another title, wherever it stands on their pages; those first whose
    texts have most of its words."""
    own = institute.own()
    pages = sorted(institute.pages, key=lambda one: -_shared(one.title, one.text))
    for number, one in enumerate(pages[:count]):
        title = made(one.title, words[number % len(words)])
        head, body = re.split("(?i)</title>", own[one.path], maxsplit=1)
        own[one.path] = (
            f"{head.replace(one.title, title)}</title>{body.replace(one.title, title, 1)}"
        )
    return own


def _shared(title: str, text: str) -> float:
    pairs = [title[at : at + 2] for at in range(len(title) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs)


def keywords(institute: Institute, count: int) -> Sequence[str]:
    return invented_disguise(institute.rng, institute.names, TODAY).phrases[:count]


@pytest.mark.parametrize("count", [ARTICLES, FEW])
@pytest.mark.parametrize("several", [1, 2])
@pytest.mark.parametrize("made", [behind, before])
def test_what_is_put_to_titles_is_taken_off_and_told(
    institute: Institute, kept: Kept, made: Titling, several: int, count: int
) -> None:
    kept.walked(0, institute.own())
    said = kept.said()
    hacked = retitled(institute, made, keywords(institute, several), count)
    for day in (1, 2):
        report = kept.walked(day, hacked)
        assert kept.said() == said
        assert report.changes["unchanged"] == ARTICLES
        told = [line for line in (*report.alarms, *report.notes) if "titles of articles" in line]
        assert len(told) == 1 or (made, count) == (behind, ARTICLES)
        assert not any(ENGLISH.search(in_chinese(line)) for line in told)
    report = kept.walked(3, institute.own())
    assert kept.said() == said
    assert (report.alarms, report.notes) == ((), ())


@pytest.mark.parametrize("count", [ARTICLES, FEW])
def test_titles_that_no_text_knows_are_not_believed(
    institute: Institute, kept: Kept, count: int
) -> None:
    kept.walked(0, institute.own())
    said = kept.said()
    report = kept.walked(1, retitled(institute, in_its_place, keywords(institute, 4), count))
    assert kept.said() == said
    (alarm,) = [line for line in report.alarms if "other titles" in line]
    assert not ENGLISH.search(in_chinese(alarm))


def test_what_was_undone_is_a_repair_that_gives_back_what_the_page_had(
    institute: Institute, kept: Kept
) -> None:
    kept.walked(0, institute.own())
    kept.walked(1, retitled(institute, behind, keywords(institute, 1), FEW))
    undone = 0
    for one in kept.archive.store.articles("s"):
        witness = newest(one)
        made = [repair for repair in witness.clean.repairs if repair.field == "title"]
        undone += len(made)
        assert {repair.rule for repair in made} <= {"title-from-past"}
        assert all(not ENGLISH.search(in_chinese(repair.evidence)) for repair in made)
        assert revert(witness.clean.title or "", made) == witness.raw.title
    assert undone == FEW


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_in_which_files_come_does_not_show(
    institute: Institute, kept: Kept, order: Sequence[int]
) -> None:
    hacked = retitled(institute, behind, keywords(institute, 1), FEW)
    days = {0: institute.own(), 1: hacked, 2: institute.own()}
    for day in order:
        kept.taken_in(30 * day, days[day])
    titles = {f"http://{HOST}{one.path}": one.title for one in institute.pages}
    assert {url: title for url, title, *_ in kept.said().values()} == titles
    assert {one.versions for one in kept.archive.store.articles("s")} == {1}


def test_titles_that_the_institute_writes_anew_are_read(institute: Institute, kept: Kept) -> None:
    kept.walked(0, institute.own())
    full, _ = institute.names

    def corrected(title: str, _: str) -> str:
        return f"{title}（修订）"

    report = kept.walked(1, retitled(institute, corrected, ("",), FEW))
    assert (report.changes["changed"], report.alarms) == (FEW, ())
    report = kept.walked(2, retitled(institute, behind, (full[:-1],), 2))
    titles = [title or "" for _, title, *_ in kept.said().values()]
    assert sum(title.endswith(f"-{full[:-1]}") for title in titles) == 2
