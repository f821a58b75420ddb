"""Phrases put into the sentences of the institute's own pages: told of, and taken out again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from archive.cleaning.repairs import revert
from archive.cleaning.unmasking.compare import MAX_SPAN
from archive.evidence.texts import in_chinese
from archive.sitepass import put_in
from archive.sitepass.added import pairs_of
from archive.store import open_archive
from tests.unit.own_nights import ARTICLES, HOST, Institute, Kept, broken_into, newest

FEW = 5
NOTICE = "本文于发布后有修改"
ENGLISH = re.compile(r"(?<![\w.])(?:put|into|the|of|since|taken|out|look|at)(?![\w.])")


@pytest.fixture
def institute() -> Institute:
    return Institute()


@pytest.fixture
def kept(tmp_path: Path, institute: Institute) -> Iterator[Kept]:
    with open_archive(tmp_path / "data", create=True) as archive:
        yield Kept(archive, institute.host)


@pytest.mark.parametrize("count", [ARTICLES, FEW])
def test_articles_stay_the_same_while_phrases_stand_in_them_and_afterwards(
    institute: Institute, kept: Kept, count: int
) -> None:
    kept.walked(0, institute.own())
    before = kept.said()
    hacked = broken_into(institute, count)
    for day in (1, 2):
        report = kept.walked(day, hacked)
        assert kept.said() == before
        assert report.changes["unchanged"] == ARTICLES
        (alarm,) = report.alarms
        assert alarm.startswith(f"{HOST}: put into the texts of {count} articles since 2026-05-02")
        assert not ENGLISH.search(in_chinese(alarm))
    report = kept.walked(3, institute.own())
    assert kept.said() == before
    assert (report.alarms, report.changes["unchanged"]) == ((), ARTICLES)
    assert {one.versions for one in kept.archive.store.articles("s")} == {1}


def test_what_is_taken_out_is_a_repair_that_gives_back_what_the_page_had(
    institute: Institute, kept: Kept
) -> None:
    kept.walked(0, institute.own())
    kept.walked(1, broken_into(institute))
    for one in kept.archive.store.articles("s"):
        witness = newest(one)
        made = [repair for repair in witness.clean.repairs if repair.field == "text"]
        assert {repair.rule for repair in made} == {"sown-phrase"}
        assert all(not ENGLISH.search(in_chinese(repair.evidence)) for repair in made)
        assert witness.raw.text != witness.clean.text
        assert revert(witness.clean.text, made) == witness.raw.text


def test_an_article_that_came_since_is_read_without_them_too(
    institute: Institute, kept: Kept
) -> None:
    new = institute.pages[-1]
    kept.walked(0, {path: html for path, html in institute.own().items() if path != new.path})
    kept.walked(1, broken_into(institute))
    texts = {url: text for url, _, text, _ in kept.said().values()}
    assert len(texts) == ARTICLES
    assert texts[f"http://{HOST}{new.path}"] == new.text


def test_an_edit_of_the_institutes_own_is_read_while_phrases_stand_beside_it(
    institute: Institute, kept: Kept
) -> None:
    kept.walked(0, institute.own())
    hacked = broken_into(institute)
    kept.walked(1, hacked)
    path = institute.pages[0].path
    edited = dict(hacked)
    at = edited[path].rindex("。") + 1
    edited[path] = f"{edited[path][:at]}（二〇二六年补记）{edited[path][at:]}"
    report = kept.walked(2, edited)
    assert report.changes["changed"] == 1
    texts = {url: text for url, _, text, _ in kept.said().values()}
    whole = institute.pages[0].text
    at = whole.rindex("。") + 1
    assert texts[f"http://{HOST}{path}"] == f"{whole[:at]}（二〇二六年补记）{whole[at:]}"
    assert report.alarms


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_in_which_files_come_does_not_show(
    institute: Institute, kept: Kept, order: Sequence[int]
) -> None:
    days = {0: institute.own(), 1: broken_into(institute), 2: institute.own()}
    for day in order:
        kept.taken_in(30 * day, days[day])
    own = {f"http://{HOST}{one.path}": one.text for one in institute.pages}
    assert {url: text for url, _, text, _ in kept.said().values()} == own
    assert {one.versions for one in kept.archive.store.articles("s")} == {1}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("。", "。本文于发布后有修改。"),
        ("SHORT", "SHORT（现名FULL）"),
        ("研究室", "研究室（筹）"),
        ("，", "，特此说明，"),
    ],
)
def test_what_the_institute_writes_into_many_of_its_articles_stays(
    institute: Institute, kept: Kept, before: str, after: str
) -> None:
    full, short = institute.names
    kept.walked(0, institute.own())
    before, after = (s.replace("SHORT", short).replace("FULL", full) for s in (before, after))
    edited = {path: html.replace(before, after) for path, html in institute.own().items()}
    report = kept.walked(1, edited)
    assert not any("taken out" in line for line in report.alarms)
    texts = {url: text for url, _, text, _ in kept.said().values()}
    for one in institute.pages:
        assert texts[f"http://{HOST}{one.path}"] == one.text.replace(before, after)


def test_phrases_of_another_list_each_night_are_taken_out_each_night(
    institute: Institute, kept: Kept
) -> None:
    kept.walked(0, institute.own())
    before = kept.said()
    for day in (1, 2, 3):
        report = kept.walked(day, broken_into(institute))
        assert kept.said() == before
        assert report.changes["unchanged"] == ARTICLES
    assert {one.versions for one in kept.archive.store.articles("s")} == {1}


def test_what_a_host_said_is_gone_through_once_however_many_days_have_edits(
    institute: Institute, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = 5
    kept.walked(0, institute.own())
    for day in range(1, days):
        kept.walked(day, broken_into(institute))
    texts: list[str] = []

    def counted(text: str) -> set[str]:
        if len(text) > MAX_SPAN:
            texts.append(text)
        return pairs_of(text)

    monkeypatch.setattr(put_in, "pairs_of", counted)
    kept.walked(days, broken_into(institute))
    assert 0 < len(texts) <= days * ARTICLES


def test_looking_for_what_was_put_in_can_be_ended_at_each_article(
    institute: Institute, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Any] = []

    def kept_of(*all_of_it: Any) -> tuple[()]:
        given.extend(all_of_it)
        return ()

    with monkeypatch.context() as patched:
        patched.setattr(put_in, "put_in", kept_of)
        kept.walked(0, institute.own())
    versions, now, hosts, _ = given
    beats: list[int] = []
    put_in.put_in(versions, now, hosts, lambda: beats.append(0))
    assert len(beats) >= ARTICLES
    with pytest.raises(KeyboardInterrupt):
        put_in.put_in(versions, now, hosts, _ended)


def _ended() -> None:
    raise KeyboardInterrupt


def test_what_comes_after_a_break_in_that_is_over_is_told_again(
    institute: Institute, kept: Kept
) -> None:
    own = institute.own()
    for day, pages in enumerate((own, broken_into(institute), own)):
        kept.walked(day, pages)
    noticed = {path: html.replace("</p>", f"</p><p>{NOTICE}</p>", 1) for path, html in own.items()}
    report = kept.walked(3, noticed)
    assert [line for line in (*report.alarms, *report.notes) if NOTICE in line]
