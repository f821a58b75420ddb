"""What of a page's markup is read is bounded, and no word is lost by it."""

from __future__ import annotations

import time

import pytest

from archive.cleaning import extract
from archive.cleaning.markup.bounds import (
    MAX_TAG_ATTRIBUTES,
    MAX_TAGS,
    MAX_WORD_CHARS,
    SURELY_FEW_CHARS,
    with_tags_bounded,
    with_words_bounded,
)
from archive.cleaning.page import parse


@pytest.mark.parametrize(
    "attributes",
    [
        [f"a{number}=1" for number in range(MAX_TAG_ATTRIBUTES + 10)],
        [f"a{number}" for number in range(MAX_TAG_ATTRIBUTES + 10)],
        [f"a{number}='<>'" for number in range(MAX_TAG_ATTRIBUTES + 10)],
    ],
)
def test_a_tag_of_a_thousand_attributes_is_none(attributes: list[str]) -> None:
    tag = f"<p {' '.join(attributes)}>"
    tree = parse(f"<p id=a>甲</p>{tag}乙</p>{' ' * SURELY_FEW_CHARS}")
    assert max(len(element.attrib) for element in tree.iter()) == 1
    assert "乙" in "".join(map(str, tree.itertext()))


def test_attributes_count_as_tags_do() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    tag = f"<b {' '.join(letters)}>词</b>"
    tree = parse(tag * (2 * MAX_TAGS // len(letters)))
    held = sum(len(element.attrib) for element in tree.iter())
    assert MAX_TAGS - 2 * len(letters) < held <= MAX_TAGS
    assert "".join(map(str, tree.itertext())).count("词") == 2 * MAX_TAGS // len(letters)


def test_data_in_a_script_are_no_attributes() -> None:
    data = ",".join(f'"第{number}站"' for number in range(60_000))
    script = f"<script>for(i=0;i<n;i++){{}} var names = [{data}];</script>"
    tree = parse(f"{script}<p id=a>甲</p>")
    assert [element.text for element in tree.iter("p")] == ["甲"]


@pytest.mark.parametrize("sign", ["(", "&amp;", "-", "第", "。"])
def test_a_link_of_thousands_of_signs_takes_no_long_time(sign: str) -> None:
    link = f"<a href=/a.pdf>{sign * 20_000}甲乙</a>"
    page = f"<meta charset=utf-8><h1>会议的通知</h1><p>{'会议由党总支书记主持。' * 9}<p>{link}"
    began = time.process_time()
    extract(page.encode(), "http://www.example.ac.cn/t20101209_1.html")
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "part",
    [
        # Strings of a script of which none is closed, and which breaks off.
        '<script>var articleBody = "' + '"会议\\' * 60_000 + "</script>",
        # Days in words, each of which is found in two ways.
        f"<p>{'Published: December 9, 2010 ' * 40_000}</p>",
        # Signs that would close a heading if nothing stood behind them.
        f"<h2>{'#' * 100_000}!</h2><p>{'会议讨论了学习计划。' * 9}</p>",
    ],
    ids=["strings", "days", "signs"],
)
def test_what_is_said_again_and_again_takes_time_with_its_length_only(part: str) -> None:
    page = f"<meta charset=utf-8><h1>会议的通知</h1><p>{'会议由党总支书记主持。' * 9}{part}"
    began = time.process_time()
    extract(page.encode(), "http://www.example.ac.cn/t20101209_1.html")
    assert time.process_time() - began < 5


def test_white_space_in_a_trail_takes_time_with_its_length_only() -> None:
    trail = f"<pre>当前位置：首页 &gt; 新闻{' 　' * 20_000}x &gt; 正文</pre>"
    page = f"<meta charset=utf-8>{trail}<h1>会议的通知</h1><p>{'会议由党总支书记主持。' * 9}"
    began = time.process_time()
    extract(page.encode(), "http://www.example.ac.cn/t20101209_1.html")
    assert time.process_time() - began < 5


def test_a_script_does_not_hide_the_tags_behind_it_from_being_counted() -> None:
    tree = parse(f"<script>var a = 1;</script>{'<i>词</i>' * MAX_TAGS}")
    assert sum(1 for _ in tree.iter()) < MAX_TAGS
    assert "".join(map(str, tree.itertext())).count("词") == MAX_TAGS


PARAGRAPH = f"<p>{'会议由党总支书记主持。' * 100}</p>\n"
MORE_THAN_READ = PARAGRAPH * (MAX_WORD_CHARS // len(PARAGRAPH) + 200)
HEAD = "<meta charset=utf-8><title>会议纪要</title><h1>会议纪要</h1>"


def test_a_text_longer_than_any_book_is_cut_and_says_so() -> None:
    found = extract(f"{HEAD}{MORE_THAN_READ}".encode(), "http://www.example.ac.cn/a.html")
    assert "text-cut" in found.flags
    assert MAX_WORD_CHARS - 5_000 < len(found.text.replace("\n", "")) <= MAX_WORD_CHARS
    assert (found.title, found.kind.value) == ("会议纪要", "article")


@pytest.mark.parametrize(
    "unseen",
    [
        f"<!--{MORE_THAN_READ}-->",
        f"<script>/*{MORE_THAN_READ}*/</script>",
        f"<style>{MORE_THAN_READ}</style>",
        f"<img alt='' src='data:image/png;base64,{'A' * 2 * MAX_WORD_CHARS}'>",
        " \n" * MAX_WORD_CHARS,
        "<b></b>" * (MAX_TAGS // 2 - 100),
    ],
    ids=["comment", "script", "style", "picture", "white space", "tags"],
)
def test_what_nobody_reads_leaves_the_text_its_room(unseen: str) -> None:
    page = f"{HEAD}{unseen}{PARAGRAPH}<p>此致敬礼的最后一段话。</p>"
    found = extract(page.encode(), "http://www.example.ac.cn/a.html")
    assert "text-cut" not in found.flags
    assert found.text.endswith("此致敬礼的最后一段话。")


@pytest.mark.parametrize(
    "part",
    ["<!--", "<!---->", "<", "<!-- -->甲", "<p>甲", "<script>", "</script>", "<a b='", "-->", "甲"],
)
def test_words_are_counted_in_time_with_the_length_only(part: str) -> None:
    text = part * (8_000_000 // len(part))
    began = time.process_time()
    with_words_bounded(with_tags_bounded(text))
    assert time.process_time() - began < 8
