"""What the value behind a label says: people, an organisation, a number, a day.

It promises what stands in the value, less roles and page tools around it, and None where the value
names nobody (未知, admin) or a script was to fill it in.
"""

from __future__ import annotations

import re
from datetime import date

from archive.cleaning.facts.dates import find_dates, republican, run_together, short_day
from archive.cleaning.facts.people import NAME, are_offices, are_people, office_and_people

EDGES = " \t\n\u3000\xa0[]【】|｜丨（）()<>《》,，;；、/\\-—_:：·.…"
COLONS = frozenset({":", "："})
"""How a line ends that announces what follows."""
_NUMBER = re.compile(r"^\D{0,4}(\d{1,9})(?!\d)")
_SCRIPTED = re.compile(r"^[\s\[\]【】()（）]*$")
MAX_VALUE_CHARS = 60
MAX_PERSON_CHARS = 40
_END_OF_VALUE = re.compile(r"[\s\u3000]{2,}|[|｜丨【\[（(<）)\]】]|  |(?:19|20)\d\d[-年./]")
# Where a value runs into the page's tools.
_TOOL = re.compile(
    r"[\s\u3000]*(?:分享到?|(?:已?被)?(?:阅读|浏览|点击)|打印|评论|我要|有\d*人参与|手机看|参与互动|暂无|我来说|字号|关注|收藏|扫一扫|下载|投稿|发表评论|举报$|(?<=[\s\u3000])(?:放大|缩小|大\s{0,3}中\s{0,3}小))"
)
# A label nobody knows begins behind a value: 张明 复核：李立.
_NEXT_LABEL = re.compile(r"[\s\u3000|｜]+[\u4e00-\u9fff]{2,6}\s?[:：]")
_ROLE = re.compile(
    r"(?:^.{0,12}?|(?<=[\s\u3000、，])[^\s\u3000]{0,3}?)"
    r"(?:记者|記者|见习编辑|实习编辑|专栏作者|特约撰稿人?|通讯员|通訊員)"
    rf"(?:[\s\u3000:：]+|(?={NAME}))"
)
_OPEN_BRACKET = re.compile(r"\s?[(（\[【][^)）\]】]{0,20}$")
_MARKUP = re.compile(r'[=<>{}"]')
_NAME = re.compile(r"^[\u4e00-\u9fff·•]{2,8}$")
# What a label says where it names nobody: that it is not known, that somebody copied it, what the
# person is called who put it in, or what a template writes for nothing.
_UNKNOWN = (
    r"未知|不详|无|匿名|佚名|无名氏?|未填写?|待定|unknown|null|none|nil|undefined|n/?a"
    r"|admin\w*|(?:[\u4e00-\u9fff]{2,4})?管理员"
    r"|(?:(?:本[站网]|网站|网络|网友|编辑|作者)的?)?(?:原创|首发)(?:作者|作品|内容|稿件)?|本[站网]讯?"
    r"|(?:(?:来源于?|来自|源自|摘自|转自|转载自)[：:]?)?(?:互联)?网络?上?"
    r"|(?:网络|互联网|网上|综合|本站)?(?:整理|转载|转贴|转帖|转发|收集|收录)"
)
_NOBODY = re.compile(
    rf"(?:{_UNKNOWN}|(?:本[站网报]|网站|特约)?(?:小编|编辑|记者|通讯员|编者|站长|作者)|笔者|网友|游客|会员|用户"
    r"|webmaster|root|guest|user|editor|author|journalist|reporter|관리자|운영자)",
    re.IGNORECASE,
)
_NOWHERE = re.compile(rf"(?:{_UNKNOWN})", re.IGNORECASE)
_PICTURES = re.compile(
    r"^(?:(?:图|圖|摄影)[\s\u3000:：/／]+|文\s?[:：/／]\s?|文[\s\u3000]+(?=\S{3}))"
)
# Whence a text was copied, told by an address alone: no name.
_ADDRESS = re.compile(r"(?:https?://|www\.)", re.IGNORECASE)
# A name with initials or a title is none: J.Smith, Y.WANG, Prof.Li.
_HOST = re.compile(r"(?:[hH][tT]{2}[pP][sS]?://)?(?:[\w-]{2,40}\.){1,4}(?:[a-z]{2,6}|[A-Z]{2,6})/?")
_SENTENCE = re.compile("[，。；]")
_SPACE = re.compile(r"[\s\u3000]+")
# How the names of newspapers, agencies, stations and sites end.
_PUBLISHER = re.compile(
    r"^[\w·《》()（）—-]{0,16}(?:日报|晚报|早报|晨报|时报|商报|周报|快报|都市报|青年报|[\u4e00-\u9fff]{2}报"
    r"|日報|晚報|早報|晨報|時報|商報|週報|快報|通讯社|新华社|中新社|电视台|电台|广播网|新闻网|[\u4e00-\u9fffa-z]{2}网"
    r"|[\u4e00-\u9fff]{2}網|在线|客户端|周刊|杂志|融媒体中心)$",
    re.IGNORECASE,
)
# What a line says of names behind them (张明供稿, 李立新 出自…).
_BEHIND = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})[\s\u3000]?(?:出自|供稿|供图|综合报道|报道|報導|撰稿|编译|整理"
    r"|摄影?|攝影?)$|(?<=[\u4e00-\u9fff]{2})[\s\u3000/／]{1,2}[图圖文]$"
)


def person(value: str) -> str | None:
    """The names in an author's or editor's value; None when nothing name-like is there."""
    value = _ROLE.sub("", _TOOL.split(_alone(value), maxsplit=1)[0])
    value = _PICTURES.sub("", value)
    head = _END_OF_VALUE.split(value.strip(EDGES), maxsplit=1)[0].strip(EDGES)
    head = _BEHIND.sub("", head)
    if _SENTENCE.search(head) and _NAME.match(first := head.split(maxsplit=1)[0]):
        return first  # a name with what the person is behind it
    if (
        not 1 < len(head) <= MAX_PERSON_CHARS
        or re.fullmatch(r"[\d\W]+", head)
        or _MARKUP.search(head)
    ):
        return None
    if names_nobody(head) or "》" in head or _HOST.fullmatch(head):
        return None
    both = office_and_people(head)
    return re.sub(
        r"[\s\u3000]+",
        " ",
        both[1] if both is not None else _spaced_name(_BEHIND.sub("", value)) or head,
    )


def _alone(value: str) -> str:
    """``value`` up to a label that was not known for one."""
    value = value.strip(EDGES)
    role = _ROLE.match(value)
    if ":" not in value and "：" not in value:
        return value
    found = _NEXT_LABEL.search(value, role.end() if role else 0)
    return value[: found.start()] if found else value


def writer(value: str) -> str | None:
    """The people in an author's value; departments are none."""
    found = person(value)
    return found if found is not None and not are_offices(found) else None


def department(value: str) -> str | None:
    """The departments that an author's value names in a person's place; None for all else."""
    found = person(value)
    return found if found is not None and are_offices(found) else None


def _spaced_name(value: str) -> str | None:
    """Names set apart by wide spaces (王　伟, 张明  李华)."""
    words = re.split(r"[\s\u3000]+", value.strip(EDGES))
    names = []
    for word in words:
        if not _NAME.match(word) and not re.fullmatch(r"[\u4e00-\u9fff]", word):
            break
        names.append(word)
    if len(names) == 2 and len(names[0]) == len(names[1]) == 1:
        return "".join(names)
    return " ".join(names) if len(names) > 1 else None


def organisation(value: str) -> str | None:
    """The source named in a value; None when it is empty or a number."""
    head = re.split(
        r"[\s\u3000]{2,}|[|｜丨【\[]|(?:19|20)\d\d[-年./]|\s(?=字号|作者)", _alone(value)
    )[0]
    head = _TOOL.split(head, maxsplit=1)[0].strip(EDGES)
    head = _OPEN_BRACKET.sub("", head)
    if "》" in head and "《" not in head:
        head = f"《{head}"  # 《某报》客户端, of which the edge was cut
    name, _, behind = head.partition(" ")
    if are_people(behind):
        head = name.removesuffix("记者")  # who wrote it stands behind where it is from
    if _MARKUP.search(head) or _ADDRESS.match(head):
        return None
    if not head or len(head) > MAX_VALUE_CHARS or re.fullmatch(r"[\d\W]+", head):
        return None
    return None if names_nowhere(head) else head


def names_nobody(value: str) -> bool:
    """Whether what is said in an author's place is no name: 佚名, 本站原创, admin, 网友."""
    return _NOBODY.fullmatch(_SPACE.sub("", value).strip(EDGES)) is not None


def names_nowhere(value: str) -> bool:
    """Whether what is said in a source's place tells no place: 未知, 本站原创, 网络转载."""
    return _NOWHERE.fullmatch(_SPACE.sub("", value).strip(EDGES)) is not None


def publisher(line: str) -> str | None:
    """The newspaper, agency, station or site that ``line`` is the name of; None for all else."""
    name = _TOOL.split(line.strip(EDGES + "日"), maxsplit=1)[0].strip(EDGES)
    name = name.removeprefix("本文").removeprefix("来源于")
    return name if _PUBLISHER.match(name) else None


def count(value: str) -> int | None:
    """The number of visits; None when a script was to fill it in."""
    if _SCRIPTED.match(value):
        return None
    number = _NUMBER.match(value)
    return int(number[1]) if number else None


def day_of(value: str) -> date | None:
    """The first date of a label's value."""
    dates = find_dates(value)
    return dates[0].day if dates else run_together(value) or short_day(value) or republican(value)
