"""One page read once: what its steps share, and what is folded, squeezed and skipped on the way."""

from __future__ import annotations

import pytest
from bs4.dammit import EncodingDetector
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.cleaning import extract, read_page
from archive.cleaning.body.weigh import without_shared
from archive.cleaning.facts.phrases import is_foot, only_tools
from archive.cleaning.markup.bounds import MAX_TAGS
from archive.cleaning.markup.decode import decode
from archive.cleaning.markup.flow import MAX_BLOCKS, MAX_PIECES, read_flow
from archive.cleaning.page import parse
from archive.cleaning.plaintext import extract_text
from archive.model import PageKind

SENTENCE = "党支部召开了学习会，会议由支部书记主持。"


def test_a_line_other_pages_have_too_weighs_against_the_body() -> None:
    page = read_page(f"<body><p>{SENTENCE}</p><p>本站所有文章均可转载，敬请关注。</p>".encode())
    shared = page.flow.blocks[1].line
    lowered = without_shared(page.flow, page.weights, lambda line: line == shared)
    assert lowered[0] == page.weights[0] > 0
    assert lowered[1] < 0 < page.weights[1]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("一\n二", "一二"),
        ("一 \n 二", "一二"),
        ("a\nb", "a b"),
        ("<b>一\n</b>二", "一二"),
        ("a<i>\n</i>b", "a b"),
        ("一\u200b二\ufeff", "一二"),
        ("a&nbsp;\nb", "a b"),
        ("  a   b  ", "a b"),
    ],
)
def test_white_space_folds_as_a_browser_folds_it(markup: str, text: str) -> None:
    (block,) = read_flow(parse(f"<body><p>{markup}</p>")).blocks
    assert block.text == text
    assert block.size == len("".join(text.split()))


def test_a_page_with_more_lines_than_any_reader_loses_no_word() -> None:
    lines = "".join(f"<p>第{n}行" for n in range(MAX_BLOCKS + 500))
    flow = read_flow(parse(f"<body>{lines}</body>"))
    assert len(flow.blocks) <= MAX_BLOCKS + 1
    assert flow.blocks[-1].text.endswith(f"第{MAX_BLOCKS + 499}行")


def test_the_rest_of_a_full_page_keeps_its_words_apart_and_unseen_ones_out() -> None:
    lines = "<p>行" * (MAX_BLOCKS + 10)
    page = f"<body><div>{lines}<script>码</script><i>甲</i>乙<div>丙</div>丁</div><p>戊</body>"
    last = " ".join(b.text for b in read_flow(parse(page)).blocks[MAX_BLOCKS:])
    assert last.split()[-4:] == ["行甲乙", "丙", "丁", "戊"]
    assert "码" not in last


def test_a_line_of_more_pieces_than_any_reader_sees_loses_no_word() -> None:
    links = "".join(f"<a href=/{n}>{n} </a>" for n in range(MAX_PIECES + 500))
    read = extract(f"<body><p>支部召开了学习会，会议由书记主持。{links}</p>".encode())
    assert read.conserved
    flow = read_flow(parse(f"<body><p>{links}"))
    assert flow.blocks[-1].text.split()[-1] == str(MAX_PIECES + 499)
    assert len(flow.blocks[-1].runs) <= MAX_PIECES + 5


@pytest.mark.parametrize("page", ["<![CDATA[" * 3, "<?xml " * 3, "<!DOCTYPE a ", "</p>"])
def test_a_page_of_nothing_but_declarations_is_empty(page: str) -> None:
    assert extract(page.encode()).kind is PageKind.EMPTY


def test_control_characters_and_noncharacters_are_no_text() -> None:
    (block,) = read_flow(parse("<p>甲\x00乙\x0b\ufffe丙\uffff\x7f\x9b丁\xb7戊</p>")).blocks
    assert block.text == "甲乙丙丁\xb7戊"


def test_control_characters_of_a_plain_text_are_none_of_it() -> None:
    read = extract_text("甲乙\x9b31m丙丁\x1b戊己\n\n会议\x00由党\x7f总支\x84书记主持召开。")
    assert (read.title, read.text) == ("甲乙31m丙丁戊己", "会议由党总支书记主持召开。")


_LABELS = b"<meta|<META |< meta| | charset|charset=|charset =|\"|'|utf-8|GBK|>|/|;|<?xml|\n|=|\xe9"


@settings(max_examples=300)
@given(
    before=st.sampled_from((b"", b" " * 1020, b"x" * 2035)),
    pieces=st.lists(st.sampled_from((*_LABELS.split(b"|"), b' encoding="gbk"?>')), max_size=12),
)
def test_a_label_is_the_one_that_beautiful_soup_finds(before: bytes, pieces: list[bytes]) -> None:
    body = before + b"".join(pieces)
    found = EncodingDetector.find_declared_encoding(body, is_html=True)
    _, decoding = decode(body)
    assert decoding.declared == (found.lower() if found else None)


def test_a_declared_gbk_page_is_read_as_gb18030_without_trying_others() -> None:
    body = f"<meta charset=gb2312><p>{SENTENCE * 9}㐀".encode("gb18030")
    text, found = decode(body)
    assert text.endswith("㐀")
    assert (found.encoding, found.rule, found.replaced) == ("gb18030", "declared", 0)


@pytest.mark.parametrize("taken_for", ["cp1252", "iso8859-15", "latin-1"])
@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs", "utf-8"])
def test_text_that_was_encoded_twice_is_read_as_it_was_meant(encoding: str, taken_for: str) -> None:
    page = f"<p>{'我們的工作是這樣開始的，他在會上說。' * 9}</p>"
    western = "".join(
        bytes([byte]).decode(taken_for, "ignore") or chr(byte) for byte in page.encode(encoding)
    )
    text, decoding = decode(western.encode())
    assert text == page
    assert (decoding.encoding, decoding.rule) == (encoding, "encoded twice")


def test_western_words_are_no_chinese_encoded_twice() -> None:
    page = f"<p>{'Élève à l’école, où l’été a déjà commencé près de la forêt — für Größe. ' * 40}"
    text, decoding = decode(page.encode())
    assert (text, decoding.rule) == (page, "strict utf-8")


def test_utf8_with_some_broken_bytes_stays_utf8() -> None:
    body = f"<meta charset=gb2312><p>{SENTENCE * 9}".encode()
    text, found = decode(body[:80] + b"\xff" + body[80:])
    assert found.encoding == "utf-8"
    assert SENTENCE in text


@pytest.mark.parametrize("line", ["【打印】【关闭】", "打印本页 | 关闭窗口", "大 中 小"])
def test_a_line_of_page_tools_is_known(line: str) -> None:
    assert only_tools(line)


@pytest.mark.parametrize("line", ["打印机采购公告", "——", "", "关闭会议的通知"])
def test_a_line_with_any_other_word_is_no_tool(line: str) -> None:
    assert not only_tools(line)


@pytest.mark.parametrize(
    "line", ["Copyright 2010", "版权所有 某研究所", "滇ICP备05009917号", "网站地图", "© 某所"]
)
def test_a_footer_is_known_by_its_words(line: str) -> None:
    assert is_foot(line)
    assert not is_foot(SENTENCE)


def test_reading_a_page_twice_gives_the_same() -> None:
    page = f"<title>会</title><body><h1>会</h1><div id=zoom><p>{SENTENCE * 3}</div>".encode()
    assert extract(page, "http://www.example.ac.cn/1.html") == extract(
        page, "http://www.example.ac.cn/1.html"
    )


def test_a_page_that_holds_its_article_twice_gives_it_once_and_whole() -> None:
    """For a narrow and a wide screen; one paragraph differs between the two."""
    common = [
        f"第{n}条　申报人须在规定的时间内提交全部材料，逾期不予受理，材料不退还。"
        for n in "一二三四五六"
    ]
    narrow, wide = (
        f"关于专家组：{who}，" + "长期从事精密光学研究，发表论文多篇。" * 30 for who in ("甲", "乙")
    )

    def copy(own: str) -> str:
        lines = "".join(f"<p>{line}</p>" for line in [*common[:5], own, common[5]])
        return f"<div class=copy><h1>关于申报的通知</h1><div class=text>{lines}</div></div>"

    menu = "".join(f"<li><a href=/{n}>栏目{n}</a></li>" for n in range(20))
    page = f"<title>关于申报的通知</title>{copy(narrow)}<ul>{menu}</ul>{copy(wide)}"
    text = extract(page.encode()).text
    assert text in {"\n".join([*common[:5], own, common[5]]) for own in (narrow, wide)}


def test_of_a_page_of_a_million_elements_the_rest_is_read_for_its_words() -> None:
    many = "<i>甲</i>" * (MAX_TAGS // 2 + 10)
    page = read_page(f"<p>{many}<script>go('丙')</script><b>乙</b></p>".encode())
    assert sum(1 for _ in page.tree.iter()) < MAX_TAGS
    words = "".join(map(str, page.tree.itertext()))
    assert words.count("甲") == MAX_TAGS // 2 + 10
    assert "乙" in words
    assert "丙" not in words


@pytest.mark.parametrize(
    "begin",
    [
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"%PDF-1.4\n",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ],
)
def test_a_file_that_its_server_calls_a_page_is_none(begin: bytes) -> None:
    file = (
        begin
        + "高山草甸的季节动态，由多年的样地调查得来。".encode("gbk") * 40
        + bytes(range(256)) * 40
    )
    found = extract(file, "http://www.example.ac.cn/info/1/2.htm", content_type="text/html")
    assert found.kind is PageKind.EMPTY
    assert found.text == ""


def test_a_title_behind_elements_without_end_is_a_title() -> None:
    page = (
        "<b>" * 100_000 + "<html><head><title>会议通知_某所</title></head><body><h1>会议通知</h1>"
    )
    assert extract(page.encode()).title == "会议通知"


def test_scripts_deep_in_a_page_are_none_of_its_words() -> None:
    page = "<div>" * 3000 + "<script>var secret = 1;</script><p>各支部请于明日下午参加会议。</p>"
    assert "secret" not in extract(page.encode()).text


@pytest.mark.parametrize("early", ["</html>", "</body></html>", "</HTML >\n<html><body>"])
def test_what_stands_behind_an_end_of_the_page_that_came_too_early_is_read(early: str) -> None:
    """Pages put together of files, a head and a foot of their own each; browsers go on reading."""
    body = (
        "<p>支部召开了学习会，与会党员进行了讨论，大家一致认为这次会议开得很好，很有帮助。</p>" * 2
    )
    head = "<html><head><title>学习会</title></head><body><div>某某所</div>"
    page = f"{head}{early}{body}</body></html>\n"
    assert parse(page).xpath("count(//p)") == 2
    assert extract(page.encode()).text.count("支部召开了学习会") == 2
