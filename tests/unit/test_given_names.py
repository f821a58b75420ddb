"""What the operator says the institute is called is put where a mirror's brand stands in its place,
where nothing else tells, and nowhere that it might be another name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from archive.cleaning.frame import FrameSurvey
from archive.cleaning.unmasking.given_names import one_owner_of
from archive.cleaning.unmasking.host import HostSurvey, Sample
from archive.cleaning.unmasking.marks import LACUNA, MirrorMarks
from archive.evidence.texts import in_chinese
from archive.model import Article, Site
from archive.profiles import add_profile
from archive.sitepass.report import DeriveReport
from archive.store import open_archive
from tests.tampering import Copy, copied, invented_institute, originals
from tests.tampering.archived import put
from tests.unit.mirror_hosts import ENGLISH, MIRROR, surveyed

PAGES = 10
EVIDENCE = ("named by the operator",)


def copy_of(seed: str, recipe: str, host: str | None = None) -> tuple[tuple[str, str], Copy]:
    """The names of an invented institute whose texts call it by both, and a mirror's copy."""
    rng = Random(seed)
    names, pages = originals(rng, PAGES, host)
    while not all(any(name in one.text for one in pages) for name in names):
        names, pages = originals(rng, PAGES, host)
    return names, copied(pages, names, recipe, rng, strength=1.0)


def marks_of(copy: Copy, given: Sequence[str], evidence: Sequence[str] = EVIDENCE) -> MirrorMarks:
    pages = [(path, html) for path, html, _ in copy.pages]
    return surveyed(FrameSurvey(given), MIRROR, pages).marks(MIRROR, (), evidence)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("recipe", ["name", "name-pinyin", "name-spaced", "redated"])
def test_a_name_that_only_the_operator_tells_is_put_back(seed: int, recipe: str) -> None:
    names, copy = copy_of(f"given {seed}", recipe)
    assert not marks_of(copy, ()).names
    slots = marks_of(copy, names).names
    assert [(slot.brand, slot.name) for slot in slots] == [(copy.disguise.brand, names[0])]
    assert slots[0].evidence.startswith(f"the operator calls the institute {names[0]}")
    assert not ENGLISH.search(in_chinese(slots[0].evidence))


@pytest.mark.parametrize("seed", range(4))
def test_one_brand_for_two_given_names_stays_a_gap(seed: int) -> None:
    names, copy = copy_of(f"both {seed}", "both-names")
    marks = marks_of(copy, names)
    assert (marks.names, marks.lost) == ((), (copy.disguise.brand,))


@pytest.mark.parametrize("seed", range(4))
def test_a_name_that_the_pages_write_is_put_back_nowhere_by_the_operators_word_alone(
    seed: int,
) -> None:
    names, copy = copy_of(f"other {seed}", "name")
    standing = names[1]
    other = invented_institute(Random(f"stranger {seed}"))[0]
    assert marks_of(copy, (standing, other)).names == ()
    assert marks_of(copy, (standing,)).names == ()


@pytest.mark.parametrize("seed", range(4))
def test_a_made_up_institutions_name_gives_way_to_the_one_the_operator_gives(seed: int) -> None:
    names, copy = copy_of(f"made up {seed}", "neutral", "www.qskyzx.com")
    without, told = (marks_of(copy, given, ("recognised",)) for given in ((), names))
    assert copy.disguise.neutral not in without.brands
    assert [(slot.brand, slot.name) for slot in told.names] == [(copy.disguise.neutral, names[0])]
    said = [line for line in told.evidence if "none of the names" in line]
    assert said
    assert not ENGLISH.search(in_chinese(said[0]))


@pytest.mark.parametrize("seed", range(4))
def test_the_institutes_own_names_in_a_frame_are_never_taken_for_made_up(seed: int) -> None:
    names, copy = copy_of(f"plain {seed}", "plain", "www.qskyzx.com")
    for given in (names, names[:1], (f"中国科学院{names[0]}", names[1])):
        assert marks_of(copy, given).brands == ()


def read_again(
    folder: Path, copy: Copy, given: Sequence[str]
) -> tuple[list[Article], DeriveReport]:
    if given:
        add_profile(folder, ["www.example.ac.cn"], name="s", institute=given)
    pages = [(path, html) for path, html, _ in copy.pages]
    with open_archive(folder, create=True) as archive:
        report = put(archive, Site("s", (), (MIRROR,)), {MIRROR: pages}, kind="backfill")
        return list(archive.store.articles()), report


def test_a_report_asks_for_the_name_and_the_profile_gives_it(tmp_path: Path) -> None:
    names, copy = copy_of("profile", "name", "www.qskyzx.com")
    articles, report = read_again(tmp_path / "a", copy, ())
    assert any(LACUNA in article.reading.text for article in articles)
    (note,) = report.notes
    gaps = sum(LACUNA in f"{a.reading.title}{a.reading.text}" for a in articles)
    assert f"nothing in the archive tells: {gaps};" in note
    assert note.endswith("or crawl www.qskyzx.com, which their pages name")
    assert not ENGLISH.search(in_chinese(note).replace("institute", ""))

    articles, report = read_again(tmp_path / "b", copy, names)
    assert report.notes == ()
    assert not any(LACUNA in article.reading.text for article in articles)
    texts = {article.reading.title: article.reading.text for article in articles}
    for _, _, one in copy.pages:
        assert texts[one.title].count(names[0]) == one.text.count(names[0])


def test_a_profile_that_is_given_a_name_reads_the_archive_anew(tmp_path: Path) -> None:
    names, copy = copy_of("anew", "name")
    read_again(tmp_path, copy, ())
    articles, _ = read_again(tmp_path, copy, names)
    assert not any(LACUNA in article.reading.text for article in articles)


def branded(*frames: str, said: str) -> HostSurvey:
    """Ten pages with these terms in their titles' ends and feet, and an article that says so."""
    survey = HostSurvey(pages=PAGES)
    for slot in ("title_ends", "owners"):
        survey.filled[slot] = PAGES
        survey.slots[slot].update(dict.fromkeys(frames, PAGES))
    for number in range(PAGES):
        survey.samples[f"/{number}"] = Sample(f"/{number}", "通知", said, None)
    return survey


@pytest.mark.parametrize(
    ("brands", "said", "owner"),
    [
        (("霆曜", "鼎川国际"), "霆曜召开会议。", "霆曜"),
        (("霆曜", "霆曜国际"), "霆曜国际召开会议，霆曜的代表出席。", "霆曜"),
        (("霆曜", "鼎川国际"), "霆曜召开会议，鼎川国际的代表出席。", ""),
        (("霆曜",), "我们召开会议。", ""),
    ],
)
def test_the_name_is_that_of_the_only_brand_in_the_texts(
    brands: tuple[str, ...], said: str, owner: str
) -> None:
    assert one_owner_of(brands, branded(*brands, said=said)) == owner


def test_a_term_that_ends_titles_and_owns_nothing_is_given_no_name() -> None:
    survey = branded("霆曜", said="霆曜召开会议。")
    survey.slots["owners"].clear()
    assert one_owner_of(("霆曜",), survey) == ""
