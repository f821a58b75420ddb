"""When the institute's own host serves what only break-ins put there.

An official page is compared with its own earlier capture: phrases put into the sentences of several
pages, a block of hidden links to strangers, a title in character references that was another one
before. It promises to raise an alarm only for what has come, never for what has always stood on the
page, nor for what institutes write on all their pages; to tell of these as a note; and to look at a
bounded number of pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from archive.captured import HTML_TYPES, page_of, read_message
from archive.cleaning import Page, extract_page
from archive.cleaning.script import fold, light
from archive.cleaning.unmasking.compare import Comparison, plain
from archive.cleaning.unmasking.host import Sample
from archive.cleaning.unmasking.scripted import SENDS_ON, loaded, sends_on
from archive.cleaning.unmasking.signs import (
    ENCODED_HEAD,
    HIDDEN_LINKS,
    hidden_links,
    signs_of,
    strangers,
    title_line,
    title_words,
)
from archive.cleaning.unmasking.sown import MIN_PHRASE, SOWN_PAGES
from archive.cleaning.unmasking.told import institutions_in
from archive.errors import WarcError
from archive.model import IN_ITS_PLACE
from archive.sitepass.added import (
    Changed,
    bared,
    is_sown,
    led_in_common,
    lines_of,
    oddly_linked,
    pairs_of,
)
from archive.sitepass.standing import Standing
from archive.sitepass.swapped import for_names, is_no_word
from archive.statuses import SUCCESS
from archive.store import Archive, CaptureRow
from archive.warc import read_at

MAX_COMPARED = 60
"""Changed pages of a host that are compared with what they were."""
NEW_HIDDEN = 2
"""Domains of others, linked from one hidden block, that alarm where the host had no link to them: a
counter of visits, as honest pages hide it, is one. So many that are to be seen are a note."""
MAX_NAMED = 3
"""Phrases named in one line."""
_MENU = "links to others in a menu that is closed"
_ODD = "links in odd words to others"
_SCRIPTS = "scripts of {domain}"
_HEADED = "a strange word for an institution's name in the window title"


@dataclass(frozen=True, slots=True)
class Come:
    """Lines about what has come to official hosts, each with the host and what to look at:
    ``alarms``, and ``notes`` of what the institute itself may well have put there."""

    alarms: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __add__(self, other: Come) -> Come:
        return Come(self.alarms + other.alarms, self.notes + other.notes)


def come(
    archive: Archive,
    stand: Standing,
    rows: Iterable[CaptureRow],
    told_of: Collection[str] = (),
    returned: Collection[str] = (),
) -> Come:
    """What has come to the pages of the official hosts since they were last kept; of hosts that are
    ``told_of`` already, no phrases and no words for names, and of addresses that ``returned`` to
    what they said before nothing."""
    pages = _pages(rows, set(stand.site.official))
    told = Come()
    for host in sorted(pages):
        changed = [(row, later) for row, later in pages[host] if later is not None]
        changed = [(row, later) for row, later in changed if later.url not in returned]
        if changed:
            earlier = [row for row, _ in pages[host][:MAX_COMPARED]]
            told += _of_host(archive, host, changed[:MAX_COMPARED], earlier, host in told_of)
    return told


_Pair = tuple[CaptureRow, CaptureRow | None]
"""An address's page, and the newest one, if that differs."""


def _pages(rows: Iterable[CaptureRow], official: set[str]) -> dict[str, list[_Pair]]:
    """The addresses of each official host: the page before the last change, and the newest."""
    known: dict[str, list[CaptureRow]] = defaultdict(list)
    for row in rows:
        whole = row.status in SUCCESS and not row.error and row.media_type in HTML_TYPES
        if whole and row.host in official and row.kind not in IN_ITS_PLACE:
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
    pages: Sequence[CaptureRow],
    is_told_of: bool,
) -> Come:
    found = _compared(archive, pairs)
    alarms, notes = dict(found.signs()), {}
    if is_told_of:
        alarms.pop(_HEADED, None)
    if _MENU in alarms:
        notes[_MENU] = alarms.pop(_MENU)
    notes |= found.scripts()
    told = Come(*(tuple(_told(host, signs)) for signs in (alarms, notes)))
    phrases = {
        phrase: count
        for phrase, count in found.comparison.inserted.items()
        if count >= SOWN_PAGES and len(phrase) >= MIN_PHRASE and _says_something(phrase)
    }
    is_linked = not alarms and any(page.led for page in found.changed)
    known = _words(archive, pages) if phrases or is_linked else set()
    if is_linked:
        told += _of_links(host, found, known)
    if not phrases or is_told_of:
        return told
    sown = {p: n for p, n in phrases.items() if is_sown(p, found.changed, known)}
    if sown:
        line = f"put into the texts of several pages since they were last kept: {_named(sown)}"
        return told + Come((f"{host}: {line}",))
    line = f"new in the texts of several pages, as notices of the institute are: {_named(phrases)}"
    return told + Come((), (f"{host}: {line}",))


def _of_links(host: str, found: _Compared, known: Collection[str]) -> Come:
    """What new links to others, to be seen on several pages, are told as."""
    if urls := oddly_linked(found.changed, known):
        return Come(tuple(_told(host, {_ODD: urls})))
    led = led_in_common(found.changed, found.linked)
    if len(led) < NEW_HIDDEN:
        return Come()
    return Come((), (f"{host}: new links on several pages to {', '.join(led[:MAX_NAMED])}",))


def _says_something(phrase: str) -> bool:
    """Whether a phrase is more than digits, rules (*****) and lost characters (????)."""
    bare = bared(phrase)
    return bool(bare) and not bare.isdigit()


def _told(host: str, signs: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for sign, urls in sorted(signs.items()):
        yield f"{host}: {sign} on {len(urls)} pages that had none; look at {urls[0]}"


def _named(phrases: Mapping[str, int]) -> str:
    bare = {bared(phrase): count for phrase, count in phrases.items()}
    longest = [p for p in bare if not any(p != q and p in q for q in bare)]
    return ", ".join(sorted(longest, key=lambda p: (-bare[p], p))[:MAX_NAMED])


@dataclass(slots=True)
class _Compared:
    """Changed pages beside what they were. ``hidden``: for each, its address and the domains that
    are new in a hidden block, ``menus`` those in a menu; ``encoded``: addresses of pages whose
    title is another one, in references; ``linked``: domains that earlier pages led to; ``sent_on``:
    addresses of pages whose scripts send readers on now; ``loaded``: by domain, addresses of pages
    that load scripts from there now; ``known``: domains that earlier ones loaded some from;
    ``headed``: addresses of pages in whose title something strange stands for a name."""

    comparison: Comparison = field(default_factory=Comparison)
    changed: list[Changed] = field(default_factory=list)
    hidden: list[tuple[str, frozenset[str], bool]] = field(default_factory=list)
    encoded: list[str] = field(default_factory=list)
    linked: set[str] = field(default_factory=set)
    sent_on: list[str] = field(default_factory=list)
    loaded: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    known: set[str] = field(default_factory=set)
    headed: list[str] = field(default_factory=list)

    def take_scripts(self, before: Page, after: Page) -> None:
        """What the scripts of a page do that those of the page before did not."""
        self.known |= loaded(before)
        if sends_on(after) and not sends_on(before):
            self.sent_on.append(after.url or "")
        for domain in loaded(after):
            self.loaded[domain].append(after.url or "")

    def scripts(self) -> dict[str, list[str]]:
        """The addresses of the pages that load scripts of a domain that no page before did."""
        return {
            _SCRIPTS.format(domain=domain): urls
            for domain, urls in self.loaded.items()
            if domain not in self.known and len(urls) >= SOWN_PAGES
        }

    def signs(self) -> dict[str, list[str]]:
        """The addresses of the pages with each sign of what is hidden."""
        found: dict[str, list[str]] = {
            ENCODED_HEAD: self.encoded,
            HIDDEN_LINKS: [],
            SENDS_ON: self.sent_on,
            _HEADED: self.headed,
            _MENU: [],
        }
        for url, domains, is_menu in self.hidden:
            if len(domains - self.linked) >= NEW_HIDDEN:
                urls = found[_MENU if is_menu else HIDDEN_LINKS]
                urls += [url] if url not in urls else []
        return {sign: urls for sign, urls in found.items() if urls}


def _compared(archive: Archive, pairs: Sequence[tuple[CaptureRow, CaptureRow]]) -> _Compared:
    found = _Compared()
    for earlier, later in pairs:
        before, after = _page(archive, earlier), _page(archive, later)
        if before is None or after is None:
            continue
        led = strangers(before.tree, before.url)
        found.linked |= {domain for domain, _ in led}
        unseen = hidden_links(after)
        found.hidden += [(later.url, one.domains, one.is_menu) for one in unseen]
        found.take_scripts(before, after)
        found.headed += [later.url] if _is_headed(before, after) else []
        encoded = ENCODED_HEAD in signs_of(after) - signs_of(before)
        if encoded and title_words(after) != title_words(before):
            found.encoded.append(later.url)
        now = _sample(after)
        found.comparison.add(now, _sample(before), ())
        new = sorted(strangers(after.tree, after.url) - led)
        shown = {domain for domain, _ in new}.difference(*(one.domains for one in unseen))
        words = tuple(plain(words) for _, words in new)
        found.changed.append(Changed(later.url, lines_of(now.text), words, frozenset(shown)))
    return found


def _is_headed(before: Page, after: Page) -> bool:
    """Whether something strange stands for an institution's name in the title of a page."""
    was = title_line(before)
    named = institutions_in(light(was))
    return any(is_no_word(one.came) for one in for_names(was, title_line(after), named))


def _words(archive: Archive, rows: Iterable[CaptureRow]) -> set[str]:
    known: set[str] = set()
    for row in rows:
        page = _page(archive, row)
        if page is not None:
            known |= pairs_of(fold(_sample(page).text))
    return known


def _page(archive: Archive, row: CaptureRow) -> Page | None:
    try:
        capture = read_at(archive.warc_dir, row.pointer)
    except (WarcError, OSError):
        return None
    return page_of(capture, read_message(capture))


def _sample(page: Page) -> Sample:
    read = extract_page(page)
    return Sample(page.url or "", read.title or "", read.text, read.published)
