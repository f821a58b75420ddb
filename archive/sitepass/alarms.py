"""When the institute's own host serves what only break-ins put there.

An official page is compared with its own earlier capture: phrases put into the sentences of several
pages, a block of hidden links to strangers, a title in character references that was plain before.
It promises to raise an alarm only for what has come, never for what has always stood on the page,
and to look at a bounded number of pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from archive.captured import HTML_TYPES, page_of, read_message
from archive.cleaning import Page, extract_page
from archive.cleaning.script import fold
from archive.cleaning.unmasking.compare import Comparison
from archive.cleaning.unmasking.host import Sample
from archive.cleaning.unmasking.signs import signs_of
from archive.cleaning.unmasking.sown import MIN_PHRASE, SOWN_PAGES
from archive.errors import WarcError
from archive.sitepass.standing import Standing
from archive.statuses import SUCCESS
from archive.store import Archive, CaptureRow
from archive.warc import read_at

MAX_COMPARED = 60
"""Changed pages of a host that are compared with what they were."""
STRANGE_SHARE = 0.5
"""Of the pairs of characters of an added sentence, the share that none of the host's earlier texts
had, from which it is not the institute's."""
NEW_HIDDEN = 2
"""Domains of others, linked from one hidden block, that alarm where the page had none before: a
counter of visits, as honest pages hide it, is one."""
_STOPS = frozenset("。！？；，、：.!?;,: \n")
MAX_NAMED = 3
"""Phrases and addresses named in one alarm."""


def alarms(archive: Archive, stand: Standing, rows: Iterable[CaptureRow]) -> tuple[str, ...]:
    """One line an alarm, with host, what has come, and an address to look at."""
    pages = _pages(rows, set(stand.site.official))
    found: list[str] = []
    for host in sorted(pages):
        changed = [(row, later) for row, later in pages[host] if later is not None]
        if changed:
            found += _of_host(archive, host, changed[:MAX_COMPARED], pages[host])
    return tuple(found)


_Pair = tuple[CaptureRow, CaptureRow | None]
"""An address's page, and the newest one, if that differs."""


def _pages(rows: Iterable[CaptureRow], official: set[str]) -> dict[str, list[_Pair]]:
    """The addresses of each official host: the page before the last change, and the newest."""
    known: dict[str, list[CaptureRow]] = defaultdict(list)
    for row in rows:
        whole = row.status in SUCCESS and not row.error and row.media_type in HTML_TYPES
        if whole and row.host in official:
            known[row.url].append(row)
    found: dict[str, list[_Pair]] = defaultdict(list)
    for url in sorted(known):
        captures = sorted(known[url], key=lambda r: (r.captured_at, r.pointer.record_id))
        newest = captures[-1]
        digest = newest.pointer.payload_digest
        before = [row for row in captures if row.pointer.payload_digest != digest]
        pair = (before[-1], newest) if before else (newest, None)
        found[newest.host].append(pair)
    return found


def _of_host(
    archive: Archive,
    host: str,
    pairs: Sequence[tuple[CaptureRow, CaptureRow]],
    pages: Sequence[_Pair],
) -> Iterator[str]:
    comparison = Comparison()
    signs: dict[str, list[str]] = defaultdict(list)
    phrases: Counter[str] = Counter()
    for earlier, later in pairs:
        before, after = _page(archive, earlier), _page(archive, later)
        if before is None or after is None:
            continue
        for sign in signs_of(after, NEW_HIDDEN) - signs_of(before, NEW_HIDDEN):
            signs[sign].append(later.url)
        comparison.add(_sample(after), _sample(before), ())
    for sign, urls in sorted(signs.items()):
        yield f"{host}: {sign} on {len(urls)} pages that had none; look at {urls[0]}"
    for phrase, count in comparison.inserted.items():
        if count >= SOWN_PAGES and len(phrase) >= MIN_PHRASE and not phrase.isdigit():
            phrases[phrase] = count
    if any(map(_is_sentence, phrases)):
        known = _words(archive, [row for row, _ in pages[:MAX_COMPARED]])
        phrases = Counter({p: n for p, n in phrases.items() if not _is_own(p, known)})
    longest = [p for p in phrases if not any(p != q and p in q for q in phrases)]
    if longest:
        named = ", ".join(sorted(longest, key=lambda p: (-phrases[p], p))[:MAX_NAMED])
        yield f"{host}: put into the texts of several pages since they were last kept: {named}"


def _is_sentence(phrase: str) -> bool:
    return not {phrase[0], phrase[-1]}.isdisjoint(_STOPS)


def _is_own(phrase: str, known: set[str]) -> bool:
    """A whole sentence in the host's own words: somebody has edited several pages alike. Who
    breaks in puts phrases between words, or words that never stood there."""
    pairs = _pairs(phrase)
    return _is_sentence(phrase) and len(pairs - known) < STRANGE_SHARE * len(pairs)


def _words(archive: Archive, rows: Iterable[CaptureRow]) -> set[str]:
    known: set[str] = set()
    for row in rows:
        page = _page(archive, row)
        if page is not None:
            known |= _pairs(fold(_sample(page).text))
    return known


def _pairs(text: str) -> set[str]:
    """Its pairs of neighbouring characters, stops apart."""
    return {a + b for a, b in pairwise(text) if not {a, b} & _STOPS}


def _page(archive: Archive, row: CaptureRow) -> Page | None:
    try:
        capture = read_at(archive.warc_dir, row.pointer)
    except (WarcError, OSError):
        return None
    return page_of(capture, read_message(capture))


def _sample(page: Page) -> Sample:
    read = extract_page(page)
    return Sample(page.url or "", read.title or "", read.text, read.published)
