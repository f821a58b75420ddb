"""Label lines: 作者：… 来源：… 发布时间：… 点击率：… above (or under) the body.

It promises to read several labels from one line, to keep a value whole that holds spaces, and to
say None for a label whose value a script would have filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.cleaning.facts import phrases
from archive.cleaning.facts.dates import find_dates, may_have_date
from archive.cleaning.facts.days_said import without_said
from archive.cleaning.facts.people import BEARER, are_people, is_office, office_and_people
from archive.cleaning.facts.values import EDGES, publisher
from archive.cleaning.script import as_simplified, bare_of_readings
from archive.remembered import remembered

_S = r"[\s\u3000]{0,4}"
_HAN = re.compile("[\u4e00-\u9fff\uac00-\ud7a3]")
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "editor",
        f"责{_S}任{_S}编{_S}辑|责{_S}编|编{_S}辑|(?:值班|网络|网站|本期|执行|文字|版面|新媒体|微信|实习|页面|栏目)编辑|编{_S}审|责任编审|(?:责任编辑|责编|编辑|编审){_S}[/／]|編輯|責任編輯|责编辑|(?i:editors?|edited{_S}by)",
    ),
    (
        # Whoever passed or proofread a text is no editor of it.
        "checker",
        f"责任校对|(?:[一二三初终])?校{_S}对?|審核|[一二三初复终]{_S}审|审{_S}(?:核|签)(?:人)?|审{_S}[稿校]|(?:审核|校对){_S}[/／]",
    ),
    (
        "author",
        rf"作{_S}者|文章作者|执{_S}笔(?:人)?|主笔|撰{_S}稿(?:人)?|撰{_S}文|供稿(?:人|者)|投稿人|通讯员|通訊員|记{_S}者|记者/作者|發表人|发布人|发布者|作者姓名|文{_S}/|文{_S}／|(?:执笔|撰文|撰稿|图文|文图|供稿){_S}[/／]|图文|文图|文字|(?:撰文|文字|文)[、及和/／](?:摄影|供图|图片|图)(?:{_S}[/／])?|文(?={_S}[:：]{_S}[\u4e00-\u9fff]{{2,4}}(?:[\s\u3000、)）]|$))|作{_S}家|楼主|博主|記者|작성자|글쓴이|등록자|(?i:authors?|reporters?|written{_S}by)",
    ),
    (
        "source",
        f"来{_S}源|文章来源|新闻来源|信息来源|稿件来源|内容来源|来源单位|供{_S}稿(?:单位|部门)?|发布(?:单位|部门|机构)|发文单位|发稿单位|撰稿单位|出{_S}处|出自|转{_S}自|来稿(?:单位)?|本文来源|來{_S}源|稿源|投稿单位|单位|(?i:source)",
    ),
    (
        "published",
        f"(?:发{_S}布|发{_S}表|发{_S}稿|发{_S}文|发送|发件|发信|寄件|公{_S}布|更{_S}新|添{_S}加|上{_S}传|录{_S}入|创{_S}建|提{_S}交|刊{_S}登|发{_S}帖|加{_S}入|入{_S}库|刊发|公开|上线|成文|新闻)(?:时{_S}间|日{_S}期|于)|发布于|发表于|發表(?:於|時間)|작성일|등록일|게시일|掲載日|公開日|时间发布|发{_S}布|日{_S}期|时{_S}间|時{_S}間|更新"
        f"|(?i:(?:update|release|publish|publication|posting){_S}(?:time|date)|(?:published|updated|posted|released)(?:{_S}(?:on|at|time|date))?|pubdate)",
    ),
    (
        "hits",
        r"(?:已?被)?点击(?:率|数|量|次数)?|点{_S}击|(?:已?被)?(?:浏览|阅读)(?:次数|量|数|人数)?|瀏覽(?:次數|量|數)?|點擊(?:率|數|量|次數)?|閱讀(?:次數|量|數)?|访问(?:次数|量|数)?|访问人数|查看(?:次数|数)?|人气|點閱|조회수?|(?i:(?:page{_S})?(?:views|hits|visits|clicks))".replace(
            "{_S}", _S
        ),
    ),
    (
        "other",
        r"字[号體体](?:大小)?|字体大小|摄影(?:者|师)?|摄{_S}影|(?:供|配|制|题)图(?:片)?|图(?:片|源)?|(?:图片?|摄影?|供图){_S}[/／]|拍摄|摄像|签{_S}发(?:人)?|监{_S}制|策{_S}划|统{_S}筹|制{_S}作|排{_S}版|值班(?:主任|编委)|关键[词字]|标签|分类|(?:文章|信息)?(?:所在|所属)?栏目|类别|类型|评论(?:数)?|回复|点赞|分享(?:到|至)?|索引号|文号|主题词|有效性|编号|摘要|导读|核心提示|简介|点评|翻译|打印|收藏|视力保护色|编{_S}发|核{_S}发|编{_S}排|(?:文章|信息|责任)?录{_S}入(?:人|者|员)?|添加(?:人|者)|信息员|(?i:(?:text|font){_S}size|tags|keywords|photo{_S}by|photographer|print|share)".replace(
            "{_S}", _S
        ),
    ),
)
# The characters of labels; those behind z are i and s to whoever does not ask for the case.
_LETTERS = "a-zA-Z\u017f\u0130\u0131" + "".join(
    sorted({*_HAN.findall("".join(words for _, words in _KINDS))})
)
_ALL = re.compile(
    "(?P<open>^|[\\s\\u3000\\xa0|｜【\\[（(丨/·>;；,，、》】\\])）:：\\d-]|(?<=\\d日))"
    # No label begins with anything else, and to try all of them takes long.
    f"(?=[{_LETTERS}])(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS)
    + ")\\s{0,3}[】\\]]?\\s{0,3}(?:[:：]|(?<=/)|(?<=／))"
)
_RUN_ON = re.compile(
    "(?P<editor>责任编辑|责编|编辑)|(?P<checker>审核人?|校对)|(?P<author>作者|撰稿人?)|(?P<source>文章来源|信息来源|来源|稿源)"
    "|(?P<published>(?:发[布表稿文]|刊发|公布)(?:时间|日期)|更新时间"
    "|(?:加入|入库|录入|上传|投稿)?[时日][间期](?=\\s?[:：]\\s?(?:19|20)\\d\\d))"
    "|(?P<hits>(?:点击|浏览|阅读|访问)(?:率|数|量|次数)?)|(?P<other>字[体号](?:大小)?)"
)
"""Labels sure enough to begin right behind another's value, as where only a style sheet sets them
apart; the colon behind them is asked for separately."""
# No label without one of these.
_LABEL_END = re.compile("[:：/／|｜丨]")
# Nor without a colon or a stroke that stands behind a character of a label: 2010/12/09 09:30 has
# none, and little of a text has one.
_LABELLED = re.compile(rf"[:：/／](?<=[{_LETTERS}\s\]】/／].)")
_COLON = re.compile(r"\s{0,3}[:：]")
MAX_READ_CHARS = 1000
MAX_LINE_CHARS = 160
"""A line of labels is no longer than this."""
MAX_LABELLED_CHARS = 40
MAX_DATED_CHARS = 60
"""Nor is one that is dated and has no labels longer than this."""
MAX_SITE_CHARS = 20
_SITES = ("网", "网站", "客户端")
# Who publishes, in brackets of its own before the labels: [某省教育厅] 发布时间：….
_PUBLISHER = re.compile(r"[\[【][^\[\]【】。，]{2,40}[\]】]")
_ADDRESS = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,6}(?![a-z0-9])/?", re.IGNORECASE
)
_BARRED = re.compile(
    r"((?:^|(?<=[\s\u3000（(]))(?:作者|撰稿人?|撰文|文字|供稿|编辑|责编|责任编辑|审核|校对|排版|摄影|图片|来源)\s?)[|｜丨]"
    r"(?=\s?[\u4e00-\u9fff]{2})"
)
_YEAR = re.compile(r"[\s\u3000]+(?=(?:19|20)\d\d)")
_SPACED = re.compile(
    r"((?:^|(?<=[\s\u3000|｜（(]))(?:作者|来源|发布时间|发布日期|浏览次数|浏览量|点击数|阅读量))[\s\u3000](?=[^\s:：])"
)
# [作者]张明 [日期]2010-12-09, and 发表于 2010-12-09 behind who did.
_BRACKETED = re.compile(
    r"([\[【](?:文章)?(?:作者|来源|时间|日期|(?:发布|发表|更新|加入)(?:时间|日期)|(?:点击|浏览|阅读|访问)(?:率|数|量|次数)?)"
    r"|【(?:责任)?编辑)"
    r"[\]】](?=\s{0,3}[^\s:：])"
)
_POSTED_ON = re.compile(r"(?<=[\s\u3000])(发[表布]于)[\s\u3000](?=(?:19|20)\d\d)")
# Whence a person is, in brackets behind the name: 供稿：张明（科技处）.
_BESIDE_NAME = re.compile(r"\s?[（(]")
_SPACED_SIGN = re.compile(r"[者源间期数量于]\s")
# Under such names people put texts in: admin, zly.
_ACCOUNT = re.compile(r"[a-z][a-z0-9_.-]{1,15}")
# What people are, said before their names: 供稿：通讯员 王伟.
_ROLES = re.compile(r"(?:本报|本站|特约)?(?:记者|記者|通讯员|通訊員)[\s\u3000:：]{1,3}")
# Who is asked or spoken to is no author.
_ASKING = frozenset("？！?!")
_SPOKEN = re.compile("谢谢|[您你]好|好的")
# 阅读321次, 浏览次数：321, 321次点击; the number may be for a script to fill in.
_TOLD_VISITS = re.compile(
    r"(?:已?被)?(?:阅读|点击|浏览|访问)(?:次数|量|数)?[\s\u3000]{0,2}[：:(（\[]?\s{0,2}\d{0,9}\s{0,2}(?:次|[)）\]])*"
    r"|(?<!\d)\d{1,9}\s?次(?:阅读|点击|浏览|访问)?"
    # How long it takes to read, as static site generators count it.
    r"|[·•|｜/]?\s?(?:阅读(?:时间|时长)|预计阅读)?[：:\s]{0,2}(?:约|大约)?\s?\d{1,3}\s?分钟(?:读完|阅读)?"
)
_DAY_LABEL = re.compile(r"^\W{0,3}(?:(?:发布|发表|更新|添加)?(?:时间|日期)|发[布表]于)\s?[:：]?")
_CLOCK = re.compile(r"\d{1,2}\s?[:：时時]\s?\d{1,2}(?:\s?[:：分]\s?\d{1,2}\s?秒?)?分?")


@dataclass(frozen=True, slots=True)
class Label:
    """One label with its value as it stands (edges trimmed), the text it was read from, and the
    words of the label itself."""

    kind: str
    value: str
    line: str
    name: str = ""


def read_labels(line: str) -> Sequence[Label]:
    """All labels of one line, in order; the value of each goes up to the next label.

    Labels in traditional characters and with readings in brackets are read too; a value keeps its
    characters and loses the readings.
    """
    return _labels_of(line) if len(line) <= MAX_READ_CHARS else ()


@remembered(4096)
def _labels_of(line: str) -> tuple[Label, ...]:
    if not _may_tell(line):
        return ()
    bare = bare_of_readings(line)
    told = _with_colons(as_simplified(bare))
    found = _found(told)
    if not found:
        return _behind_publisher(bare, told, line)
    matches = _with_run_on(told, found)
    ends = [*map(_end_before, matches[1:]), len(bare)]
    return tuple(
        label
        for m, end in zip(matches, ends, strict=True)
        for label in _told_by(m, bare[m.end() : end].lstrip(" :：").strip(EDGES), line)
    )


# Asked of one line by both who call it.
@remembered(4096)
def _may_tell(line: str) -> bool:
    """Whether a line may have labels or a day; quickly told."""
    return _LABEL_END.search(line) is not None or may_have_date(line)


# Whether a line begins with the first of them is asked, too.
@remembered(4096)
def _found(told: str) -> tuple[re.Match[str], ...]:
    """The labels of a line (with colons behind them) that have something before them."""
    return tuple(_ALL.finditer(told)) if _LABELLED.search(told) else ()


def _told_by(match: re.Match[str], value: str, line: str) -> Iterable[Label]:
    """What a label tells: 供稿 is said of offices, of people and of both, and whoever put a text in
    (发布人) may be an account or an office."""
    kind = match.lastgroup or "other"
    name = match[kind]
    both = (
        office_and_people(_YEAR.split(value, maxsplit=1)[0])
        if kind == "author" or "稿" in name
        else None
    )
    if both is not None:
        yield Label("author", both[1], line)
        yield Label("source", both[0], line)
        return
    person, _, house = _BESIDE_NAME.sub("(", value).partition("(")
    if "稿" in name and is_office(house.strip(EDGES)) and are_people(person):
        yield Label("author", person, line)
        yield Label("source", house.strip(EDGES), line)
        return
    if kind == "source" and "稿" in name and are_people(_ROLES.sub("", value)):
        kind = "author"
    elif kind == "author" and "发布" in name:
        if is_office(value):
            kind = "source"
        elif _ACCOUNT.fullmatch(value.split()[0] if value else ""):
            kind = "other"
    if not _is_said(kind, value):
        yield Label(kind, value, line, name)


def _is_said(kind: str, value: str) -> bool:
    """Whether what stands behind a label is no name but what somebody says: 记者：您怎么看？"""
    if kind not in {"author", "editor"}:
        return False
    if _SPOKEN.match(value) or value.rstrip("”」』")[-1:] in _ASKING:
        return True
    return value.endswith("。") and BEARER.match(value) is None


def _with_colons(line: str) -> str:
    """``line`` with a colon behind labels that have another sign there (撰稿丨张明) or, on a line
    with a day, none (作者 张明　2020-05-30); no place in it is moved."""
    if "|" in line or "｜" in line or "丨" in line:
        line = _BARRED.sub(r"\1：", line)
    if len(line) <= MAX_LINE_CHARS and ("】" in line or "]" in line) and may_have_date(line):
        line = _BRACKETED.sub(r"\1：", line)
    if len(line) > MAX_DATED_CHARS or _SPACED_SIGN.search(line) is None:
        return line
    if "。" not in line and may_have_date(line):
        line = _POSTED_ON.sub(r"\1：", _SPACED.sub(r"\1：", line))
    return line


def _end_before(label: re.Match[str]) -> int:
    """Where the value before a label ends; a digit right before the label is the value's."""
    opened = label.groupdict().get("open") or ""
    return label.start() + opened.isdigit()


def _behind_publisher(bare: str, told: str, line: str) -> tuple[Label, ...]:
    """A publisher right behind the day, and the label that stands right behind that: 2020-05-09
    南通日报作者：彭明远."""
    # Few lines begin with a day, and most are known from when their dates were asked for.
    dates = find_dates(told) if ":" in told or "：" in told else ()
    if not dates or dates[0].start > 0:
        return ()
    label = _RUN_ON.search(told)
    if label is None or _COLON.match(told, label.end()) is None:
        return ()
    between = _CLOCK.sub("", bare[dates[0].end : label.start()]).strip(EDGES)
    if publisher(between) is None:
        return ()
    value = bare[label.end() :].lstrip(" :：").strip(EDGES)
    return (Label("source", between, line), *_told_by(label, value, line))


def _with_run_on(line: str, matches: Sequence[re.Match[str]]) -> Sequence[re.Match[str]]:
    """``matches`` and the labels that begin inside their values without a space between."""
    taken = [(m.start(), m.end()) for m in matches]
    more = [
        m
        for m in _RUN_ON.finditer(line, matches[0].end())
        if _COLON.match(line, m.end())
        and all(m.end() <= start or m.start() >= end for start, end in taken)
    ]
    return sorted([*matches, *more], key=lambda m: m.start())


@remembered(4096)
def is_label_line(line: str) -> bool:
    """Whether the whole line is labels, dates and tools, not prose."""
    if "。" in line or not _may_tell(line):
        return False  # no value of a label holds a sentence
    line = _with_colons(as_simplified(bare_of_readings(line)))
    size = len(line)
    if size > MAX_LINE_CHARS:
        return False
    labels = read_labels(line)
    if labels and _begins_with_label(line):
        return all(_is_short(label.value) for label in labels)
    dates = find_dates(line) if size <= MAX_DATED_CHARS else []
    if not dates:
        return False
    rest = without_said(_without_times(line)).strip(EDGES + "日")
    short = len(rest) <= (24 if labels else 12) or phrases.only_tools(rest)
    short = short or publisher(_without_address(rest)) is not None
    return dates[0].start <= 24 and short


def _begins_with_label(line: str) -> bool:
    """Whether nothing but dates, hours and a site's name and address stands before the first
    label."""
    found = _found(line)
    if not found:
        return False
    first = found[0]
    before = _without_address(_without_times(line[: first.start()])).strip(EDGES + "日")
    if _PUBLISHER.fullmatch(line[: first.start("open")].strip()) is not None:
        return first.lastgroup in {"published", "source"}
    if not before or (len(before) <= MAX_SITE_CHARS and before.endswith(_SITES)):
        return True
    return first.lastgroup == "published" and are_people(before)


def _without_address(text: str) -> str:
    return _ADDRESS.sub("", text) if "." in text else text


def _is_short(value: str) -> bool:
    return len(value) <= MAX_LABELLED_CHARS


def beside_date(line: str) -> str:
    """What a short line says beside its day, its hour and the visits: 2012年01月12日15:57 凤凰网
    阅读321次."""
    if len(line) > MAX_DATED_CHARS or not find_dates(line):
        return ""
    beside = _without_times(_TOLD_VISITS.sub(" ", line))
    return _ADDRESS.sub("", _DAY_LABEL.sub("", beside)).strip(EDGES)


def _without_times(line: str) -> str:
    spans = [(d.start, d.end + (line[d.end : d.end + 1] in {"日", "号"})) for d in find_dates(line)]
    return _CLOCK.sub("", _without(line, spans))


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    out, done = [], 0
    for start, end in spans:
        out.append(text[done:start])
        done = max(done, end)
    return "".join([*out, text[done:]])
