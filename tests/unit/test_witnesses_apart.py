"""Articles that are alike but for a name, a season or a numeral are not joined across hosts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from archive.model import Role, Site, Witness
from archive.witnesses import assemble
from tests.unit.alike_articles import LECTURE, LIST, MIRROR, OFFICIAL, OUTAGE, VISIT, witness


def articles(one: Witness, other: Witness) -> int:
    found = {len(assemble(Site("s", (OFFICIAL,)), some)) for some in ([one, other], [other, one])}
    (count,) = found
    return count


@pytest.mark.parametrize("name", ["冯维", "李晓红", "欧阳修远"])
@pytest.mark.parametrize("title", ["表彰决定", "关于表彰优秀共产党员的决定"])
@pytest.mark.parametrize("day", [None, date(2011, 7, 1)])
def test_a_list_of_winners_with_another_name_is_another_list(
    name: str, title: str, day: date | None
) -> None:
    other = LIST.replace("冯伟", name)
    assert articles(witness(OFFICIAL, title, LIST), witness(MIRROR, title, other, day)) == 2


@pytest.mark.parametrize("title", ["通知", "关于检修期间停电安排的通知"])
def test_a_notice_with_another_word_is_another_notice(title: str) -> None:
    one, other = (
        witness(h, title, OUTAGE.format(w)) for h, w in ((OFFICIAL, "上"), (MIRROR, "下"))
    )
    assert articles(one, other) == 2


@pytest.mark.parametrize("part", ["Ⅰ Ⅱ", "Ⅱ Ⅲ", "I II", "(一) (二)", "上 下", "1 12", "A B"])
def test_parts_of_a_series_with_the_same_words_stay_apart(part: str) -> None:
    one, other = part.split()
    left = witness(OFFICIAL, f"光栅技术讲座{one}", LECTURE)
    assert articles(left, witness(MIRROR, f"光栅技术讲座{other}", LECTURE)) == 2


def test_a_reprint_of_the_same_day_with_a_word_set_right_is_the_same_article() -> None:
    day = date(2010, 7, 1)
    one = witness(OFFICIAL, "关于表彰优秀共产党员的决定", LIST, day)
    other = witness(MIRROR, "关于表彰优秀共产党员的决定", LIST.replace("授予", "授与"), day)
    assert articles(one, other) == 1


def test_a_copy_that_is_cut_within_a_word_is_the_same_article() -> None:
    text = LECTURE + LIST
    one = witness(OFFICIAL, "光栅技术讲座", text)
    assert articles(one, witness(MIRROR, "光栅技术讲座", text[29:-31])) == 1


@pytest.mark.parametrize(
    ("folder", "joined"), [("201007/t20100701_9", 1), ("201107/t20110701_9", 2)]
)
def test_the_day_in_an_address_bears_a_copy_out_whose_days_are_rewritten(
    folder: str, joined: int
) -> None:
    title = "关于表彰优秀共产党员的决定"
    spun = LIST.replace("取得", "获得")
    path = f"/dj/{folder}.html"
    copy = witness("www.zz8899.net", title, spun, path=path)
    assert articles(witness(MIRROR, title, LIST, date(2010, 7, 1)), copy) == joined


def test_scars_side_by_side_are_no_other_word() -> None:
    title = "光栅技术讲座"
    scarred = LECTURE.replace("历史与现状", "?史?现状").replace("重点讲解", "重?讲?")
    assert articles(witness(OFFICIAL, title, LECTURE), witness(MIRROR, title, scarred)) == 1


@pytest.mark.parametrize(("pages", "apart"), [(2, 4), (3, 3), (5, 5)])
def test_a_word_that_a_host_writes_on_page_after_page_is_its_habit(pages: int, apart: int) -> None:
    subjects = ("光栅刻划", "真空镀膜", "激光测距", "低温红外", "空间遥感")[:pages]
    some = []
    for place, subject in enumerate(subjects):
        title = f"{subject}技术培训班在我所举行并结业"
        text = LECTURE.replace("光栅刻划", subject) + f"{subject}研究室负责人出席了结业式。" * 3
        spun = text.replace("进行了交流", "举办了交流")
        for host, folder, said in ((MIRROR, "7a", text), ("www.zz8899.net", "b4", spun)):
            some.append(witness(host, title, said, path=f"/html/{folder}{place}9.html"))
    for order in (some, some[::-1]):
        assert len(assemble(Site("s", (OFFICIAL,)), order)) == apart


@pytest.mark.parametrize(("further", "apart"), [(1, 1), (2, 0)])
def test_of_a_host_that_spins_two_pages_show_a_further_word_and_one_shows_none(
    further: int, apart: int
) -> None:
    subjects = ("光栅刻划", "真空镀膜", "激光测距", "低温红外", "空间遥感")
    some = []
    for place, subject in enumerate(subjects):
        title = f"{subject}技术培训班在我所举行并结业"
        text = LECTURE.replace("光栅刻划", subject) + f"{subject}研究室负责人出席了结业式。" * 3
        text += VISIT + LIST.replace("冯伟、", "") + OUTAGE
        text += "会务由冯伟负责。" if place < further else "此致敬礼。"
        spun = text.replace("进行了交流", "举行了交流").replace("原理", "道理")
        spun = spun.replace("冯伟", "冯维")
        for host, folder, said in ((MIRROR, "7a", text), ("www.zz8899.net", "b4", spun)):
            some.append(witness(host, title, said, path=f"/html/{folder}{place}9.html"))
    for order in (some, some[::-1]):
        assert len(assemble(Site("s", (OFFICIAL,)), order)) == len(subjects) + apart


@pytest.mark.parametrize(("day", "joined"), [(date(2010, 7, 1), 1), (None, 2)])
def test_a_numeral_that_was_lost_parts_no_copies_of_one_day(day: date | None, joined: int) -> None:
    title, text = "光栅刻划技术取得重要进展", LECTURE + "光栅每毫米刻线达10万条，比去年多2000条。"
    scarred = text.replace("10万", "10?").replace("原理", "原?")
    for lost in (scarred, scarred.replace("?", "\ufffd")):
        pair = witness(OFFICIAL, title, text, day), witness(MIRROR, title, lost, day)
        assert articles(*pair) == joined


@pytest.mark.parametrize("other", ["10条", "10亿条", "11?条"])
def test_a_numeral_that_was_never_there_was_not_lost(other: str) -> None:
    day, title = date(2010, 7, 1), "光栅刻划技术取得重要进展"
    text = LECTURE + "光栅每毫米刻线达{}，比去年多2000条。"
    pair = (text.format(said) for said in ("10万条", other))
    one, copy = (witness(h, title, t, day) for h, t in zip((OFFICIAL, MIRROR), pair, strict=True))
    assert articles(one, copy) == (1 if "亿" in other else 2)


@pytest.mark.parametrize(
    ("numbers", "pages", "apart"),
    [("第39次课有57人，2台仪器", 3, 3), ("第39次课有57人，2台仪器", 2, 4), ("课上有仪器", 3, 6)],
)
def test_words_of_a_host_are_learnt_from_long_texts_with_numbers_whose_titles_are_lost(
    numbers: str, pages: int, apart: int
) -> None:
    some = []
    for place, subject in enumerate(("光栅刻划", "真空镀膜", "激光测距")[:pages]):
        text = LECTURE.replace("光栅刻划", subject) + VISIT + f"{subject}{numbers}。" + LIST
        spun = text.replace("进行了交流", "举行了交流")
        some.append(witness(MIRROR, "", text, path=f"/html/7a{place}9.html"))
        title = f"{subject}技术培训班在我所举行并结业"
        some.append(witness("www.zz8899.net", title, spun, path=f"/html/b4{place}9.html"))
    for order in (some, some[::-1]):
        assert len(assemble(Site("s", (OFFICIAL,)), order)) == apart


SUBDOMAINS = Site("s", ("lib.qskyzx.com", "dj.qskyzx.com"))


def at_one_path(host: str, title: str, text: str, day: date | None, role: Role) -> Witness:
    one = witness(MIRROR, title, text, day)
    url = f"http://{host}/info/1005/1234.htm"
    read = replace(one.raw, url=url)
    return replace(one, url=url, role=role, raw=read, clean=read)


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("青年学员参观展览馆", (None, None)),
        ("停电通知", (date(2010, 7, 1), date(2012, 3, 5))),
    ],
)
def test_hosts_of_one_institute_have_articles_of_their_own_in_equal_places(
    title: str, days: tuple[date | None, date | None]
) -> None:
    lib, dj = SUBDOMAINS.official
    one = at_one_path(lib, title, OUTAGE.format("上"), days[0], "original")
    other = at_one_path(dj, "停电通知", OUTAGE.format("下") + LECTURE, days[1], "original")
    assert len(list(assemble(SUBDOMAINS, [one, other]))) == 2


def test_an_address_of_old_on_another_host_of_the_institute_gives_the_same_article() -> None:
    lib, dj = SUBDOMAINS.official
    day = date(2010, 7, 1)
    one = at_one_path(lib, "停电通知", OUTAGE.format("上"), day, "original")
    other = at_one_path(dj, "停电通知", OUTAGE.format("上") + "（已更正）", day, "original")
    assert len(list(assemble(SUBDOMAINS, [one, other]))) == 1
