"""Articles whose title, day or text stands otherwise than most: pictures, records, verses."""

from __future__ import annotations

import re
from datetime import date

import pytest

from archive.cleaning import extract
from archive.model import PageKind

SENTENCE = "科研处组织召开了学术报告会，与会人员认真讨论了重大专项课题的进展。"
TEXT = f"<p>{SENTENCE * 3}</p><p>{SENTENCE * 2}</p>"
FOOT = "<div>版权所有 东川生态环境研究所 京ICP备05002857号</div>"
TRAIL = "<div>当前位置：<a href='/'>首页</a> &gt; <a href='/xw/'>综合新闻</a></div>"


def _page(body: str, title: str = "东川生态环境研究所") -> bytes:
    return f"<title>{title}</title><body>{TRAIL}{body}{FOOT}</body>".encode()


def test_a_title_that_is_a_picture_is_what_is_said_in_its_place() -> None:
    picture = "<p align=center><img src=/t/1.gif alt=野外台站总结回顾重大专项课题></p>"
    read = extract(_page(f"{picture}<p>发布日期：2010-05-30</p>{TEXT}"))
    assert read.title == "野外台站总结回顾重大专项课题"
    assert read.published == date(2010, 5, 30)


@pytest.mark.parametrize(
    "picture",
    [
        "<a href=/><img src=/b.jpg alt=热烈庆祝建所五十周年></a>",
        "<p><img src=/logo.gif alt=东川生态环境研究所></p>",
        "<p><img src=/p.jpg alt=热烈庆祝建所五十周年></p><h2>野外台站总结回顾</h2>",
    ],
)
def test_banners_logos_and_pictures_over_a_heading_are_no_titles(picture: str) -> None:
    read = extract(_page(f"{picture}<p>发布日期：2010-05-30</p>{TEXT}"))
    assert read.title != "热烈庆祝建所五十周年"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("<p><b>摘要</b></p>", "<p>关键词：生态，湖泊</p>"),
        ("<h4>摘要</h4>", "<h4>关键词</h4><p>生态；湖泊</p>"),
        ("<p>Abstract</p>", "<p>Keywords: lakes</p>"),
    ],
)
def test_the_word_over_an_abstract_and_its_keywords_are_text(above: str, below: str) -> None:
    heading = "<h3>湖泊生态的长期观测</h3><p>张志远，李海波</p>"
    after = "<p>收稿日期：2009-10-02 出版日期：2010-02-15</p>"
    page = _page(f"{heading}{above}<p>{SENTENCE * 4}</p>{below}{after}", "湖泊生态的长期观测")
    read = extract(page)
    lines = re.sub("<.*?>", "\n", f"{above}{SENTENCE * 4}\n{below}").split("\n")
    assert read.text.split("\n") == [line for line in lines if line]
    assert read.published == date(2010, 2, 15)
    assert read.conserved


@pytest.mark.parametrize(
    "labels",
    [
        ("题名:", "作者:", "发布日期:", "摘要:"),
        ("標題:", "作者:", "公開日期:", "摘要:"),
        ("Title:", "Authors:", "Issue Date:", "Abstract:"),
    ],
)
def test_of_a_repositorys_record_the_abstract_is_the_text(labels: tuple[str, ...]) -> None:
    values = ("湖泊生态的长期观测", "李海波", "2017-01-10", SENTENCE * 4)
    rows = "".join(
        f"<tr><td>{label}</td><td>{value}</td></tr>"
        for label, value in zip(labels, values, strict=True)
    )
    read = extract(_page(f"<table>{rows}</table>", "湖泊生态的长期观测"))
    assert read.text == f"{labels[3]}\t{SENTENCE * 4}"
    assert read.published == date(2017, 1, 10)
    assert read.conserved


def test_a_month_and_a_day_over_a_text_are_dated_by_the_address() -> None:
    page = _page(f"<h1>报告会</h1><p>9月27日</p>{TEXT}", "报告会")
    read = extract(page, "http://e.cn/news/2010/09/27-5.html")
    assert (read.published, read.text.startswith("科研处")) == (date(2010, 9, 27), True)
    assert extract(page, "http://e.cn/news/2010/08/n5.html").published is None


def test_the_first_day_of_a_chronicle_is_text() -> None:
    days = "".join(f"<p>{n}月5日</p><p>{SENTENCE}</p>" for n in range(1, 6))
    assert extract(_page(f"<h1>大事记</h1>{days}", "大事记")).text.startswith("1月5日")


def test_verses_without_a_stop_under_a_byline_are_a_text() -> None:
    verses = ["短花东秋云", "东日短风江", "山风湖山西", "长水夜长日", "长天月花长"]
    lines = "".join(f"<p align=center>{verse}</p>" for verse in verses)
    byline = "<div>发布时间：2010-03-29 作者：王晓燕</div>"
    read = extract(_page(f"<h1>秋日湖上</h1>{byline}<div>{lines}</div>", "秋日湖上"))
    assert (read.kind, read.text) == (PageKind.ARTICLE, "\n".join(verses))


def test_the_time_of_a_meeting_right_over_its_text_is_kept() -> None:
    when = ["会议时间：2013年4月20日", "报名截止时间：2013-04-10", "会议地点：报告厅"]
    lines = "".join(f"<p>{line}</p>" for line in when)
    read = extract(_page(f"<h1>学术年会</h1><div>{lines}{TEXT}</div>", "学术年会"))
    assert read.text.startswith("\n".join(when))
    assert read.published is None


def test_sections_that_lead_to_others_by_a_list_are_one_article() -> None:
    names = ("Dateien", "Module", "Bereiche", "Kommentare")
    told = [
        f"Der Server wird durch {name} konfiguriert, indem man {n} Direktiven in Dateien schreibt. "
        f"Wer {name} ändert, muss den Server {n} Mal neu starten, damit er sie liest."
        for name in names
        for n in (3, 5, 7)
    ]
    sections = "".join(
        f"<div class=section><h2>{name}</h2><ul><li><a href=/m/{n}>mod_example_{n}</a></li></ul>"
        + "".join(f"<p>{line}</p>" for line in told[3 * n : 3 * n + 3])
        + "</div>"
        for n, name in enumerate(names)
    )
    page = f"<html lang=de><title>Handbuch</title><h1>Handbuch</h1><div>{sections}</div>"
    assert set(told) <= set(extract(page.encode()).text.split("\n"))
