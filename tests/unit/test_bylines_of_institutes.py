"""Who wrote an article and whence it is, as institutes' pages say it without the usual labels."""

from __future__ import annotations

import pytest

from archive.cleaning import extract
from archive.cleaning.plaintext import extract_text
from archive.model import Extraction

TEXT = (
    "<p>5月30日上午，我所召开安全生产工作会议，传达上级的部署，各部门负责人参加了会议。</p>"
    "<p>会议要求，各部门要对实验室、库房和野外台站逐一排查，发现问题当天整改。</p>"
)


def page(over: str, under: str = "") -> Extraction:
    body = f"<h2>我所召开安全生产工作会议</h2><p>{over}</p><div>{TEXT}{under}</div>"
    return extract(f"<title>我所召开安全生产工作会议</title><body>{body}</body>".encode())


@pytest.mark.parametrize(
    ("line", "author", "source"),
    [
        ("文、图/张志远 2020-05-30", "张志远", None),
        ("供稿：科技处 张志远 2020-05-30", "张志远", "科技处"),
        ("作者：科技处 张志远 2020-05-30", "张志远", "科技处"),
        ("作者 张志远　来源 科技处　2020-05-30", "张志远", "科技处"),
        ("2020-05-30 来源 采编网 廖志平", None, "采编网"),
        ("通讯员 张志远 李明 2020-05-30", "张志远 李明", None),
        ("本报记者 张志远 2020-05-30", "张志远", None),
        ("2020年05月30日 10:20 张志远", "张志远", None),
        ("2020-05-30 科技处", None, "科技处"),
        ("（科技处 张志远）2020-05-30", "张志远", "科技处"),
        ("发布人：科技处 发布时间：2020-05-30", None, "科技处"),
        ("作者：办公室 发布时间：2020-05-30", None, "办公室"),
        ("作者：研招办 2020-05-30", None, "研招办"),
        ("作者：党委办公室、科技处 2020-05-30", None, "党委办公室、科技处"),
        ("作者：科技处 来源：高原研究所 2020-05-30", None, "高原研究所"),
        ("作者：第三党支部 通讯员：张志远 2020-05-30", "张志远", "第三党支部"),
        ("作者：张部 发布时间：2020-05-30", "张部", None),
        ("发布人：zly 发布时间：2020-05-30", None, None),
        ("时间：民國109年5月30日", None, None),
        ("楼主 2020-05-30", None, None),
        ("2020-5-30 10:12 张志远 阅读321次", "张志远", None),
        ("张志远 2020-5-30 10:12 浏览次数：321", "张志远", None),
        ("时间：2020-05-30 张志远 321次点击", "张志远", None),
        ("2020-05-30 10:12 科技处 阅读(321)", None, "科技处"),
        ("2020-05-30 10:12 访问统计 阅读321次", None, None),
        ("作者：通讯员 来源：科技处 时间：2020-05-30", None, "科技处"),
    ],
)
def test_a_line_above_the_text_tells_who_and_whence(
    line: str, author: str | None, source: str | None
) -> None:
    read = page(line)
    assert (read.author, read.source) == (author, source)
    assert read.text.startswith("5月30日上午")


@pytest.mark.parametrize(
    ("line", "author", "source"),
    [
        ("（科技处 张志远）", "张志远", None),
        ("（科技处 供稿）", None, "科技处"),
        ("（办公室）", None, "办公室"),
        ("（文/张志远 图/王伟）", "张志远", None),
        ("文：张志远 图：王伟", "张志远", None),
        ("（供稿：科技处 张志远）", "张志远", "科技处"),
        ("撰稿丨张志远 编辑丨李明", "张志远", None),
        ("撰文、摄影：张志远", "张志远", None),
    ],
)
def test_a_line_under_the_text_tells_who_and_whence(
    line: str, author: str | None, source: str | None
) -> None:
    read = page("2020-05-30", f"<p>{line}</p>")
    assert (read.author, read.source) == (author, source)


@pytest.mark.parametrize(
    "nobody", ["佚名", "佚 名", "本站原创", "未知", "admin", "网络", "转载", "本站", "null", "N/A"]
)
def test_a_value_that_names_nobody_and_no_place_is_null(nobody: str) -> None:
    read = page(f"作者：{nobody}　来源：{nobody}　发布时间：2020-05-30　点击：12")
    assert (read.author, read.source, read.hits) == (None, None, 12)
    named = page(f"作者：{nobody}　2020-05-30", "<p>（科技处 张志远）</p>")
    assert named.author == "张志远"


@pytest.mark.parametrize("somebody", ["原创网", "网络中心", "转载中心", "本站新闻部", "无名网"])
def test_a_source_that_only_begins_as_nobody_does_is_kept(somebody: str) -> None:
    assert page(f"来源：{somebody}　发布时间：2020-05-30").source == somebody


def test_a_head_that_names_no_place_gives_no_source() -> None:
    html = f'<meta name="ContentSource" content="本站原创"><h2>我所召开会议</h2>{TEXT}'
    assert extract(html.encode()).source is None


@pytest.mark.parametrize(
    ("line", "editor"),
    [
        ("审核：李明 编辑：赵敏", "赵敏"),
        ("编辑：赵敏 审核：李明", "赵敏"),
        ("初审：李明 复审：王伟 终审：周立", None),
        ("校对：李明", None),
        ("责任编辑：赵敏审核：李明", "赵敏"),
        ("编审：李明", "李明"),
    ],
)
def test_whoever_passed_or_proofread_a_text_is_no_editor_of_it(
    line: str, editor: str | None
) -> None:
    assert page(f"2020-05-30 {line}").editor == editor
    assert page("2020-05-30", f"<p>{line}</p>").editor == editor


@pytest.mark.parametrize(
    "said", ["阅读(33)", "阅读 33 · 2020-05-30", "浏览 33 次", "33次浏览", "33 次访问"]
)
def test_visits_need_no_colon(said: str) -> None:
    assert page(f"2020-05-30 {said}").hits == 33


def test_a_department_in_the_place_of_the_author_of_a_plain_text_is_its_source() -> None:
    text = "我所召开安全生产工作会议\n作者：办公室 时间：2020-05-30\n各部门负责人参加了会议。\n"
    read = extract_text(text)
    assert (read.author, read.source) == (None, "办公室")
