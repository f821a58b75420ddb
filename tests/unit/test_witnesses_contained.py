"""A piece of an article joins its whole; this year's notice never joins last year's."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import pytest

from archive.model import Extraction, PageKind, Role, WarcPointer, Witness
from archive.witnesses import contained
from archive.witnesses.contained import join_contained
from tests.unit.unmask_tampering import DECODING

WHEN = datetime(2026, 5, 1, tzinfo=UTC)
OFFICIAL, MIRROR = "www.qskyzx.com", "www.hx7788.com"


def witness(
    host: str, path: str, title: str, text: str, role: Role = "original", day: date | None = None
) -> Witness:
    read = Extraction(
        PageKind.ARTICLE, f"http://{host}{path}", DECODING, title=title, text=text, published=day
    )
    pointer = WarcPointer("a.warc.gz", 0, 1, "sha256:0", f"r{host}{path}")
    return Witness(f"http://{host}{path}", role, WHEN, pointer, read, read)


def notice(year: int, number: int) -> str:
    return (
        f"各部门：根据上级通知精神，现将{year}年第{number}号采购项目的结果公告如下，成交日期{year}年3月8日，公告期限"
        "3个工作日，有异议的单位请在公告期限内以书面形式提出，逾期不予受理，特此公告。"
    )


def story(number: int) -> str:
    parts = (
        f"第{number}组的光栅刻划机运行了{n * 37 + number}小时，误差记录{n}次。" for n in range(9)
    )
    return "".join(parts)


def filled(number: int) -> str:
    """A page of one template: its numbers are those of all others, its passages those of some."""
    every = [
        story(n)[: n + 60].translate(str.maketrans("0123456789", "甲乙丙丁戊己庚辛壬癸"))
        for n in range(40)
    ]
    return "电话：010-62551234，2011年3月8日。" + "".join(Random(number).sample(every, 12))


def joined(witnesses: list[Witness]) -> list[tuple[int, ...]]:
    return join_contained(witnesses, [(place,) for place in range(len(witnesses))])


def test_a_page_of_a_series_on_a_mirror_joins_its_whole() -> None:
    whole = witness(OFFICIAL, "/t1.html", "刻划机", story(1) + story(2))
    piece = witness(MIRROR, "/html/a.html", "刻划机", story(2), "mirror")
    assert joined([whole, piece]) == [(0, 1)]


def test_a_piece_is_found_among_hundreds_of_one_template() -> None:
    others = [
        witness(OFFICIAL, f"/t{n}.html", "结果公告", notice(2000 + n % 20, n)) for n in range(400)
    ]
    whole = witness(OFFICIAL, "/w.html", "结果公告", notice(2011, 977) + story(5))
    piece = witness(MIRROR, "/html/a.html", "结果公告", notice(2011, 977), "mirror")
    groups = joined([*others, whole, piece])
    assert (400, 401) in groups
    assert len(groups) == 401


def test_notices_that_differ_in_a_number_stay_apart() -> None:
    one = witness(OFFICIAL, "/a.html", "结果公告", notice(2011, 5))
    other = witness(MIRROR, "/html/b.html", "结果公告", notice(2012, 5) + story(3), "mirror")
    assert joined([one, other]) == [(0,), (1,)]


SAFETY = (
    "各部门、各课题组：春节将至，为切实做好节日期间的安全保卫工作，现将有关事项通知如下。各部门要高度重视，认真组织"
    "节前安全检查，消除各类隐患。值班人员要坚守岗位，严禁脱岗漏岗。"
)


@pytest.mark.parametrize("more", ["", "遇有紧急情况立即报告保卫处值班室。"])
@pytest.mark.parametrize(("host", "role"), [(OFFICIAL, "original"), (MIRROR, "mirror")])
def test_a_notice_of_the_same_words_is_another_one_in_another_year(
    more: str, host: str, role: Role
) -> None:
    one = witness(host, "/a.html", "安全通知", SAFETY, role, date(2010, 2, 3))
    other = witness(host, "/b.html", "安全通知", SAFETY + more, role, date(2011, 1, 21))
    assert joined([one, other]) == [(0,), (1,)]
    same = replace_day(other, date(2010, 2, 5))
    assert joined([one, same]) == joined([one, replace_day(other, None)]) == [(0, 1)]


def test_the_days_that_a_mirror_tells_part_nothing_from_other_hosts() -> None:
    one = witness(OFFICIAL, "/a.html", "安全通知", SAFETY + SAFETY, day=date(2010, 2, 3))
    other = witness(MIRROR, "/b.html", "安全通知", SAFETY, "mirror", date(2026, 5, 1))
    assert joined([one, other]) == [(0, 1)]


def replace_day(one: Witness, day: date | None) -> Witness:
    """The same witness, published on another day or on none."""
    read = replace(one.clean, published=day)
    return replace(one, raw=read, clean=read)


def test_a_piece_under_another_title_stays_apart() -> None:
    whole = witness(OFFICIAL, "/t1.html", "刻划机", story(1) + story(2))
    piece = witness(MIRROR, "/html/a.html", "运动会", story(2), "mirror")
    assert joined([whole, piece]) == [(0,), (1,)]


def test_two_offices_that_sent_the_same_words_have_two_articles() -> None:
    one = witness(OFFICIAL, "/a.html", "结果公告", notice(2011, 5) + "办公室")
    other = witness(OFFICIAL, "/b.html", "结果公告", notice(2011, 5) + "研究生部")
    assert joined([one, other]) == [(0,), (1,)]


def test_pages_of_one_template_are_not_read_once_for_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = []
    contains = contained._contains

    def counted(*texts: contained._Text) -> bool:
        read.append(texts)
        return contains(*texts)

    monkeypatch.setattr(contained, "_contains", counted)
    pages = [witness(OFFICIAL, f"/t{n}.html", "通知", filled(n)) for n in range(60)]
    whole = witness(OFFICIAL, "/w.html", "通知", filled(7) + filled(99))
    assert len(joined([*pages, whole])) == 60
    assert len(read) <= 61


def test_texts_of_little_but_numbers_are_held_in_little_memory() -> None:
    noise = Random("numbers")
    texts = [" ".join(str(noise.randrange(10**6)) for _ in range(8_000)) for _ in range(12)]
    witnesses = [witness(OFFICIAL, f"/{n}.html", "", text) for n, text in enumerate(texts)]
    tracemalloc.start()
    try:
        groups = [(n,) for n in range(len(texts))]
        assert join_contained(witnesses, groups) == groups
        # The counts of one text are made at a time; as words and lists they took 24 MB in all.
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()
