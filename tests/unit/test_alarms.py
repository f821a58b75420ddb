"""What an institute puts on all its pages raises no alarm; what comes by a break-in does."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import process_time
from urllib.parse import quote

import pytest

from archive.cleaning import read_page
from archive.cleaning.unmasking.scripted import sends_on
from archive.evidence.texts import in_chinese
from archive.model import Site
from archive.sitepass.report import DeriveReport
from archive.store import open_archive
from tests.site.institute import Generation
from tests.tampering import originals
from tests.tampering.archived import put

OFFICIAL = "www.qskyzx.com"
PAGES = 6
ENGLISH = re.compile(r"(?<![\w./-])(?:on|to|of|the|that|had|none|look|at|new|put|several)(?![\w.])")
"""Words of a line that is to be in Chinese."""
Change = Callable[[str, int], str]
"""What a page is on the second night, by its HTML and its number."""
OTHERS = "".join(
    f'<a href="http://www.{name}.example/">{words}</a>'
    for name, words in (("bao", "日报"), ("xinwen", "新闻网"), ("kexue", "科学报"))
)
SPAM = "".join(f'<a href="http://www.{7000 + n}.test/">铂濠{n}开户</a>' for n in range(4))
PHRASES = ("鎏岳k8官网登录", "珑彩注册送金", "骏铂手机版下载")


def behind(text: str) -> Change:
    """``text`` behind the last paragraph."""
    return lambda html, _: re.sub(r"(?is)(.*</p>)", lambda m: m[1] + text, html, count=1)


def before(text: str) -> Change:
    """``text`` before the first paragraph."""
    return lambda html, _: re.sub(r"(?i)<p[\s>]", lambda m: text + m[0], html, count=1)


def on_top(text: str) -> Change:
    return lambda html, _: re.sub(r"(?i)<body[^>]*>", lambda m: m[0] + text, html, count=1)


def at_foot(text: str) -> Change:
    return lambda html, _: re.sub(r"(?i)</body>", lambda m: text + m[0], html, count=1)


def in_references(html: str, _: int = 0) -> str:
    return "".join(c if c.isascii() else f"&#{ord(c)};" for c in html)


def title_in_references(html: str, _: int = 0) -> str:
    return re.sub(
        r"(?is)(<title[^>]*>)(.*?)(</title>)",
        lambda m: m[1] + in_references(m[2]) + m[3],
        html,
        count=1,
    )


def other_title(html: str, _: int) -> str:
    return title_in_references(re.sub(r"(?is)(<title[^>]*>).*?<", rf"\1{PHRASES[0]}<", html))


def between_words(html: str, number: int) -> str:
    """Phrases at any place inside sentences."""
    rng, start = Random(number), html.find("<body")
    spots = [m.start() for m in re.finditer(r"(?<=[\u4e00-\u9fff]{5})(?=[\u4e00-\u9fff]{5})", html)]
    for at in sorted(rng.sample([s for s in spots if s > start], 4), reverse=True):
        html = html[:at] + rng.choice(PHRASES) + html[at:]
    return html


def renamed(more: str) -> Change:
    return lambda html, _: re.sub(
        r"(研究所|大学|学院|中心|研究院)(?=[\u4e00-\u9fff])", rf"\1{more}", html
    )


KEYWORDS = "".join(
    f'<a href="http://www.{8000 + n}.test/">{words}</a> ' for n, words in enumerate(PHRASES)
)
SHARED = quote(f"http://{OFFICIAL}/", safe="")
HONEST: dict[str, Change] = {
    "a note under articles": behind("<p>本文于发布后有修改。</p>"),
    "a notice of maintenance": before(
        "<p>因机房检修，本网站将于12月5日晚间暂停访问，敬请谅解。</p>"
    ),
    "condolences": before("<p>沉痛悼念袁宏伟院士，深切缅怀先生的卓越功绩</p>"),
    "a slogan": before("<p>不忘初心、牢记使命，喜迎党的二十大胜利召开</p>"),
    "a cookie banner": at_foot(
        "<div>本网站使用Cookie以提升您的浏览体验。<button>接受</button></div>"
    ),
    "text for old browsers": behind(
        "<video><p>您的浏览器不支持视频播放，请升级浏览器。</p></video>"
    ),
    "English for old browsers": behind("<p>Your browser does not support the video tag.</p>"),
    "a disclaimer": behind(
        "<p>声明：本网站转载的文章版权归原作者所有，如涉及侵权请联系我们删除。</p>"
    ),
    "an invitation": behind("<p>更多精彩内容，欢迎关注“光影科学”微信公众号</p>"),
    "a hotline": behind("<p>防疫咨询电话：0431-85686367，外来人员请提前报备并出示健康码。</p>"),
    "new partners": at_foot(f"<div>友情链接：{OTHERS}</div>"),
    "a menu that opens": on_top(
        f'<ul><li><a href="#">友情链接</a><div style="display:none">{OTHERS}</div></li></ul>'
    ),
    "buttons that share a page": behind(
        '<div style="display:none">'
        f'<a href="http://weibo.example/share?url={SHARED}">微博</a>'
        f'<a href="http://qzone.test/share?url={SHARED}">空间</a></div>'
    ),
    "an office with a longer name": renamed("（国家实验室）"),
    "whole pages in references": in_references,
    "the same titles in references": title_in_references,
    "a firewall's page in its place": lambda _, n: (
        f"<title>{in_references('安全验证')}</title><p>您的访问过于频繁，请稍后再试。{n}</p>"
    ),
    "a script that counts visits": at_foot('<script src="https://tj.example/h.js"></script>'),
    "a way back to where one came from": at_foot(
        "<script>if (document.referrer.indexOf('list') > 0) location.href = document.referrer;"
        "</script>"
    ),
    "the same by a call": at_foot(
        "<script>if (document.referrer.indexOf('list') > 0) location.replace( document.referrer );"
        "</script>"
    ),
    "pages for telephones": on_top(
        "<script>if (/Android|iPhone/.test(navigator.userAgent)) location.href = '/m/';</script>"
    ),
}
BREAK_INS: dict[str, Change] = {
    "phrases between words": between_words,
    "a brand behind a name": renamed(PHRASES[0]),
    "a brand on a line": before(f"<p>{PHRASES[0]}</p>"),
    "a line of keywords": before("<p>开户技巧_手机下载_注册平台_登录入口_最新网址</p>"),
    "a sentence that leads to strangers": behind(
        '<p>更多精彩请访问<a href="http://www.8774.test/">凯发娱乐</a>，欢迎您的到来。</p>'
    ),
    "hidden links": on_top(f'<div style="display:none">{SPAM}</div>'),
    "links out of the picture": on_top(
        f'<ul><li>友情链接<div style="text-indent:-9999px">{SPAM}</div></li></ul>'
    ),
    "other titles in references": other_title,
    "links at the foot": at_foot(f"<div>友情链接：{KEYWORDS}</div>"),
    "links at the foot, others on each page": lambda html, n: at_foot(
        f"<div>{KEYWORDS.replace('.test', f'{n}.test')}</div>"
    )(html, n),
    "a script for those who come from elsewhere": on_top(
        "<script>var r = document.referrer.toLowerCase();"
        "if (document.referrer.indexOf('sousuo') > 0) { window.location.href = '//7001.test/'; }"
        "</script>"
    ),
    "the same by a pattern": on_top(
        "<script>if(/sousuo|zhao/i.test(document.referrer)){top.location.replace('//7.test/')}"
        "</script>"
    ),
}


def after(tmp_path: Path, change: Change) -> DeriveReport:
    """The report of the night after a clean one, all pages changed."""
    _, pages = originals(Random(9), PAGES, OFFICIAL, Generation.TRS)
    changed = [(one.path, change(one.html, n)) for n, one in enumerate(pages)]
    assert all(html != one.html for (_, html), one in zip(changed, pages, strict=True))
    with open_archive(tmp_path, create=True) as archive:
        site = Site("s", (OFFICIAL,))
        first = put(archive, site, {OFFICIAL: [(one.path, one.html) for one in pages]})
        assert (first.alarms, first.notes) == ((), ())
        return put(archive, site, {OFFICIAL: changed}, night=2)


@pytest.mark.parametrize("what", HONEST)
def test_what_an_institute_puts_on_all_its_pages_raises_no_alarm(tmp_path: Path, what: str) -> None:
    assert after(tmp_path, HONEST[what]).alarms == ()


@pytest.mark.parametrize("what", BREAK_INS)
def test_what_who_breaks_in_puts_on_pages_raises_an_alarm(tmp_path: Path, what: str) -> None:
    (alarm,) = after(tmp_path, BREAK_INS[what]).alarms
    assert alarm.startswith(f"{OFFICIAL}: ")
    assert not ENGLISH.search(in_chinese(alarm))


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (
            "a note under articles",
            "several pages, as notices of the institute are: 本文于发布后有修改",
        ),
        (
            "new partners",
            "new links on several pages to www.bao.example, www.kexue.example",
        ),
        ("a script that counts visits", "scripts of tj.example on 6 pages that had none; look at "),
        ("a menu that opens", "in a menu that is closed on 6 pages that had none; look at http://"),
    ],
)
def test_what_raises_no_alarm_is_told_as_a_note(tmp_path: Path, what: str, told: str) -> None:
    (note,) = after(tmp_path, HONEST[what]).notes
    assert told in note
    assert not ENGLISH.search(in_chinese(note))


@pytest.mark.parametrize("more", ["", SPAM], ids=["alone", "beside links in odd words"])
def test_characters_that_were_lost_are_told_as_no_phrase(tmp_path: Path, more: str) -> None:
    lost = after(tmp_path, lambda html, n: at_foot(more)(behind("<p>？？？？？？</p>")(html, n), n))
    told = [*lost.alarms, *lost.notes]
    assert [line for line in told if "texts of several pages" in line] == []


def test_scripts_are_read_in_time_linear_in_their_length() -> None:
    spaces = " " * 90_000
    scripts = (f"referrer{spaces}x", f"location{spaces}x", f".test{spaces}(", f"location={spaces}")
    html = "".join(f"<script>{one}</script>" for one in scripts)
    page = read_page(f"<html><body>{html}</body></html>".encode(), f"http://{OFFICIAL}/")
    began = process_time()
    assert not sends_on(page)
    assert process_time() - began < 1
