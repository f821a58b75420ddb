"""Labels that run into each other, into tools and into people's offices are told apart."""

from __future__ import annotations

import pytest

from archive.cleaning import extract
from archive.cleaning.facts.labels import is_label_line, read_labels
from archive.cleaning.facts.values import organisation, person

FIRST = "研究所昨日举行学术报告会，来自各课题组的四十余人参加，会议由所长主持。" * 4
SECOND = "与会者认为，新的观测数据可靠，建议明年继续开展野外工作，并发表全部数据。" * 3


def value(line: str, kind: str) -> str | None:
    """What ``line`` says under a label of ``kind``."""
    return next((one.value for one in read_labels(line) if one.kind == kind), None)


@pytest.mark.parametrize(
    "line",
    [
        "来源：院报字体：[大中小]",
        "来源：院报字体大小： 大 中 小",
        "来源：院报时间：2019年3月5日",
        "日期：2019-03-05 来源：院报 举报",
        "2019年3月5日来源：院报作者：记者 王伟字体： 小 大",
        "时间发布：2019-03-05 09:51 阅读次数: 次信息来源：院报字体：[大中小] 【打印文章】",
    ],
)
def test_a_source_ends_where_the_next_label_or_tool_begins(line: str) -> None:
    assert organisation(value(line, "source") or "") == "院报"
    assert is_label_line(line)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("图 王伟 李小华", "王伟 李小华"),
        ("王小伟 某某中心主任，某某协会会员。", "王小伟"),
        ("王小伟字体： 小 大", "王小伟"),
        ("未知", None),
        ("网络整理", None),
        ("系统管理员", None),
        ("超级管理员", None),
        ("小编", None),
        ("王小伟摄", "王小伟"),
        ("王小伟 图", "王小伟"),
        ("文/王小伟", "王小伟"),
        ("文 静", "文静"),
        ("文 王小伟", "王小伟"),
        ("某某高速公路养护有限公司 王小伟 李明", "王小伟 李明"),
        ("王伟、李小华", "王伟、李小华"),
        ("某某月刊记者王小伟", "王小伟"),
        ("王小伟出自", "王小伟"),
        ("《某刊》综合报道", None),
        ("攝", None),
    ],
)
def test_a_person_is_a_name_and_nothing_else(said: str, names: str | None) -> None:
    assert person(value(f"作者：{said}", "author") or "") == names


@pytest.mark.parametrize(
    "line",
    [
        "某某省门户网站 www.example.gov.cn 时间：2022-08-11 14:21 来源：院报",
        "《某刊》半月刊网作者：王伟 2024-01-31 17:18",
    ],
)
def test_a_site_may_name_itself_before_its_labels(line: str) -> None:
    assert is_label_line(line)


@pytest.mark.parametrize(
    "line", ["记者在会后采访了所长，他说时间：还有很多", "他把这件事写进了作品，作者：王伟"]
)
def test_a_sentence_before_a_label_is_a_sentence(line: str) -> None:
    assert not is_label_line(line)


def text_and_author(end: str, start: str = "") -> tuple[str, str | None]:
    """The text and author of an article that begins and ends so."""
    found = extract(
        f"<title>学术报告会在本所举行</title><h1>学术报告会在本所举行</h1><div>{start}"
        f"<p>{FIRST}</p><p>{SECOND}</p>{end}</div>".encode()
    )
    return found.text, found.author


@pytest.mark.parametrize(
    "line",
    [
        "扫一扫在手机打开当前页",
        "相关附件>>",
        "附件下载：",
        "关联文件：",
        "评论(0)",
        "我要跟帖",
        "已输入0字",
        "大中小",
    ],
)
def test_a_closing_line_of_tools_or_of_what_is_not_there_is_no_text(line: str) -> None:
    text, _ = text_and_author(f"<p>{line}</p>")
    assert text == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize("line", ["附件：报名表", "评论员：王伟", "视频由院报拍摄。"])
def test_a_closing_line_that_says_something_stays(line: str) -> None:
    text, _ = text_and_author(f"<p>{line}</p>")
    assert text == f"{FIRST}\n{SECOND}\n{line}"


@pytest.mark.parametrize(
    ("end", "author"),
    [
        ("<p>(文/图 王伟 李小华)</p>", "王伟 李小华"),
        ("<p>（本报记者 王伟 整合）</p>", "王伟"),
        ("<p>资料图：市民出行。本报记者 王伟 摄</p>", None),
    ],
)
def test_who_wrote_is_not_who_took_the_picture(end: str, author: str | None) -> None:
    assert text_and_author(end)[1] == author


@pytest.mark.parametrize(
    "line", ["展会时间：2024年5月8日至10日 9:00", "结束时间：2024-05-10 17:30"]
)
def test_the_day_of_an_event_is_not_that_of_publication(line: str) -> None:
    _, published = read_day(f"<div>{line}</div>")
    assert published is None


def read_day(over: str) -> tuple[str, object]:
    """The text and the day of an article under ``over``."""
    found = extract(f"<h1>学术报告会</h1>{over}<p>{FIRST}</p><p>{SECOND}</p>".encode())
    return found.text, found.published


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("供稿：王小伟、李华", "author"),
        ("供稿：宣传部", "source"),
        ("图文：王小伟", "author"),
        ("执笔/王小伟", "author"),
        ("通訊員：王小偉", "author"),
    ],
)
def test_who_gave_a_text_is_its_author_or_the_office_it_is_from(line: str, kind: str) -> None:
    assert [label.kind for label in read_labels(line)] == [kind]


def author(*lines: str, below: str = "") -> str | None:
    body = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<title>报告会</title><body><h1>报告会</h1><div id=zoom>{body}</div>{below}</body>"
    return extract(page.encode()).author


@pytest.mark.parametrize(
    ("closing", "names"),
    [
        (FIRST + "（王小伟）", "王小伟"),
        (FIRST + "（王小伟 李华 上海报道）", "王小伟 李华"),
        (FIRST + "某某时事讯（王小伟）", "王小伟"),
        ("（记者 王小伟 通讯员 李华）", "王小伟 李华"),
        ("（某报记者 王小伟 实习生 李华 文/图）", "王小伟 李华"),
        ("记者王小伟 李华 某地报道", "王小伟 李华"),
    ],
)
def test_who_signs_behind_the_last_sentence_is_the_author(closing: str, names: str) -> None:
    assert author(FIRST, SECOND, closing) == names


@pytest.mark.parametrize(
    "remark", ["（全文完）", "（江苏）", "（温州）", "（时报）", "（未完待续）", "（何时）那么"]
)
def test_a_remark_behind_the_last_sentence_is_no_author(remark: str) -> None:
    assert author(FIRST, SECOND + remark) is None


@pytest.mark.parametrize(
    ("line", "paper"),
    [
        ("http://www.example.com 2012年01月12日15:57 某某晚报", "某某晚报"),
        ("2012年01月12日某某商报", "某某商报"),
        ("2012-01-12 15:57 某某新闻网 打印", "某某新闻网"),
    ],
)
def test_a_paper_named_beside_the_day_is_the_source(line: str, paper: str) -> None:
    page = (
        f"<title>报告会</title><body><h1>报告会</h1><p>{line}</p><div id=zoom><p>{FIRST}</p></div>"
    )
    assert extract(page.encode()).source == paper
    assert is_label_line(line)


@pytest.mark.parametrize(
    "line", ["记者：您怎么看？", "记者：您好！", "编辑：谁来做？", "记者：谢谢。"]
)
def test_what_is_spoken_to_somebody_is_no_label(line: str) -> None:
    assert not is_label_line(line)
    assert read_labels(line) == ()


@pytest.mark.parametrize(
    ("line", "author", "source", "hits"),
    [
        ("【作者】张志远 【来源】科技处 【日期】2010-12-09 【点击】33", "张志远", "科技处", 33),
        ("[作者]张志远 [来源]科技处 [时间]2010-12-09", "张志远", "科技处", None),
        ("【发布时间】2010-12-09【作者】张志远【浏览】55次", "张志远", None, 55),
        ("作者：张志远 加入时间：2010-12-9 阅读次数：321", "张志远", None, 321),
        ("作者：张志远 录入：admin 更新时间：2010-12-09 点击数：33", "张志远", None, 33),
        ("发布单位：科技处 录入人：张志远 录入时间：2010-12-09", None, "科技处", None),
        ("[2010-12-9] 作者：张志远 已被浏览321次", "张志远", None, 321),
        ("信息员：李明 更新日期：2010年12月9日 浏览人数：12", None, None, 12),
        ("文章作者：张志远 | 文章来源：科技处 | 更新时间：2010-12-9", "张志远", "科技处", None),
        ("供稿：张志远（科技处） 摄影：王芳 2010-12-09", "张志远", "科技处", None),
        ("张志远 发表于 2010-12-09 10:00 | 分类：新闻 | 阅读(33)", None, None, 33),
        ("作者：张志远 复核意见：同意 日期：2010-12-09", "张志远", None, None),
    ],
)
def test_labels_of_old_systems_are_read_and_no_value_holds_the_next_one(
    line: str, author: str | None, source: str | None, hits: int | None
) -> None:
    page = (
        f"<title>报告会</title><body><h1>报告会</h1><p>{line}</p><div id=zoom><p>{FIRST}</p></div>"
    )
    found = extract(page.encode())
    assert (found.author, found.source, found.hits) == (author, source, hits)
    assert str(found.published) == "2010-12-09"
    assert found.text == FIRST


@pytest.mark.parametrize(
    "line", ["记事[编辑] 2010-12-09", "[图]研究所召开会议", "【通知】2010-12-09"]
)
def test_words_in_brackets_that_tell_nothing_are_no_labels(line: str) -> None:
    assert not [one for one in read_labels(line) if one.kind != "other" and one.value]


@pytest.mark.parametrize("end", ["（科技处 张志远 供稿）", "（张志远供稿）", "（张志远　撰稿）"])
def test_who_gave_a_text_stands_in_brackets_behind_it(end: str) -> None:
    page = (
        f"<title>报告会</title><body><h1>报告会</h1><div id=zoom><p>{FIRST}</p><p>{end}</p></div>"
    )
    assert extract(page.encode()).author == "张志远"


@pytest.mark.parametrize(
    ("labels", "name"),
    [(("작성자", "등록일", "조회"), "홍길동"), (("作者", "发布日期", "点击"), "王小伟")],
)
def test_the_terms_of_a_list_are_labels_without_a_colon(
    labels: tuple[str, str, str], name: str
) -> None:
    values = (name, "2010-12-09", "31")
    terms = "".join(
        f"<dt>{label}</dt><dd>{said}</dd>" for label, said in zip(labels, values, strict=True)
    )
    page = (
        f"<title>通知</title><h3>通知</h3><dl>{terms}</dl><div><p>{FIRST}</p><p>{SECOND}</p></div>"
    )
    read = extract(page.encode())
    assert (read.author, str(read.published), read.hits) == (name, "2010-12-09", 31)
