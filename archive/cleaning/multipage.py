"""Articles that go on over several pages: finding the pages before and after the one at hand.

It promises that only addresses sharing the article's own stem count as its pages, or those of a
pager that counts from 1, so that a link to the next article is never taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from archive.cleaning.markup.blocks import Block
from archive.cleaning.page_addresses import page_numbers
from archive.cleaning.writing.media import Addresses, absolute

# A number, words that lead on or back, or both: neighbouring links to one address are one run.
_PAGER_LINK = re.compile(
    r"^(?=.*\w)(?:第?\W*(\d{1,3})\W*[页頁]?)?\W*"
    r"(?:[下上]一?[页頁]|[后後前]一[页頁]|(?:next|prev(?:ious)?)(?:\s+page)?"
    r"|[末尾首][页頁]|第一[页頁]|余下全文|餘下全文|阅读全文|閱讀全文)?\W*$",
    re.IGNORECASE,
)
# How such a link begins; most do not.
_PAGER_BEGIN = re.compile(r"[\W\d第下上后後前末尾首余餘阅閱nNpP]")
_CREATE_PAGE = re.compile(
    r"(?:createPage|page)HTML\s*\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*[\"']([^\"'/]{1,80})[\"']\s*,\s*[\"'](\w{1,8})[\"']",
    re.IGNORECASE,
)
_LIST_STEMS = frozenset({"index", "default", "list"})
_COUNT = re.compile(r"\d{1,2}")
_PAGER_EDGES = " \t\n\u3000\xa0[]【】()（）第页頁码碼上一下首末尾<>«»‹›|:：共"
# Addresses of the answers in a forum, each of which is somebody else's word.
_THREAD = re.compile(r"[?&](?:tid|threadid|topicid)=|thread|(?:view|show)?topic\b", re.IGNORECASE)
MAX_PAGES = 100
# No pager has more links than this, and none of them more words.
MAX_PAGER_LINKS = 500
MAX_PAGER_CHARS = 100


@dataclass(frozen=True, slots=True)
class Pager:
    """The other pages of an article, by address in the order of their numbers: those ``earlier``
    than the page at hand, and the ``later`` ones on which it goes on."""

    earlier: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


def pager_of(
    url: str | None, blocks: Sequence[Block], scripts: Iterable[str], addresses: Addresses
) -> Pager:
    """The other pages of the article at ``url``.

    ``blocks`` are those from the body on; ``scripts`` the inline scripts of the page.
    """
    if url is None:
        return Pager()
    found = _Found()
    for href, label in islice(_pager_links(blocks), MAX_PAGER_LINKS):
        address = addresses[href]
        numbers = page_numbers(url, address) if address is not None else None
        # The first page may have a number of its own besides its plain address.
        if address is not None and numbers is not None and not (numbers[0] == 0 and label == "1"):
            found.add(address, *numbers)
    for address, mine, its in _scripted(url, scripts):
        found.add(address, mine, its)
    if not found.later and not found.earlier:
        _count(url, blocks, addresses, found)
    if (found.later or found.earlier) and _THREAD.search(url):
        return Pager()
    return Pager(found.ordered(found.earlier), found.ordered(found.later))


class _Found:
    def __init__(self) -> None:
        self.earlier: dict[str, int] = {}
        self.later: dict[str, int] = {}

    def add(self, address: str, mine: int, its: int) -> None:
        """A page whose number is ``its``, seen from the one that is ``mine``."""
        if its != mine:
            (self.later if its > mine else self.earlier).setdefault(address, its)

    @staticmethod
    def ordered(pages: dict[str, int]) -> tuple[str, ...]:
        return tuple(sorted(pages, key=lambda a: (pages[a], a)))[:MAX_PAGES]


def _pager_links(blocks: Sequence[Block]) -> Iterator[tuple[str, str | None]]:
    """References of the links of a pager, each with the number in its words."""
    for block in blocks:
        for run in block.runs:
            if (
                run.href is not None
                and len(run.text) <= MAX_PAGER_CHARS
                and _PAGER_BEGIN.match(run.text)
                and (match := _PAGER_LINK.match(run.text))
            ):
                yield run.href, match[1]


def _count(url: str, blocks: Sequence[Block], addresses: Addresses, found: _Found) -> None:
    """Put in the pages of a pager that counts from 1, whatever its addresses look like; this page
    is the number without a link, or the one that leads here."""
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
            for number, address in linked.items():
                found.add(address, here[0], number)
            return


def _scripted(url: str, scripts: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """The pages that only a call in a script names: address, this page's number, the other's."""
    for script in scripts:
        match = _CREATE_PAGE.search(script)
        if match is None:
            continue
        total, stem, ending = min(int(match[1]), MAX_PAGES), match[3], match[4]
        if stem.lower() in _LIST_STEMS:
            continue  # a list page's paging
        for number in range(total if total > 1 else 0):
            name = f"{stem}_{number}.{ending}" if number else f"{stem}.{ending}"
            address = absolute(name, url)
            numbers = page_numbers(url, address) if address is not None else None
            if address is not None and numbers is not None:
                yield address, *numbers
