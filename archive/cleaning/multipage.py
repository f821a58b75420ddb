"""Articles that go on over several pages: finding the next ones, joining the parts.

It promises that only addresses sharing the article's own stem count as its pages, so that a link
to the next article is never taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

from archive.cleaning.markup.blocks import Block
from archive.cleaning.writing.media import Addresses, absolute
from archive.model import Extraction

# A number, words that lead on, or both: neighbouring links to one address are one run of text.
_PAGER_LINK = re.compile(
    r"^(?=.*\w)(?:第?\W*\d{1,3}\W*[页頁]?)?\W*"
    r"(?:下一?[页頁]|[后後]一[页頁]|next(?:\s+page)?|末[页頁]|尾[页頁]|余下全文|餘下全文|阅读全文|閱讀全文)?\W*$",
    re.IGNORECASE,
)
# How such a link begins; most do not.
_PAGER_BEGIN = re.compile(r"[\W\d第下后後末尾余餘阅閱nN]")
_CREATE_PAGE = re.compile(
    r"(?:createPage|page)HTML\s*\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*[\"']([^\"'/]{1,80})[\"']\s*,\s*[\"'](\w{1,8})[\"']",
    re.IGNORECASE,
)
_PAGE_KEYS = frozenset(
    {"page", "p", "pg", "pageno", "pageindex", "page_no", "currentpage", "curpage"}
)
_STEM = re.compile(r"^(.*?)(?:[_-](\d{1,3}))?(\.\w{2,6})$")
_COUNT = re.compile(r"\d{1,2}")
_PAGER_EDGES = " \t\n\u3000\xa0[]【】()（）第页上一下首末尾<>«»|:：共"
MAX_PAGES = 100
# No pager has more links than this.
MAX_PAGER_LINKS = 500
_V = TypeVar("_V")


def next_pages(
    url: str | None, blocks: Sequence[Block], scripts: Iterable[str], addresses: Addresses
) -> tuple[str, ...]:
    """Addresses on which the article at ``url`` goes on, in order of their page number.

    ``blocks`` are those from the body on; ``scripts`` the inline scripts of the page.
    """
    if url is None:
        return ()
    found: dict[str, int] = {}
    own = _page_number(url, url) or 1
    for href in islice(_pager_links(blocks), MAX_PAGER_LINKS):
        address = addresses[href]
        number = _page_number(url, address) if address is not None else None
        if address is not None and number is not None and number > own:
            found.setdefault(address, number)
    for address, number in _scripted(url, scripts):
        if number > own:
            found.setdefault(address, number)
    if not found:
        found = _counted(url, blocks, addresses)
    return tuple(sorted(found, key=lambda a: (found[a], a)))[:MAX_PAGES]


def _pager_links(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        for run in block.runs:
            if (
                run.href is not None
                and _PAGER_BEGIN.match(run.text)
                and _PAGER_LINK.match(run.text)
            ):
                yield run.href


def _counted(url: str, blocks: Sequence[Block], addresses: Addresses) -> dict[str, int]:
    """Pages after this one in a pager that counts from 1, whatever its addresses look like; this
    page is the number without a link, or the one that leads here."""
    for block in blocks:
        if len(block.runs) < 2:
            continue  # numbers with links and one without them are no single run
        numbers = [int(n) for n in _COUNT.findall(block.text)]
        if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
            continue
        if _COUNT.sub("", block.text).strip(_PAGER_EDGES):
            continue
        linked = {
            int(run.text.strip(_PAGER_EDGES)): address
            for run in block.runs
            if run.href is not None
            and run.text.strip(_PAGER_EDGES).isdecimal()
            and (address := addresses[run.href]) is not None
        }
        here = [n for n in numbers if linked.get(n) in (None, url)]
        if len(here) == 1:
            return {linked[n]: n for n in numbers if n > here[0]}
    return {}


def _page_number(url: str, other: str) -> int | None:
    """Which page of the article at ``url`` the address ``other`` is; None when of another."""
    mine, its = urlsplit(url), urlsplit(other)
    if mine.netloc.lower() != its.netloc.lower():
        return None
    if mine.path == its.path and its.query:
        return _query_number(mine.query, its.query)
    if mine.query != its.query:
        return None
    first, second = _STEM.match(mine.path), _STEM.match(its.path)
    if first is None or second is None or first[3] != second[3]:
        return None
    if second[2] is not None and second[1] in {first[1], _whole_stem(mine.path)}:
        return int(second[2]) + _offset(second[2])
    return None


def _offset(number: str) -> int:
    """``_1`` after a bare first page is the second page in TRS paging; order is all that counts."""
    return 1 if number else 0


def _whole_stem(path: str) -> str:
    return path.rpartition(".")[0]


def _query_number(mine: str, its: str) -> int | None:
    ours = {k: v for k, v in parse_qsl(mine) if k.lower() not in _PAGE_KEYS}
    theirs = {k: v for k, v in parse_qsl(its) if k.lower() not in _PAGE_KEYS}
    if ours != theirs:
        return None
    number = next((v for k, v in parse_qsl(its) if k.lower() in _PAGE_KEYS), "")
    return int(number) if number.isdecimal() and len(number) < 4 else None


def _scripted(url: str, scripts: Iterable[str]) -> Iterable[tuple[str, int]]:
    for script in scripts:
        match = _CREATE_PAGE.search(script)
        if match is None:
            continue
        total, stem, ending = min(int(match[1]), MAX_PAGES), match[3], match[4]
        if stem.lower() in {"index", "default", "list"}:
            continue  # a list page's paging
        for number in range(1, total):
            address = absolute(f"{stem}_{number}.{ending}", url)
            if address is not None:
                yield address, number + 1


def _once(values: Iterable[_V]) -> tuple[_V, ...]:
    return tuple(dict.fromkeys(values))


def join_pages(parts: Sequence[Extraction]) -> Extraction:
    """One article from its ``parts`` in order: texts follow each other, what is known of the
    first part holds. Raises ValueError when there are no parts."""
    if not parts:
        raise ValueError("an article has at least one page")
    first = parts[0]
    return replace(
        first,
        text="\n".join(p.text for p in parts if p.text),
        markdown="\n\n".join(p.markdown.strip("\n") for p in parts if p.markdown),
        html="".join(p.html for p in parts),
        images=_once(i for p in parts for i in p.images),
        attachments=_once(a for p in parts for a in p.attachments),
        removals=tuple(r for p in parts for r in p.removals),
        next_pages=(),
        flags=_once([*(f for p in parts for f in p.flags), "several-pages"]),
        conserved=all(p.conserved for p in parts),
        editor=next((p.editor for p in reversed(parts) if p.editor), None),
        author=next((p.author for p in parts if p.author), None),
        source=next((p.source for p in parts if p.source), None),
    )
