"""The institute's own words exchanged for others on a part of its host: told of, and put back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning.repairs import revert
from archive.cleaning.script import light
from archive.evidence.texts import in_chinese
from archive.sitepass.added import bared
from archive.sitepass.swaps import day_of, swaps
from archive.store import open_archive
from tests.tampering import originals
from tests.unit.own_nights import HOST, Institute, Kept, newest

MANY, EACH = 24, 3
ENGLISH = re.compile(r"(?<![\w.])(?:put|of|what|since|look|at|the|same|before|in|if)(?![\w.])")


class Whole(Institute):
    """An institute with as many articles as its template has."""

    def __init__(self) -> None:
        super().__init__()
        self.rng = Random(71)
        self.names, self.pages = originals(self.rng, MANY, HOST)

    def tampered(self, recipe: str) -> dict[str, str]:
        """Each third page as a mirror of this recipe has it."""
        made = self.copied(recipe)
        return self.own() | {one.path: made[one.path] for one in self.pages[::EACH]}


@pytest.fixture
def institute() -> Whole:
    return Whole()


@pytest.fixture
def kept(tmp_path: Path, institute: Whole) -> Iterator[Kept]:
    with open_archive(tmp_path / "data", create=True) as archive:
        yield Kept(archive, institute.host)


@pytest.mark.parametrize("recipe", ["name", "name-spaced", "name-in-part", "redated"])
def test_articles_stay_the_same_while_others_words_stand_on_each_third_page_and_afterwards(
    institute: Whole, kept: Kept, recipe: str
) -> None:
    kept.walked(0, institute.own())
    before = kept.said()
    hacked = institute.tampered(recipe)
    for day in (1, 2):
        report = kept.walked(day, hacked)
        assert kept.said() == before
        (alarm,) = report.alarms
        assert alarm.startswith(f"{HOST}: put in the place of what ")
        assert not ENGLISH.search(in_chinese(alarm))
    report = kept.walked(3, institute.own())
    assert kept.said() == before
    assert (report.alarms, report.notes) == ((), ())
    assert {one.versions for one in kept.archive.store.articles("s")} == {1}


@pytest.mark.parametrize("recipe", ["emoji", "pinyin"])
def test_what_came_to_stops_and_characters_is_told_and_no_part_of_a_text(
    institute: Whole, kept: Kept, recipe: str
) -> None:
    kept.walked(0, institute.own())
    before = {url: text for url, _, text, _ in kept.said().values()}
    report = kept.walked(1, institute.tampered(recipe))
    assert {url: text for url, _, text, _ in kept.said().values()} == before
    (alarm,) = report.alarms
    assert "exchanged back: " in alarm
    assert not ENGLISH.search(in_chinese(alarm).replace("emoji", ""))


def test_days_that_were_rewritten_on_a_page_do_not_change_when_it_was_published(
    institute: Whole, kept: Kept
) -> None:
    kept.walked(0, institute.own())
    days = {one.id: one.reading.published for one in kept.archive.store.articles("s")}
    kept.walked(1, institute.tampered("redated"))
    for one in kept.archive.store.articles("s"):
        assert one.reading.published == days[one.id]


@pytest.mark.parametrize(
    ("more", "put_off"), [("", "2099年1月15日"), ("2019年3月4日另有说明。", "2020年1月15日")]
)
def test_appointments_that_an_institute_puts_off_for_one_day_are_read(
    institute: Whole, kept: Kept, more: str, put_off: str
) -> None:
    """To a day to come; or to one that has passed, beside another that stays."""

    def noticed(days: Sequence[str]) -> dict[str, str]:
        own = institute.own()
        chosen = [one.path for one in institute.pages[::EACH]]
        for path, day in zip(chosen, days, strict=True):
            at = own[path].rindex("。") + 1
            own[path] = f"{own[path][:at]}报名于{day}截止。{more}{own[path][at:]}"
        return own

    places = range(len(institute.pages[::EACH]))
    kept.walked(0, noticed([f"2019年5月{place + 1}日" for place in places]))
    report = kept.walked(1, noticed([put_off for _ in places]))
    assert report.alarms == ()
    assert sum(f"报名于{put_off}截止" in text for _, _, text, _ in kept.said().values()) == len(
        places
    )


def test_what_is_put_back_is_a_repair_that_gives_back_what_the_page_had(
    institute: Whole, kept: Kept
) -> None:
    kept.walked(0, institute.own())
    kept.walked(1, institute.tampered("redated"))
    undone = 0
    for one in kept.archive.store.articles("s"):
        witness = newest(one)
        for field in ("title", "text", "markdown", "html"):
            made = [repair for repair in witness.clean.repairs if repair.field == field]
            raw, clean = getattr(witness.raw, field) or "", getattr(witness.clean, field) or ""
            assert {repair.rule for repair in made} <= {"words-from-past"}
            assert all(not ENGLISH.search(in_chinese(repair.evidence)) for repair in made)
            assert revert(clean, made) == raw
            undone += len(made)
    assert undone >= MANY // EACH


def test_an_edit_of_the_institutes_own_is_read_beside_a_brand(institute: Whole, kept: Kept) -> None:
    kept.walked(0, institute.own())
    hacked = institute.tampered("name")
    kept.walked(1, hacked)
    one = institute.pages[0]
    at = hacked[one.path].rindex("。") + 1
    edited = f"{hacked[one.path][:at]}（二〇二六年补记）{hacked[one.path][at:]}"
    report = kept.walked(2, hacked | {one.path: edited})
    texts = {url: text for url, _, text, _ in kept.said().values()}
    at = one.text.rindex("。") + 1
    assert texts[f"http://{HOST}{one.path}"] == f"{one.text[:at]}（二〇二六年补记）{one.text[at:]}"
    assert report.alarms


def test_an_article_that_came_since_has_the_institutes_name_back(
    institute: Whole, kept: Kept
) -> None:
    full, _ = institute.names
    new = next(one for one in institute.pages[::EACH] if full in one.text)
    kept.walked(0, {path: html for path, html in institute.own().items() if path != new.path})
    kept.walked(1, institute.tampered("name"))
    texts = {url: text for url, _, text, _ in kept.said().values()}
    assert texts[f"http://{HOST}{new.path}"] == new.text


def test_what_tells_of_the_brand_when_it_is_gone_is_read_as_it_stands(
    institute: Whole, kept: Kept
) -> None:
    new = next(one for one in institute.pages[::EACH] if institute.names[0] in one.text)
    others = {path: html for path, html in institute.own().items() if path != new.path}
    hacked = institute.tampered("name")
    told = hacked.pop(new.path)
    kept.walked(0, others)
    kept.walked(1, hacked)
    report = kept.walked(3, others | {new.path: told})
    texts = {url: text for url, _, text, _ in kept.said().values()}
    assert institute.names[0] not in texts[f"http://{HOST}{new.path}"]
    assert report.alarms == ()


def test_what_is_put_into_articles_when_the_brand_is_gone_is_told(
    institute: Whole, kept: Kept
) -> None:
    kept.walked(0, institute.own())
    kept.walked(1, institute.tampered("name"))
    kept.walked(2, institute.own())
    bad = {p: h.replace("。", "凯熠霆k88官网下载。") for p, h in institute.own().items()}
    others = {one.path: bad[one.path] for one in institute.pages[1::EACH]}
    assert any("凯熠霆" in line for line in kept.walked(3, institute.own() | others).alarms)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_in_which_files_come_does_not_show(
    institute: Whole, kept: Kept, order: Sequence[int]
) -> None:
    days = {0: institute.own(), 1: institute.tampered("name"), 2: institute.own()}
    for day in order:
        kept.taken_in(30 * day, days[day])
    own = {f"http://{HOST}{one.path}": one.text for one in institute.pages}
    assert {url: text for url, _, text, _ in kept.said().values()} == own
    assert {one.versions for one in kept.archive.store.articles("s")} == {1}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("FULL", "SHORT"),
        ("FULL", "青松岭地质研究院"),
        ("FULL", "青松岭科技集团"),
        ("FULL", "我单位"),
        ("FULL", "FULL（筹）"),
        ("学习", "研习"),
        ("办公室", "综合部"),
        ("研究所", "研究院"),
        (r"(?<=\d{4})年(\d{1,2})月(\d{1,2})日", r"-\1-\2"),
    ],
)
def test_what_the_institute_calls_otherwise_on_some_of_its_pages_is_read_without_a_word(
    institute: Whole, kept: Kept, before: str, after: str
) -> None:
    full, short = institute.names
    before, after = (s.replace("SHORT", short).replace("FULL", full) for s in (before, after))
    kept.walked(0, institute.own())
    edited = institute.own()
    for one in institute.pages[::EACH]:
        head, body = re.split("(?i)<body", edited[one.path], maxsplit=1)
        edited[one.path] = f"{head}<body{re.sub(before, after, body)}"
    report = kept.walked(1, edited)
    assert report.alarms == ()
    for said in kept.archive.store.articles("s"):
        witness = newest(said)
        assert witness.clean is witness.raw or not witness.clean.repairs


def test_names_and_days_are_exchanged_as_a_whole() -> None:
    found = [
        *swaps("在青石光学研究所，2008年3月6日", "在青石娱乐，2026年5月1日", ("青石光学研究所",))
    ]
    assert [(one.old, one.came) for one in found] == [
        ("青石光学研究所", "青石娱乐"),
        ("2008年3月6日", "2026年5月1日"),
    ]
    assert found[1].days == ("2008-03-06", "2026-05-01")
    assert (day_of("2026-5-1"), day_of("2026-5-1-2"), day_of("研究所")) == ("2026-05-01", "", "")


def test_what_only_went_is_no_exchange() -> None:
    (came,) = swaps("甲乙丙丁", "甲乙新的丙丁")
    assert (came.went, came.came) == ("", "新的")
    assert not [*swaps("甲乙丙丁", "甲丁")]
    assert [(one.went, one.came) for one in swaps("有问题吗", "有题目吗")] == [("问题", "题目")]


@given(*[st.lists(st.text("甲乙\n，a1", max_size=6), max_size=5)] * 2, st.text("甲\n", max_size=4))
def test_what_is_exchanged_stands_where_it_is_said_to(
    before: list[str], after: list[str], both: str
) -> None:
    old, new = (f"{both}\n{''.join(some)}\n{both}" for some in (before, after))
    end = 0
    for one in swaps(old, new):
        assert end <= one.start < one.end <= len(new)
        assert one.old in old
        assert bared(light(new[one.start : one.end])) == one.came
        end = one.end


def test_tags_are_no_words() -> None:
    (one,) = swaps('<p class="a">青石所</p><p>', '<p class="a">银河城</p><p>', ("青石所",))
    assert (one.start, one.end, one.old) == (13, 16, "青石所")
