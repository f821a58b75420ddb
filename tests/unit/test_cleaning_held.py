"""Articles that a page holds in a script and would have one show."""

from __future__ import annotations

import json

import pytest

from archive.cleaning import extract, read_page
from archive.evidence.flags import flag_in_words
from archive.model import PageKind

BODY = (
    "为深入推进科研诚信建设，研究所于3月5日召开学风建设大会，全体科研人员参加。"
    "会议强调，要把诚信要求贯穿课题申请、实验记录、论文署名的全过程。"
)
MARKED = f"<p>{BODY}</p>"
DETAIL = {"title": "学风建设大会召开", "content": MARKED, "publishTime": "2021-03-06 10:00:00"}
ESCAPED = MARKED.replace("<", "\\u003C").replace("/", "\\u002F")


def _page(script: str, shown: str = "", kind: str = "") -> bytes:
    return (
        f"<html><head><title>某研究所</title></head><body><div id='app'>{shown}</div>"
        f"<script{kind}>{script}</script><p>版权所有：某研究所</p></body></html>"
    ).encode()


@pytest.mark.parametrize(
    "script",
    [
        f"window.__INITIAL_STATE__={json.dumps({'detail': DETAIL})};",
        f"window.__INITIAL_STATE__={json.dumps({'detail': DETAIL}, ensure_ascii=False)};",
        'window.__NUXT__=(function(a){return {data:[{detail:{title:"学风建设大会召开",'
        f'content:"{ESCAPED}",addTime:"2021-03-06"}}}}]}}}}(1));',
    ],
)
def test_a_text_held_in_a_script_is_read_with_title_and_day(script: str) -> None:
    read = extract(_page(script), "http://www.example.ac.cn/news/331")
    assert (read.kind, read.title, read.text) == (PageKind.ARTICLE, "学风建设大会召开", BODY)
    assert str(read.published) == "2021-03-06"
    assert "from-script" in read.flags
    assert read.conserved


def test_a_text_in_a_flat_list_of_values_is_read() -> None:
    script = json.dumps([["Reactive", 1], {"title": 2, "content": 3}, "学风建设大会召开", MARKED])
    read = extract(_page(script, kind=' type="application/json"'), "http://e.cn/news/331")
    assert read.text == BODY


def test_what_a_page_shows_itself_is_never_given_way_to_its_script() -> None:
    other = {"content": f"<p>{BODY.replace('学风', '保密')}</p>"}
    page = _page(f"window.__INITIAL_STATE__={json.dumps(other)}", shown=f"<p>{BODY}</p>")
    assert not read_page(page).from_script
    assert extract(page, "http://e.cn/news/331").text == BODY


def test_a_list_of_articles_in_a_script_is_no_article() -> None:
    many = [{"title": f"第{n}次大会", "content": f"<p>第{n}次。{BODY}</p>"} for n in range(5)]
    assert not read_page(_page(f"window.__INITIAL_STATE__={json.dumps(many)}")).from_script


@pytest.mark.parametrize(
    "script",
    [
        '"' + '\\"' * 100_000,
        '"' * 200_001,
        '":' * 100_000,
        '"content":"\\u12',
        f'"content":"\\ud83d{BODY}"',
        f'"content":"<div><table>{BODY}"',
    ],
)
def test_any_script_is_answered_for(script: str) -> None:
    assert extract(_page(f"__NUXT__={script}"), "http://e.cn/news/331").conserved


def test_the_flag_is_told_in_both_languages() -> None:
    assert flag_in_words("from-script", chinese=False) != "from-script"
    assert "脚本" in flag_in_words("from-script", chinese=True)
