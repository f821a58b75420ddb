"""A title in whose place keywords stand is told by the links of the same host, or not at all."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

import pytest
from lxml import html as lxml_html

from archive.cleaning.frame import FrameSurvey
from archive.cleaning.repairs import revert
from archive.cleaning.unmask import unmask
from archive.cleaning.unmasking.host import HostSurvey, Sample
from archive.cleaning.unmasking.linked import HERE, hosts_linked, title_in
from archive.cleaning.unmasking.titles import told_titles
from archive.cleaning.unmasking.titles_undone import TITLE_LOST
from archive.model import Extraction
from tests.site.institute import Generation
from tests.site.tamper import entities
from tests.tampering import Copy, Original, copied, originals
from tests.unit.mirror_hosts import MIRROR, extractions, pages_read, surveyed

LISTED = "/list/index.htm"
HEADED = re.compile(r'<meta name="ArticleTitle"[^>]*>')


def mirror(seed: int) -> Copy:
    """A copy of eight pages with keywords in the place of titles, whose heads tell no other."""
    rng = Random(f"linked {seed}")
    names, pages = originals(rng, 8)
    made = copied(pages, names, "retitled", rng)
    return replace(made, pages=tuple((p, HEADED.sub("", html), o) for p, html, o in made.pages))


def listing(some: list[tuple[str, Original]], cut: int | None = None) -> str:
    """A list page of the same kit that leads to pages under their titles, cut short or whole."""
    rows = "".join(
        f'<li><a href="{path}">{one.title[:cut]}{"…" if cut else ""}</a> 2010-12-09</li>'
        for path, one in some
    )
    title = entities("铂濠霆官网下载")
    return f"<html><head><title>{title}</title></head><body><ul>{rows}</ul></body></html>"


def read_back(copy: Copy, page: str) -> list[tuple[Original, Extraction, Extraction]]:
    """Each article with what its page says and what is left of that, ``page`` among the pages."""
    made = [(path, html) for path, html, _ in copy.pages]
    survey = surveyed(FrameSurvey(), MIRROR, [*made, (LISTED, page)])
    marks = survey.marks(MIRROR, (), survey.recognise()[MIRROR].evidence)
    reads = extractions(pages_read(MIRROR, made))
    return [
        (one, read, unmask(read, marks)) for (*_, one), read in zip(copy.pages, reads, strict=True)
    ]


def test_links_tell_most_titles_that_keywords_replaced_and_none_wrongly() -> None:
    told = replaced = 0
    for copy in map(mirror, range(3)):
        found = read_back(copy, listing([(path, one) for path, _, one in copy.pages]))
        for one, read, clean in found:
            if read.title in copy.disguise.phrases:
                replaced += 1
                told += clean.title == one.title
                assert clean.title in (one.title, None)
                repairs = [r for r in clean.repairs if r.field == "title"]
                assert revert(clean.title or "", repairs) == read.title
    assert replaced
    assert told >= 0.5 * replaced


def test_links_to_other_pages_tell_nothing() -> None:
    copy = mirror(1)
    paths = [path for path, _, _ in copy.pages]
    turned = [*paths[1:], paths[0]]
    ones = [one for *_, one in copy.pages]
    for _, read, clean in read_back(copy, listing(list(zip(turned, ones, strict=True)))):
        if read.title in copy.disguise.phrases:
            assert clean.title is None
            assert TITLE_LOST in clean.flags


def test_links_that_are_cut_short_give_no_page_their_words_for_a_title() -> None:
    copy = mirror(2)
    page = listing([(path, one) for path, _, one in copy.pages], cut=8)
    found = read_back(copy, page)
    for one, read, clean in found:
        assert clean.title in (read.title, one.title) or TITLE_LOST in clean.flags
    assert sum(TITLE_LOST in clean.flags for *_, clean in found) > len(found) / 2


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("上一篇： 关于2010年国庆节放假的通知", "关于2010年国庆节放假的通知"),
        ("· 空间相机交付使用 [2010-09-27]", "空间相机交付使用"),
        ("空间相机在轨运行正常已经取得…", ""),
        ("下一篇：没有了", ""),
        ("Home page", ""),
    ],
)
def test_the_words_of_a_link_without_what_stands_round_them(words: str, title: str) -> None:
    assert title_in(words) == title


def test_two_titles_for_one_page_are_none() -> None:
    text = "空间相机交付使用，空间相机在轨运行正常。"
    survey = HostSurvey()
    survey.samples = {
        "/a.htm": Sample("/a.htm", "铂濠官网", text, None),
        "/b.htm": Sample("/b.htm", "铂濠官网", "光学薄膜通过验收，专家组表示祝贺。", None),
        "/c.htm": Sample("/c.htm", "铂濠官网", "图书馆新书到馆，欢迎借阅。", None),
    }
    survey.linked = {
        "/a.htm": {"空间相机交付使用", "空间相机在轨运行"},
        "/b.htm": {"光学薄膜通过验收"},
        "/c.htm": {"光学薄膜通过验收"},
    }
    assert list(told_titles(survey, ("铂濠官网",))) == [("/b.htm", "光学薄膜通过验收")]
    assert list(told_titles(survey, ())) == []


@pytest.mark.parametrize("seed", range(3))
def test_a_title_that_the_head_tells_is_put_back_if_the_text_knows_it(seed: int) -> None:
    rng = Random(f"headed {seed}")
    names, pages = originals(rng, 8, generation=Generation.MODERN)
    copy = copied(pages, names, "retitled", rng)
    back = read_back(copy, listing([]))
    lost = [(one, read, made) for one, read, made in back if read.title in copy.disguise.phrases]
    assert len(lost) >= 4
    assert sum(made.title == one.title for one, _, made in lost) >= len(lost) / 2
    assert all(made.title in (one.title, None) for one, _, made in lost)


def test_a_head_that_tells_what_no_text_knows_tells_no_title() -> None:
    survey = HostSurvey()
    survey.samples["/1"] = Sample("/1", "铂濠霆官网", "会议听取了课题组的工作汇报。" * 9, None)
    survey.headed["/1"] = {"鼎泰注册送彩"}
    assert list(told_titles(survey, ["铂濠霆官网"])) == []
    survey.headed["/1"] = {"课题组汇报工作"}
    assert list(told_titles(survey, ["铂濠霆官网"])) == [("/1", "课题组汇报工作")]


@pytest.mark.parametrize(("own", "told"), [(3, False), (4, True)])
def test_a_host_links_to_itself_where_a_good_part_of_its_links_are_paths(
    own: int, told: bool
) -> None:
    addresses = [f"http://{n}.example/" for n in range(10)] + [f"/{n}.htm" for n in range(own)]
    links = [(lxml_html.fromstring(f'<a href="{one}">栏目</a>'), one) for one in addresses]
    found = hosts_linked(links)
    assert (HERE in found) is told
    assert [host for host in found if host != HERE] == [f"{n}.example" for n in range(10)]
