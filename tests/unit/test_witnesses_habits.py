"""Words that a host is known to write for another's by one pair of pages alone."""

from __future__ import annotations

import pytest

from archive.model import Site, Witness
from archive.witnesses import assemble
from tests.unit.alike_articles import LECTURE, LIST, MIRROR, OFFICIAL, OUTAGE, VISIT, witness

SPINNER = "www.zz8899.net"
SUBJECTS = ("光栅刻划", "真空镀膜", "激光测距", "低温红外", "空间遥感")
OFTEN = (("进行了交流", "举行了交流"), ("原理", "道理"))
"""What the spinner writes on each page."""


def pages(word: str, other: str, *, elsewhere: str = "", often: bool = True) -> list[Witness]:
    """Five pages on two hosts, one of which writes ``other`` for the ``word`` of the first page,
    and has what stands ``elsewhere`` on its last."""
    some = []
    for place, subject in enumerate(SUBJECTS):
        title = f"{subject}技术培训班在我所举行并结业"
        text = LECTURE.replace("光栅刻划", subject) + f"{subject}研究室负责人出席了结业式。" * 3
        text += VISIT + LIST + OUTAGE
        text += f"会议指出，{word}应当如此。" if place == 0 else "此致敬礼。"
        text += elsewhere if place == len(SUBJECTS) - 1 else ""
        spun = text.replace(f"，{word}应当", f"，{other}应当")
        for one, for_it in OFTEN if often else ():
            spun = spun.replace(one, for_it)
        for host, folder, said in ((MIRROR, "7a", text), (SPINNER, "b4", spun)):
            some.append(witness(host, title, said, path=f"/html/{folder}{place}9.html"))
    return some


def articles(some: list[Witness]) -> int:
    (count,) = {len(assemble(Site("s", (OFFICIAL,)), order)) for order in (some, some[::-1])}
    return count


def test_a_plain_word_that_a_spinning_host_never_writes_is_one_that_it_replaces() -> None:
    assert articles(pages("发展", "开展")) == len(SUBJECTS)


def test_a_word_that_the_host_writes_elsewhere_is_none_that_it_replaces() -> None:
    some = pages("发展", "开展", elsewhere="大家谈了发展。")
    assert articles(some) == len(SUBJECTS) + 1


@pytest.mark.parametrize(
    ("word", "other"),
    [("冯伟", "冯维"), ("上午", "下午"), ("女子", "男子"), ("二十", "三十"), ("北京", "上海")],
)
def test_a_name_a_time_a_number_or_a_rare_word_is_told_by_no_single_page(
    word: str, other: str
) -> None:
    assert articles(pages(word, other)) == len(SUBJECTS) + 1


def test_a_word_for_another_on_a_host_that_is_not_known_to_spin_parts_two_articles() -> None:
    assert articles(pages("发展", "开展", often=False)) == len(SUBJECTS) + 1


@pytest.mark.parametrize(("words", "apart"), [(5, 0), (2, 2)])
def test_many_plain_words_that_a_host_never_writes_show_that_it_spins(
    words: int, apart: int
) -> None:
    said, spun = ("发展", "经济", "已经", "可以", "社会"), ("开展", "财经", "早已", "能够", "世间")
    some = []
    for place, pair in enumerate(list(zip(said, spun, strict=True))[:words]):
        subject, body = SUBJECTS[place], LECTURE + VISIT + LIST + OUTAGE
        title = f"{subject}技术培训班在我所举行并结业"
        text = body.replace("光栅刻划", subject) + f"{subject}研究室负责人出席了结业式。" * 9
        for host, folder, word in zip((MIRROR, SPINNER), ("7a", "b4"), pair, strict=True):
            path = f"/html/{folder}{place}9.html"
            some.append(witness(host, title, f"{text}会议指出，{word}应当如此。", path=path))
    assert articles(some) == words + apart
