"""Where a page says whose it is: the slots a mirror writes its brand into.

A brand is not known by its word but by its places: the end or the start of the title, the root of
the breadcrumb, the owner's place in the footer, the link home. It promises to read these places
from a page's tree, in bounded time, without judging what stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import regex
from lxml import etree

from archive.cleaning.markup.dom import BLOCK, PICTURES
from archive.cleaning.script import HAN, plain
from archive.cleaning.unmasking.asides import asides
from archive.cleaning.unmasking.doubled import put_into_titles, told_twice
from archive.cleaning.unmasking.home_lines import home_lines
from archive.cleaning.unmasking.linked import Link, hosts_linked
from archive.cleaning.unmasking.out_of_sight import bookmarked, headed, pictured
from archive.remembered import remembered

SHORT_WORD = 4
"""Characters of each word of a brand of two."""
MAX_TERM = 40
"""Characters of a name or brand; longer strings are sentences."""
MAX_LINES = 4000
FOOTER_LINES = 40
MAX_LINE = 300
MAIL_SCHEME = "mailto:"
SCHEME_CHARS = len(MAIL_SCHEME)

SEPARATORS = r"[-_|—–－―~～｜>»›·•]"
_HARD_SEPARATOR = regex.compile(rf"\s*{SEPARATORS}+\s*")
_SEPARATOR = regex.compile(rf"\s*{SEPARATORS}+\s*|(?<={HAN})\s+|\s+(?={HAN})")
_CRUMB = regex.compile(
    r"(?:当前|您|你|目前)?(?:现在)?(?:所在|的|當前)?(?:位置|位于|位於|所在)\s*(?:是|在)?\s*[:：]?\s*(.*)$"
)
_CRUMB_SEPARATOR = regex.compile(r"\s*(?:>+|»|›|→|/|\\|::|-)+\s*")
COPYRIGHT = regex.compile(
    r"(?i)copy\s?right|©|\(c\)|&copy;|版[权權](?:所有)?|all rights? reserved|主[办辦](?:[单單]位)?"
)
_ICP = regex.compile(rf"({HAN})\s*ICP\s*[备備证證]\s*(\d{{5,14}})\s*号?", regex.IGNORECASE)
_MAIL = regex.compile(
    r"[\w.+-]{1,64}(?:@|\(at\)|#)([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5})", regex.I
)
_HOST = regex.compile(r"(?i)(?<![@a-z0-9_.-])((?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24})(?![a-z0-9_@])")
_DIGIT = regex.compile(r"\d")
_SCHEME = regex.compile(r"(?i)https?://")
_CONTACT = regex.compile(
    r"(?i)地\s?址|[邮郵](?:[编編]|箱)|[电電][话話]|tel|e-?mail|https?://|[备備]案|[网網]址|www\."
)
_MADE_BY = regex.compile(
    r"(?i)(?:技[术術](?:支持|服[务務])|(?:网站)?(?:设计|制作|开发|建设|维护)(?:单位)?|承建"
    r"|(?:powered|designed|made) by)"
    r"\s*[:：]?\s*\S+(?:\s+(?:https?://|www\.)\S+)?"
)
_OWNER_BREAK = regex.compile(
    r"(?i)copy\s?right|©|\(c\)|版[权權](?:所有)?|所有|all rights? reserved\.?|"
    r"主[办辦](?:[单單]位)?|"
    r"承[办辦](?:[单單]位)?|技[术術]支持|地\s?址|[电電][话話]|[邮郵](?:[编編]|箱)|[传傳]真|tel|fax|e-?mail|"
    rf"{HAN}\s*ICP\s*[备備证證]?\s*\d*\s*号?(?:-\d+)?|{HAN}公网安备\s*\d*\s*号?|"
    r"(?:19|20)\d\d\s*(?:年|[-–—~至]\s*(?:(?:19|20)\d\d|现在|今))?|[|｜:：;；,，<>©]|\s{2,}|"
    r"(?:https?://)?(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?:/\S{0,80})?|\bby\b|[网網]站[地导導][图圖航]|sitemap"
)
_BLOCKS = BLOCK | {"br", "head", "option", "select", "title"}
_SILENT = frozenset(
    ["script", "style", "noscript", "template", "title", "head", "textarea", "iframe", "object"]
)


_HOME = frozenset({"/", "./", "index.html", "/index.html", "/index.htm"})
HOME_WORDS = frozenset({"首页", "返回首页", "主页", "网站首页", "本站首页", "网站主页", "home"})
"""What stands at the root of a breadcrumb in a name's place; what follows is a section."""


@dataclass(frozen=True, slots=True)
class Slots:
    """What stands in the slots of one page. ``ends``: last and first segments of the title and of
    visible headings; ``addressed``: owners with the host that stands behind each in the foot;
    ``put_in``: what stands inside title or heading and not in the other; ``pictured``,
    ``headed``, ``bookmarked``: words for pictures, short ones of the head, and what links that
    bookmark the page would call it; ``linked``: hosts that links lead
    to; ``home_lines``: ways home, each behind a name for the lines around it; ``told_twice``: the
    title and a heading that has another span in it; ``asides``: what it says where no reader looks,
    or looks last; all are plain strings as the page writes them."""

    title_ends: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    crumb_roots: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    home_links: tuple[str, ...] = ()
    owner_hosts: tuple[str, ...] = ()
    mail_domains: tuple[str, ...] = ()
    icp: tuple[str, ...] = ()
    addressed: tuple[str, ...] = ()
    put_in: tuple[str, ...] = ()
    pictured: tuple[str, ...] = ()
    headed: tuple[str, ...] = ()
    bookmarked: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    home_lines: tuple[str, ...] = ()
    told_twice: tuple[str, ...] = ()
    short_texts: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()


def slots_of(tree: Any) -> Slots:
    """Read the slots of a page's ``tree`` (an lxml root element; it is not changed)."""
    lines = list(visible_lines(tree))
    links = [(node, node.get("href")) for node in tree.iter("a")]
    title = _first_text(tree, "title")
    footer = footer_lines(lines)
    foot = [*footer, *_continuation(lines)]
    return Slots(
        title_ends=ends(title),
        headings=_heading_ends(tree),
        crumb_roots=_crumb_roots(lines),
        owners=owners(footer),
        home_links=_home_links(links),
        owner_hosts=hosts(foot),
        mail_domains=_mail_domains(links, foot),
        icp=icp_numbers(lines[-FOOTER_LINES:]),
        addressed=addressed(foot),
        put_in=put_into_titles(title, lines),
        pictured=pictured(tree),
        headed=headed(tree),
        bookmarked=bookmarked(tree),
        linked=hosts_linked(links),
        home_lines=home_lines(lines, links),
        told_twice=told_twice({title, *segments(title)[:1]}, lines),
        short_texts=_unique(line for line in lines if 1 < len(line) <= MAX_TERM),
        asides=asides(tree, title, frozenset(lines)),
    )


def ends(title: str) -> tuple[str, ...]:
    """The first and last segments of a title; none when it has only one.

    >>> ends("关于放假的通知 - 某某研究所")
    ('关于放假的通知', '某某研究所')
    """
    parts = segments(title)
    return _unique((parts[0], parts[-1], *_two_words(title))) if len(parts) > 1 else ()


def _two_words(title: str) -> Iterator[str]:
    """The end of a title where it is two short words, which the space parts that is in them."""
    last = _HARD_SEPARATOR.split(title[: 4 * MAX_LINE].strip())[-1].strip()
    words = last.split(" ")
    if len(words) == 2 and all(0 < len(word) <= SHORT_WORD for word in words):
        yield last


def segments(title: str) -> list[str]:
    """The title's parts between separators that often stand before a site's name."""
    pieces = [p.strip() for p in _SEPARATOR.split(title[: 4 * MAX_LINE].strip())]
    return [p for p in pieces if p]


def affix_spans(title: str, *, hard: bool = False) -> list[tuple[int, int, str]]:
    """Each segment with the separator beside it: (start, end, segment), such that cutting the
    span leaves no separator behind. ``hard``: a space alone separates nothing."""
    found: list[tuple[int, int, str]] = []
    separator = _HARD_SEPARATOR if hard else _SEPARATOR
    marks = [(m.start(), m.end()) for m in separator.finditer(title[: 4 * MAX_LINE])]
    starts = [0] + [end for _, end in marks]
    stops = [start for start, _ in marks] + [len(title)]
    for i, (start, stop) in enumerate(zip(starts, stops, strict=True)):
        left = marks[i - 1][0] if i else 0
        right = stop if i or not marks else marks[0][1]
        found.append((left, right, title[start:stop].strip()))
    return found


def visible_lines(tree: Any) -> Iterator[str]:
    """The page's visible text, one block a line, white space collapsed; at most 4000 lines."""
    buffer: list[str] = []
    count = 0
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        tag = node.tag
        if event == "start":
            if tag in _SILENT:
                walk.skip_subtree()
                continue
            words = node.text
        else:
            words = node.tail
        if buffer and tag in _BLOCKS and (event == "start" or tag not in _SILENT):
            line = " ".join("".join(buffer).replace("\xa0", " ").split())
            buffer.clear()
            if line:
                count += 1
                yield line
                if count >= MAX_LINES:
                    return
        if words:
            buffer.append(words)
    line = " ".join("".join(buffer).replace("\xa0", " ").split())
    if line:
        yield line


def footer_lines(lines: list[str]) -> list[str]:
    """Lines near the foot that speak of ownership."""
    tail = lines[-FOOTER_LINES:]
    return [line[:MAX_LINE] for line in tail if _is_owned(line[:MAX_LINE])]


@remembered(4096)
def _is_owned(line: str) -> bool:
    """Whether a line speaks of ownership; the pages of a host share their feet."""
    return COPYRIGHT.search(line) is not None


def _continuation(lines: list[str]) -> list[str]:
    """Lines beside those that speak of ownership which tell where the owner can be reached."""
    tail = [line[:MAX_LINE] for line in lines[-FOOTER_LINES:]]
    owned = [n for n, line in enumerate(tail) if _is_owned(line)]
    near = {n + step for n in owned for step in (-1, 1, 2)} - set(owned)
    return [tail[n] for n in sorted(near) if 0 <= n < len(tail) and _CONTACT.search(tail[n])]


def _mail_domains(links: Sequence[Link], foot: list[str]) -> tuple[str, ...]:
    """Domains of the e-mail addresses in the foot and behind the page's links."""
    found = [m.lower() for line in foot for m in _MAIL.findall(_MADE_BY.sub("", line))]
    for _, href in links:
        if href and href[:SCHEME_CHARS].lower() == MAIL_SCHEME:
            found += [m.lower() for m in _MAIL.findall(href[:MAX_LINE])]
    return _unique(found[:FOOTER_LINES])


def owners(footer: list[str]) -> tuple[str, ...]:
    """What stands in the owner's place of copyright lines.

    >>> owners(["某某网 copyright © 2010 www.example.ac.cn"])
    ('某某网',)
    """
    found: list[str] = []
    for line in footer:
        for piece in _OWNER_BREAK.split(line):
            name = (piece or "").strip(" \t\u3000.。-–—()（）[]【】")
            if 1 < len(name) <= MAX_TERM and not name.isdigit():
                found.append(name)
    return _unique(found)


def hosts(footer: list[str]) -> tuple[str, ...]:
    """Host names written out in ``footer``, lower case; none of those who made the pages.

    >>> hosts(["版权所有 www.example.ac.cn 技术支持：www.maker.com"])
    ('www.example.ac.cn',)
    """
    return _unique(m.lower() for line in footer for m in _HOST.findall(_MADE_BY.sub("", line)))


def addressed(foot: list[str]) -> tuple[str, ...]:
    """Owner and host, a space between, of each host that stands behind an owner's name.

    >>> addressed(["版权所有 © 某某研究所 地址：科苑路1号 www.example.ac.cn 上级：甲院 www.b.cn"])
    ('某某研究所 www.example.ac.cn', '甲院 www.b.cn')
    """
    found = []
    for line in foot:
        at, name = 0, ""
        bare = _SCHEME.sub("", _MADE_BY.sub("", line))
        for match in _HOST.finditer(bare):
            told = [o for o in owners([bare[at : match.start()]]) if not _DIGIT.search(o)]
            name = told[-1] if told else name
            at = match.end()
            found += [f"{name} {match[1].lower()}"] if name else []
    return _unique(found)


def icp_numbers(lines: list[str]) -> tuple[str, ...]:
    """ICP registration numbers, province and digits: 京ICP备05002788号-1 is 京05002788."""
    cut = [line[:MAX_LINE] for line in lines if "P" in line or "p" in line]
    return _unique(place + number for line in cut for place, number in _ICP.findall(line))


def _first_text(tree: Any, tag: str) -> str:
    for node in tree.iter(tag):
        return " ".join("".join(node.itertext()).split())
    return ""


def _heading_ends(tree: Any) -> tuple[str, ...]:
    found: list[str] = []
    for node in tree.iter("h1", "h2"):
        text = " ".join("".join(node.itertext()).split())[:MAX_LINE]
        found += ends(text) or ((text,) if 1 < len(text) <= MAX_TERM else ())
        if len(found) > FOOTER_LINES:
            break
    return _unique(found)


def _crumb_roots(lines: list[str]) -> tuple[str, ...]:
    found = []
    for line in lines[: MAX_LINES // 4]:
        # Looked for in a tenth of the time that the pattern takes for a line without it.
        announced = len(line) <= MAX_LINE and ("位" in line or "所在" in line)
        match = _CRUMB.search(line) if announced else None
        if match:
            parts = [p.strip() for p in _CRUMB_SEPARATOR.split(match.group(1)) if p.strip()]
            roots = 1 if parts and plain(parts[0]) in HOME_WORDS else 2
            found += [p for p in parts[:roots] if 1 < len(p) <= MAX_TERM]
    return _unique(found)


def _home_links(links: Sequence[Link]) -> tuple[str, ...]:
    found = []
    for node, href in links:
        if href and href.strip() in _HOME:
            text = " ".join("".join(node.itertext()).split())
            names = [text, *(image.get("alt") or "" for image in node.iter(*PICTURES))]
            found += [n.strip() for n in names if 1 < len(n.strip()) <= MAX_TERM]
        if len(found) > FOOTER_LINES:
            break
    return _unique(found)


def _unique(items: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
