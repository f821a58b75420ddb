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


@pytest.mark.parametrize("said", ["阅读(33)", "阅读 33 · 2020-05-30", "浏览 33 次"])
def test_visits_need_no_colon(said: str) -> None:
    assert page(f"2020-05-30 {said}").hits == 33


def test_a_department_in_the_place_of_the_author_of_a_plain_text_is_its_source() -> None:
    text = "我所召开安全生产工作会议\n作者：办公室 时间：2020-05-30\n各部门负责人参加了会议。\n"
    read = extract_text(text)
    assert (read.author, read.source) == (None, "办公室")
