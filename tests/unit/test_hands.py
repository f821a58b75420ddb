"""A domain that belongs to somebody else: what comes from there is kept, and not believed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from archive.evidence.texts import in_chinese
from archive.profiles import add_profile
from archive.runs.counts import mirror_notes
from archive.sitepass.derive import derive
from archive.store import Archive, open_archive
from tests.tampering.brands import invented_institute
from tests.unit.own_nights import ARTICLES, FIRST_DAY, HOST, Institute, Kept

RESERVED = "www.qskyzx.ac.cn"
ENGLISH = re.compile(r"(?<![\w.])(?:the|of|since|which|pages|write|into)(?![\w.])")


@pytest.fixture
def keep(tmp_path: Path) -> Iterator[Callable[[Institute], Kept]]:
    with open_archive(tmp_path / "data", create=True) as archive:
        yield lambda institute: Kept(archive, institute.host)


def profile(archive: Archive, host: str, key: str, value: str) -> None:
    path = add_profile(archive.data, [f"http://{host}/"], name="s")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"{key} = []", f"{key} = [{value}]"), encoding="utf-8")


@pytest.mark.parametrize("host", [HOST, RESERVED])
@pytest.mark.parametrize("recipe", ["frame", "name", "pinyin", "name-words", "redated", "retitled"])
def test_a_domain_in_other_hands_alarms_and_its_articles_stay_what_they_were(
    keep: Callable[[Institute], Kept], host: str, recipe: str
) -> None:
    institute = Institute(host)
    kept = keep(institute)
    kept.walked(0, institute.own())
    before = kept.said()
    for day in (1, 2):
        theirs = institute.copied(recipe)
        more = {f"/html/{day}/{n}.html": html for n, html in enumerate(theirs.values())}
        report = kept.walked(day, theirs | more)
        assert kept.said() == before
        assert report.set_aside == ARTICLES
        assert report.mirrors == ()
        (alarm,) = report.alarms
        since = (FIRST_DAY + timedelta(days=1)).date()
        assert alarm.startswith(f"{host}: somebody else's pages since {since}, which are kept")
        assert not ENGLISH.search(in_chinese(alarm))
    assert derive(kept.archive, "s", anew=True).set_aside == ARTICLES
    assert kept.said() == before
    report = kept.walked(3, institute.own())
    assert kept.said() == before
    assert (report.set_aside, report.alarms) == (0, ())


def _another(institute: Institute) -> dict[str, str]:
    return institute.called(invented_institute(institute.rng)[0])


def _firm(institute: Institute) -> dict[str, str]:
    return institute.called(f"{institute.names[0][:4]}科技集团有限公司")


def _portal(institute: Institute) -> dict[str, str]:
    return {path: html.replace("</title>", "-门户网站</title>") for path, html in _own(institute)}


def _without_name(institute: Institute) -> dict[str, str]:
    title = re.compile(r"(<title>[^<]*?)[-_|]+[^<]*</title>")
    return {
        path: title.sub(r"\1-首页</title>", html).replace(institute.names[0], "")
        for path, html in _own(institute)
    }


def _hacked(institute: Institute) -> dict[str, str]:
    return institute.copied("hidden")


def _own(institute: Institute) -> Sequence[tuple[str, str]]:
    return tuple(institute.own().items())


@pytest.mark.parametrize("host", [HOST, RESERVED])
@pytest.mark.parametrize("made", [_another, _firm, _portal, _without_name, _hacked])
def test_an_institute_by_another_name_or_broken_into_is_the_institute(
    keep: Callable[[Institute], Kept],
    host: str,
    made: Callable[[Institute], dict[str, str]],
) -> None:
    institute = Institute(host)
    kept = keep(institute)
    kept.walked(0, institute.own())
    report = kept.walked(1, made(institute))
    assert report.set_aside == 0
    assert report.mirrors == ()
    assert not any("somebody else's" in line for line in report.alarms)
    assert len(kept.said()) == ARTICLES


def test_what_the_operator_calls_the_institutes_own_is_believed(
    keep: Callable[[Institute], Kept],
) -> None:
    institute = Institute()
    kept = keep(institute)
    kept.walked(0, institute.own())
    theirs = institute.copied("name")
    assert kept.walked(1, theirs).set_aside == ARTICLES
    profile(kept.archive, HOST, "relaunched", "2026-05-02")
    report = derive(kept.archive, "s")
    assert report.set_aside == 0
    assert not any("somebody else's" in line for line in report.alarms)
    assert report.changes["changed"] == ARTICLES


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_a_domain_that_changed_hands_long_ago_is_told_in_whatever_order_its_files_come(
    keep: Callable[[Institute], Kept], order: Sequence[int]
) -> None:
    institute = Institute()
    kept = keep(institute)
    days = {0: institute.own(), 1: institute.own()}
    days |= {2: institute.copied("name"), 3: institute.copied("name")}
    for day in order:
        report = kept.taken_in(700 * day, days[day])
    since = (FIRST_DAY + timedelta(days=1400)).date()
    (alarm,) = report.alarms
    assert alarm.startswith(f"{HOST}: somebody else's pages since {since}, which are kept")
    assert report.mirrors == ()
    titles = {one.title for one in institute.pages}
    assert {title for _, title, _, _ in kept.said().values()} == titles
    assert {status for *_, status in kept.said().values()} == {"live"}


def test_a_mirror_that_the_crawl_began_with_is_one_unless_the_operator_says_otherwise(
    keep: Callable[[Institute], Kept],
) -> None:
    institute = Institute()
    kept = keep(institute)
    for day in (0, 1):
        report = kept.walked(day, institute.copied("name"))
        assert [one.host for one in report.mirrors] == [HOST]
        assert {status for *_, status in kept.said().values()} == {"mirror-only"}
        assert len(kept.said()) == ARTICLES
        note, untold = report.notes
        assert note.startswith(f"{HOST}: taken for a mirror, though the crawl began there")
        assert "institute = [" in untold
        assert not ENGLISH.search(in_chinese(note))
        assert any(line.startswith(f"{HOST} is a mirror of ") for line in mirror_notes(report))
    profile(kept.archive, HOST, "own_hosts", f'"{HOST}"')
    report = derive(kept.archive, "s")
    assert (report.mirrors, report.notes) == ((), ())
    assert {status for *_, status in kept.said().values()} == {"live"}


def test_nobodys_word_is_gone_against_where_no_crawl_began(
    keep: Callable[[Institute], Kept],
) -> None:
    institute = Institute()
    report = keep(institute).taken_in(0, institute.copied("name"))
    assert [mirror.host for mirror in report.mirrors] == [HOST]
    assert not any("the crawl began there" in note for note in report.notes)
