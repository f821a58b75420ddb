"""What one page says of itself is enough where it is proof: the site's name at its title's end, and
a text that a program converted."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.cleaning import extract
from archive.cleaning.repairs import revert
from archive.model import Site
from archive.store import open_archive
from tests.tampering.archived import put

PLAIN = "支部召开了学习会，与会党员进行了讨论，大家认为这次会议开得很好，对今后的工作很有帮助。"
CONVERTED = (
    "支部召開(kāi)了學(xué)習(xí)會(huì)，與(yǔ)會(huì)黨(dǎng)員(yuán)進(jìn)行了討(tǎo)論(lùn)，"
    "大家認(rèn)爲(wèi)這(zhè)次會(huì)議(yì)開(kāi)得很好，對(duì)今後(hòu)的工作很有幫(bāng)助。"
)
LESSON = (
    "學(xué)習(xí)漢字的同學(xué)請先讀(dú)出下面的字：天(tiān)、地(dì)、人(rén)、山(shān)、水(shuǐ)、"
    "黨(dǎng)、會(huì)、員(yuán)、國(guó)，然後寫(xiě)在本子上，每個字寫十遍，明天交給老師檢查。"
)


def page(title: str, body: str, foot: str = "", top: str = "") -> bytes:
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>{top}'
        f'<div class="text"><p>{body}</p><p>{body}</p></div><div class="foot">{foot}</div>'
        "</body></html>"
    ).encode()


@pytest.mark.parametrize("name", ["昊炎体育", "某某大学", "QX9 Club"])
def test_a_title_loses_the_name_behind_its_last_dash_that_the_foot_owns(name: str) -> None:
    top = f'<div id="top"><h1><a href="/">创先争优活动-{name}</a></h1></div>'
    for framed in ("", top):
        read = extract(page(f"创先争优活动-{name}", PLAIN, f"{name} copyright © 2010", framed))
        assert read.title == "创先争优活动"


@pytest.mark.parametrize(
    ("title", "foot"),
    [
        ("我的老师——某某大学", "某某大学 版权所有"),
        ("致某某大学", "某某大学 版权所有"),
        ("东方-某某厅", "另一所大学 版权所有"),
        ("座谈会-某某大学", "某某大学的老师们来信说，他们都看了。"),
    ],
)
def test_a_title_keeps_its_end_where_page_and_foot_do_not_agree(title: str, foot: str) -> None:
    shown = f"<h1>{title}</h1>"
    assert extract(page(title, PLAIN, foot, shown)).title == title


def test_a_converted_text_is_read_as_it_was_and_every_change_leads_back() -> None:
    read = extract(page("学习会", CONVERTED))
    assert read.text == f"{PLAIN}\n{PLAIN}"
    own = [one for one in read.repairs if one.field == "text"]
    assert {one.rule for one in own} == {"pinyin", "traditional"}
    assert revert(read.text, own) == f"{CONVERTED}\n{CONVERTED}"


def test_a_lesson_that_explains_characters_keeps_its_readings() -> None:
    read = extract(page("漢字學習", LESSON))
    assert read.text == f"{LESSON}\n{LESSON}"
    assert not read.repairs


def test_readings_behind_what_a_converter_changes_in_traditional_texts_prove_no_other() -> None:
    body = "臺(tái)北與臺(tái)中的學者在會議裡討論研究，大家認為臺(tái)灣的語言很有意思。" * 4
    read = extract(page("學會召開會議", body))
    assert "學者在會議" in read.text
    assert "traditional" not in {one.rule for one in read.repairs}


def test_the_only_page_of_a_mirror_is_read_as_it_was_in_the_archive_too(tmp_path: Path) -> None:
    with open_archive(tmp_path, create=True) as archive:
        site = Site("s", official=("www.a.cn",), mirrors=("m.example",))
        put(
            archive,
            site,
            {"m.example": [("/info/1/2.htm", page("学习会召开", CONVERTED).decode())]},
        )
        (article,) = archive.iterate("")
        assert article.reading.text == f"{PLAIN}\n{PLAIN}"
        assert article.witnesses[0].kinds == ("D",)
        assert article.witnesses[0].raw.text == f"{CONVERTED}\n{CONVERTED}"


def test_a_heading_in_small_letters_is_the_titles_all_the_same() -> None:
    """Mirrors lower Latin letters; a short article among many links stands by its heading."""
    links = "".join(f'<p><a href="/n/{i}.html">另一条新闻的标题{i}</a></p>' for i in range(60))
    body = (
        "<div>某国12月cpi下滑至4.2%</div><div>2012年01月17日19:44 来源：财经网</div>"
        f'<div class="text"><p>{PLAIN}</p></div>{links}'
    )
    html = (
        f'<html><meta charset="utf-8"><title>某国12月CPI下滑至4.2%_某网</title><body>{body}</body>'
    )
    read = extract(html.encode(), "http://www.m.example/news/x.html")
    assert (read.title, read.kind) == ("某国12月CPI下滑至4.2%", "article")
    assert read.text == PLAIN
