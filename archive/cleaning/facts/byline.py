"""Who wrote an article, where no label says so: bylines in the words of the text itself.

It promises names only: a run of two to four characters counts as a person's name when it begins
with a surname or stands where only a name can stand (behind 记者, before 张贴), and nothing longer
is ever cut down to look like one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.etree import _Element as Element

from archive.cleaning.facts.latin import is_latin_office
from archive.cleaning.facts.people import BEARER, BETWEEN_NAMES, NAME, OFFICE, are_people
from archive.cleaning.facts.values import names_nobody
from archive.cleaning.markup.blocks import Block

_ROLE = (
    r"(?:(?:实习|見習|见习|特约|特派|首席|全媒体|摄影)?(?:记者|記者)|通讯员|通訊員|实习生|實習生"
    r"|特约撰稿人?|评论员)"
)
# Up to four characters a name and six names, taken as short as what follows allows.
_ANY = r"([\u4e00-\u9fff·]{2,4}?(?:[、，\s\u3000]{1,3}[\u4e00-\u9fff·]{2,4}?){0,5})"
_NAMES = rf"({NAME}(?:[、，\s\u3000]{{1,3}}{NAME}){{0,5}})"
# Behind any characters only a sign that a name ended; behind a surname's, also the line's end.
_SIGN = (
    r"[）)】\]／/|｜]|报道|報導|报导|摄影报道|发自|采写|整[理合]|编译|通讯员|通訊員|实习|實習"
    r"|[文图攝摄圖]\s?[/／]"
)
_END = rf"(?=[\s\u3000]{{0,3}}(?:{_SIGN}))"
_OPEN_END = rf"(?=[\s\u3000]{{0,3}}(?:$|[，。：:]|(?:19|20)\d\d[-年./]|{_SIGN}))"
_PLACE = r"(?=[\s\u3000]{0,3}[\u4e00-\u9fff]{2,4}(?:报道|報導|报导|摄|发|电))"
_SAID = (
    re.compile(
        r"(?:^|[\s\u3000（(【|｜])(?:(?:文|撰文|图文|文图)\s?[/／:：|｜丨]|[图文][/／][图文]\s?[/／:：|｜丨]?)"
        rf"\s?{_ANY}(?:$|{_END})"
    ),
    re.compile(rf"{_NAMES}\s?[/／]\s?(?:文|图文|撰文)"),
    # A label without its colon, at the line's begin or behind another value: 作者 张明, 作者张明.
    re.compile(
        rf"(?:^|[\s\u3000（(【\[|｜]|(?<=\d))(?:作者|撰稿人?|撰文|执笔|供稿)[\s\u3000]{{0,3}}{_NAMES}"
        rf"(?=[\s\u3000]{{0,3}}(?:$|[）)】\]／/|｜\d]|来源|发布|编辑|责编|摄影|审核|日期|时间|浏览|点击|阅读))"
    ),
    re.compile(rf"{_ROLE}[\s\u3000:：／/]{{0,4}}{_NAMES}{_OPEN_END}"),
    re.compile(rf"{_ROLE}[\s\u3000:：／/]{{0,4}}{_ANY}{_END}"),
    re.compile(rf"{_ROLE}[\s\u3000:：／/]{{0,4}}{_NAMES}{_PLACE}"),
)
# One of these stands in whatever any of them finds; behind it, what the pattern at the same place
# cannot do without.
# Each begins with one set of characters, so that others are passed over quickly.
_SAID_SIGN = re.compile(r"[者员員稿笔/／文](?:(?<!文)|(?<=撰文)|\s?[:：|｜丨])")
_WRITTEN_SIGN = re.compile(r"[/／文](?:(?<!文)|\s?[:：|｜丨])")
_ROLE_SIGN = re.compile("[者员員生稿](?<=[记記]者|[讯訊][员員]|[习習]生|撰稿|论员)")
_SIGNS = (
    _WRITTEN_SIGN,
    re.compile("[/／]"),
    re.compile("作者|撰稿|撰文|执笔|供稿"),
    _ROLE_SIGN,
    _ROLE_SIGN,
    _ROLE_SIGN,
)
_POSTED = re.compile(
    r"由\s{0,2}([^\s，。：:]{2,12}?)\s{0,2}"
    r"(?:(?:张贴|发表|发布|上传|提供|提交)\s?(?:@|于|在|$)|于\s?(?:19|20)\d\d[-年/].{1,50}(?:发表|张贴))"
)
# Behind the last sentence the writer alone, in brackets: …。（张明远）, …。（李立 上海报道）,
# …。某报讯（张明远）
_CLOSING = re.compile(
    rf"(?:^|[。！？…”’）)\"])\s{{0,3}}(?:[\u4e00-\u9fff]{{2,8}}讯\s?)?[（(]\s?(?:{OFFICE}[\s\u3000]{{1,3}})?{_NAMES}(?:[\s\u3000]{{1,3}}[\u4e00-\u9fff]{{2,4}}(?:报道|報導|报导|电)|[\s\u3000]{{0,3}}[供撰]稿)?\s?[)）]$"
)
# A line that is nothing but names: at least two, the first with a surname.
_SIGNED = re.compile(
    rf"^[（(\s\u3000]{{0,4}}({NAME}(?:[、，\s\u3000]{{1,3}}[\u4e00-\u9fff]{{2,4}}){{1,5}})[）)\s\u3000]{{0,4}}$"
)
_CLASS = re.compile(r"\bauthor|\bwriter|byline|up-name|user-?name\b|nick-?name")
# An element in a line, named for the author alone (WordPress's and the hCard's names).
_AUTHOR = re.compile(r"(?:^|\s)author(?:\s|$)")
_ROLES = re.compile(
    rf"^(?:{_ROLE}|摄影|编辑|审核|校对|来源|时间|日期|点击|浏览|阅读|报道|综合|整[理合]|编译|本报|本站|关注|订阅|打印|评论|谢谢|.?(?:表示|了解|获悉|联系|他说|提问).?)$"
)
_REPORTED = re.compile(r"\s?(?:报道|報導|报导|电|電)")
HEAD_LINES = 3
TAIL_LINES = 5
# Under a post stands what the forum declares, and who posted it above that.
POSTED_LINES = 9
MAX_LINE_CHARS = 160
MAX_SIGNED_CHARS = 30
MAX_NAME_CHARS = 12


def byline(
    above: Sequence[Block], inside: Sequence[Block], below: Sequence[Block] = ()
) -> str | None:
    """The names the lines around the body's ends give; None where they give none."""
    near = [b for b in above[-4:] if not b.hidden]
    for block in [*near, *inside[:HEAD_LINES]]:
        found = _said(block.text[:MAX_LINE_CHARS])
        if found:
            return found
    signed = [names for b in inside[:2] if (names := _signed(b))]
    if len(signed) == 1 and _signed(inside[-1]) is None:
        return signed[0]
    for block in reversed(inside[-TAIL_LINES:]):
        found = _said(block.text[-MAX_LINE_CHARS // 2 :])
        if found:
            return found
    posted = [*reversed(inside[-POSTED_LINES:]), *below[:3], *near, *inside[:1]]
    return _closing(inside) or _posted(posted) or _by_class(above)


def _closing(inside: Sequence[Block]) -> str | None:
    """The names in brackets behind the last sentence; a paper's readers know that place."""
    last = next((b for b in reversed(inside) if b.size), None)
    text = last.text.rstrip()[-MAX_SIGNED_CHARS:] if last is not None else ""
    match = _CLOSING.search(text) if text.endswith(("）", ")")) else None
    return _people(match[1]) if match is not None and are_people(match[1]) else None


def _said(text: str) -> str | None:
    if _SAID_SIGN.search(text) is None:
        return None
    for sign, pattern in zip(_SIGNS, _SAID, strict=True):
        if sign.search(text) is None:
            continue
        found = (_without_place(m[1], text[m.end() :]) for m in pattern.finditer(text))
        names = _people(" ".join(found))
        if names:
            return names
    return None


def _people(names: str) -> str | None:
    found = [n for n in BETWEEN_NAMES.split(names) if n and not _ROLES.match(n)]
    return " ".join(found) or None


def _without_place(names: str, behind: str) -> str:
    """``names`` (before ``behind``) less the place that a last one without a surname is, where a
    report from there follows: 记者张志 李明 嘉义报道."""
    people = [n for n in BETWEEN_NAMES.split(names) if n]
    if len(people) > 1 and _REPORTED.match(behind) and BEARER.match(people[-1]) is None:
        people.pop()
    return " ".join(people)


def _signed(block: Block) -> str | None:
    if block.size > MAX_SIGNED_CHARS or block.level or block.cell is not None:
        return None
    match = _SIGNED.match(block.text)
    return _people(match[1]) if match else None


def _posted(blocks: Sequence[Block]) -> str | None:
    for block in blocks:
        match = _POSTED.search(block.text[:MAX_LINE_CHARS])
        if match and not names_nobody(match[1]):
            return match[1]
    return None


def _by_class(above: Sequence[Block]) -> str | None:
    """A short line above the body whose element is named as the author's."""
    # Lines of one element (a menu of links) would have it looked through for each of them.
    seen: set[Element] = set()
    for block in reversed(above[-10:]):
        if _is_authors(block.element, _CLASS) and _is_name(block.text):
            return block.text.strip()
        if block.size > MAX_LINE_CHARS or block.hidden or block.element in seen:
            continue
        seen.add(block.element)
        for node in block.element.iter("a", "span"):
            text = "".join(map(str, node.itertext())) if _is_authors(node, _AUTHOR) else ""
            if _is_name(text):
                return text.strip()
    return None


def _is_authors(element: Element, named: re.Pattern[str]) -> bool:
    own = f"{element.get('class') or ''} {element.get('rel') or ''}".lower()
    return named.search(own) is not None


def _is_name(text: str) -> bool:
    name = text.strip()
    if not 2 <= len(name) <= MAX_NAME_CHARS or is_latin_office(name) or names_nobody(name):
        return False
    return not re.search(r"[\d:：]|^由|admin|^[Bb]y$", name) and not _ROLES.match(name)
