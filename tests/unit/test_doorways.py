"""Pages that a break-in put beside an institute's own: named, kept, and not believed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from archive.evidence.texts import in_chinese
from archive.model import PageKind
from archive.profiles import add_profile
from archive.sitepass.derive import derive
from archive.store import open_archive
from tests.tampering import originals
from tests.unit.nights_gone_by import Nights
from tests.unit.own_nights import ARTICLES, HOST, Institute

MADE, FEW = 9, 5
BRANCHES = ("科研动态", "综合新闻", "党群工作")
ENGLISH = re.compile(r"(?<![\w.])(?:pages|made|for|since|kept|look|at|write|into|new|the)(?![\w.])")
HIDING = ("display:none", "position:absolute;left:-9999px", "height:0;overflow:hidden;font-size:0")
Html = dict[str, str]


class House:
    """An institute's whole host: home, three lists, articles, all in one frame."""

    def __init__(self) -> None:
        self.institute = Institute()
        self.rng = self.institute.rng
        self.name = self.institute.names[0]
        self.articles = {one.path: (one.title, one.text) for one in self.institute.pages}

    def frame(self, title: str, body: str) -> str:
        menu = "".join(f'<li><a href="/b{n}/">{b}</a></li>' for n, b in enumerate(BRANCHES))
        return (
            f"<html><head><title>{title}-{self.name}</title></head><body>"
            f'<div id="top"><h2>{self.name}</h2><ul><li><a href="/">首页</a></li>{menu}</ul></div>'
            f'<div id="main">{body}</div><div id="foot"><p>版权所有 {self.name}</p>'
            f"<p>地址：南江市文苑路17号</p><p>邮编：210000</p></div></body></html>"
        )

    def article(self, title: str, text: str, day: str = "2026-03-02") -> str:
        paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
        return self.frame(title, f"<h1>{title}</h1><p>发布时间：{day}</p><div>{paragraphs}</div>")

    def pages(self, more: dict[str, tuple[str, str]] | None = None, hidden: str = "") -> Html:
        """All pages, ``more`` articles in the lists, ``hidden`` at the end of the home page."""
        articles = self.articles | (more or {})
        made = {path: self.article(title, text) for path, (title, text) in articles.items()}
        rows = [f'<li><a href="{path}">{t}</a></li>' for path, (t, _) in articles.items()]
        for n, branch in enumerate(BRANCHES):
            listed = "".join(rows[n :: len(BRANCHES)])
            made[f"/b{n}/"] = self.frame(branch, f"<h3>{branch}</h3><ul>{listed}</ul>")
        made["/"] = self.frame("首页", f"<ul>{''.join(rows[:6])}</ul>{hidden}")
        return made


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def nights(tmp_path: Path) -> Iterator[Nights]:
    with open_archive(tmp_path / "data", create=True) as archive:
        yield Nights(archive, HOST)


def brands(rng: Random) -> list[str]:
    """Phrases of characters at random, as brands and their keywords are: no list knows them."""
    letters = [chr(code) for code in range(0x4E00, 0x9000)]
    return ["".join(rng.sample(letters, 3)) + tail for tail in ("娱乐城", "官网", "平台", "开户")]


def sown(rng: Random) -> dict[str, tuple[str, str]]:
    """Articles made of one list of sentences in another order each time."""
    words = brands(rng)
    pool = [
        f"{one}为会员准备了{other}的各种优惠活动，{one}全天都有客服在线为您服务。"
        for one in words
        for other in words
    ]
    return {
        f"/b0/yl{n}.html": (f"{rng.choice(words)}{n}", "\n".join(rng.sample(pool, 12)))
        for n in range(MADE)
    }


def mixed(rng: Random) -> dict[str, tuple[str, str]]:
    """Articles made of what others have written, another one's sentences each time."""
    _, some = originals(Random(4711), MADE, None)
    return {
        f"/b0/xx{n}.html": (f"{rng.choice(brands(rng))}{n}", one.text) for n, one in enumerate(some)
    }


def bare(articles: dict[str, tuple[str, str]]) -> Html:
    """The same as pages without the institute's frame."""
    return {
        path: f"<html><head><title>{title}</title></head><body><h1>{title}</h1>"
        + "".join(f"<p>{line}</p>" for line in text.split("\n"))
        + "</body></html>"
        for path, (title, text) in articles.items()
    }


def block(articles: dict[str, tuple[str, str]], style: str) -> str:
    links = "".join(f'<a href="{path}">{title}</a>' for path, (title, _) in articles.items())
    return f'<div style="{style}">{links}</div>'


@pytest.mark.parametrize("style", HIDING)
@pytest.mark.parametrize("made", [sown, mixed])
def test_pages_that_a_hidden_block_leads_to_are_named_and_not_believed(
    house: House, nights: Nights, made: Callable[[Random], dict[str, tuple[str, str]]], style: str
) -> None:
    nights.night(house.pages())
    before = nights.said()
    assert len(before) == ARTICLES
    doorways = made(house.rng)
    hacked = house.pages(hidden=block(doorways, style)) | bare(doorways)
    for _ in range(2):
        report = nights.night(hacked)
        assert nights.said() == before
        (alarm,) = report.alarms
        assert alarm.startswith(f"{HOST}: {MADE} pages made for search engines since ")
        assert min(doorways) in alarm
        assert not ENGLISH.search(in_chinese(alarm))
    kinds = [row.kind for row in nights.archive.store.captures("s")]
    assert kinds.count(PageKind.DOORWAY) == 2 * MADE
    report = derive(nights.archive, "s", anew=True)
    assert nights.said() == before
    assert len(report.alarms) == 1


def test_they_are_told_on_the_first_night_of_a_host(house: House, nights: Nights) -> None:
    doorways = sown(house.rng)
    report = nights.night(house.pages(hidden=block(doorways, HIDING[0])) | bare(doorways))
    (alarm,) = report.alarms
    assert alarm.startswith(f"{HOST}: {MADE} pages made for search engines since ")
    assert {title for _, title, *_ in nights.said().values()} == {
        title for title, _ in house.articles.values()
    }


def test_pages_in_the_institutes_own_frame_and_lists_are_told_by_their_texts(
    house: House, nights: Nights
) -> None:
    nights.night(house.pages())
    before = nights.said()
    report = nights.night(house.pages(sown(house.rng)))
    assert nights.said() == before
    (alarm,) = report.alarms
    assert f"{MADE} pages made for search engines" in alarm


def test_on_the_first_night_a_note_tells_of_these(house: House, nights: Nights) -> None:
    report = nights.night(house.pages(sown(house.rng)))
    (note,) = report.notes
    assert note.startswith(f"{HOST}: {MADE} new pages are made as for search engines")
    assert not ENGLISH.search(in_chinese(note))
    assert report.alarms == ()


def test_the_alarm_ends_when_they_are_taken_away(house: House, nights: Nights) -> None:
    nights.night(house.pages())
    before = nights.said()
    doorways = sown(house.rng)
    nights.night(house.pages(hidden=block(doorways, HIDING[0])) | bare(doorways))
    report = nights.night(house.pages(), missing=doorways)
    assert (report.alarms, nights.said()) == ((), before)


def test_what_the_operator_calls_the_institutes_own_is_believed(
    house: House, nights: Nights
) -> None:
    nights.night(house.pages())
    doorways = sown(house.rng)
    nights.night(house.pages(hidden=block(doorways, HIDING[0])) | bare(doorways))
    today = datetime.now(UTC).date()
    path = add_profile(nights.archive.data, [f"http://{HOST}/"], name="s")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("relaunched = []", f"relaunched = [{today}]"), encoding="utf-8")
    report = derive(nights.archive, "s")
    assert report.alarms == ()
    assert len(nights.said()) == ARTICLES + MADE


def test_articles_stay_what_they_were_where_such_pages_take_their_places(
    house: House, nights: Nights
) -> None:
    pages = house.pages()
    nights.night(pages)
    before = nights.said()
    taken = list(house.articles)[:FEW]
    theirs = bare(dict(zip(taken, sown(house.rng).values(), strict=False)))
    for _ in range(2):
        report = nights.night(pages | theirs)
        assert nights.said() == before
        assert report.set_aside == FEW
        assert f"{FEW} pages made for search engines" in report.alarms[0]
    report = nights.night(pages)
    assert (nights.said(), report.alarms, report.set_aside) == (before, (), 0)


def figures(rng: Random) -> list[tuple[str, str]]:
    """A month's figures in the same words each time."""
    goods = ("粮食", "鲜菜", "水产品", "居住", "衣着", "医疗保健", "交通和通信", "教育文化")
    return [
        (
            f"2025年{month}月份居民消费价格变动情况",
            "\n".join(
                f"{month}月份，{one}类价格同比上涨{rng.random():.1f}%，影响居民消费价格指数上涨约"
                f"{rng.random():.2f}个百分点；{one}类价格环比下降{rng.random():.1f}%。"
                for one in goods
            ),
        )
        for month in range(1, MADE + 1)
    ]


def another_subject(_: Random) -> list[tuple[str, str]]:
    return [(one.title, one.text) for one in originals(Random(815), 30, None)[1]]


@pytest.mark.parametrize("made", [figures, another_subject])
def test_a_section_that_the_institute_adds_at_once_comes_in(
    house: House, nights: Nights, made: Callable[[Random], Sequence[tuple[str, str]]]
) -> None:
    more = {f"/b1/n{n}.html": one for n, one in enumerate(made(house.rng))}
    nights.night(house.pages())
    # Behind a tab of the home page that is closed, and in the lists.
    report = nights.night(house.pages(more, hidden=block(more, HIDING[0])))
    assert (report.alarms, report.notes) == ((), ())
    assert len(nights.said()) == ARTICLES + len(more)


def test_pages_of_a_laboratory_in_a_frame_of_their_own_come_in(
    house: House, nights: Nights
) -> None:
    more = {f"/lab/n{n}.html": one for n, one in enumerate(another_subject(house.rng))}
    name = f"{house.name}光学实验室"
    foot = f'<div>{name} <a href="/lab/">实验室首页</a> 邮箱：lab@qskyzx.com</div>'
    pages = {path: html.replace("</body>", f"{foot}</body>") for path, html in bare(more).items()}
    rows = "".join(f'<li><a href="{path}">{title}</a></li>' for path, (title, _) in more.items())
    pages["/lab/"] = f"<html><title>{name}</title><body><h1>{name}</h1><ul>{rows}</ul>{foot}"
    nights.night(house.pages())
    hidden = f'<div style="{HIDING[0]}"><a href="/lab/">{name}</a></div>'
    report = nights.night(house.pages(hidden=hidden) | pages)
    assert (report.alarms, report.notes) == ((), ())
    assert len(nights.said()) == ARTICLES + len(more)
