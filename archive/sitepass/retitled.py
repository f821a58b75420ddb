"""Titles of the institute's own articles that were written over while their texts stayed.

Who breaks into a server writes his keywords before or behind its titles, or in their place, where
search engines look first. What an article was called over the same text before is the witness. It
promises that only what came to the ends of several titles of a host and stood in nothing that it
said before is taken off, that a title is put back only where the article's text knows it and
hardly a word of the one that stands there now, on several articles; and that the answer depends on
the captures alone, in whatever order they come.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from archive.cleaning.script import fold
from archive.cleaning.unmask import with_title
from archive.cleaning.unmasking.compare import plain
from archive.cleaning.unmasking.titles import DOUBTED, KNOWN
from archive.model import Extraction
from archive.sitepass.added import bared, is_odd, pairs_of
from archive.sitepass.reader import PageRead

SAME, SEVERAL = 3, 5
"""Articles of a host to whose titles one string came, or different ones of which one came to two at
least; the second also the articles whose titles are others altogether."""
KNOWN_BY = "the title of the same text before; several titles of the host were changed"
"""How such titles are known."""
MAX_NAMED = 3
"""Strings named in one line."""
MAX_ADDED = 60
"""Different strings that came to the titles of one host, the most frequent ones, and as many other
titles, that are looked for in what it said before."""
SIGNS = "-_|｜—–~·"
"""What parts a string at either end from the title itself."""
_SIGNS = re.compile(f"[{re.escape(SIGNS)}]+")


@dataclass(frozen=True, slots=True)
class _Change:
    """The article at ``url`` was called ``before``, and over the same text ``after`` now;
    ``added``: what stands at either end of it (plain), empty where it is another altogether;
    ``is_sure``: the text has the words of the one before."""

    url: str
    seen: datetime
    before: str
    after: str
    added: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Retitled:
    """Articles of ``host`` with a title that is not believed: ``titles``, by address and title,
    what they are called; ``standing``, the addresses that bear one now; ``added``, what came to
    titles (plain), empty where they are others altogether. ``is_break_in``: it cannot well be the
    institute's doing."""

    host: str
    titles: Mapping[tuple[str, str], str]
    standing: tuple[str, ...]
    added: tuple[str, ...]
    is_break_in: bool

    def told(self) -> str:
        """The line of an alarm or a note."""
        count, where = len(self.standing), f"look at {self.standing[0]}"
        if self.added:
            named = ", ".join(self.added[:MAX_NAMED])
            return (
                f"{self.host}: put to {count} titles of articles, and taken off: {named}; {where}"
            )
        line = f"other titles over the same texts of {count} articles, which are not believed"
        return f"{self.host}: {line}; {where}"


def retitled(
    versions: Mapping[str, Sequence[PageRead]], now: Iterable[PageRead], hosts: Collection[str]
) -> tuple[Retitled, ...]:
    """What was done to titles of ``hosts``: ``now`` what articles say, ``versions`` by address what
    they said before, the oldest first."""
    theirs: dict[str, list[PageRead]] = defaultdict(list)
    for one in now:
        if one.row.host in hosts:
            theirs[one.row.host].append(one)
    found: list[Retitled] = []
    for host, articles in sorted(theirs.items()):
        changes = [c for one in articles for c in _changes(one, versions.get(one.row.url, ()))]
        if len({change.url for change in changes}) >= SAME:
            past = [(*versions.get(one.row.url, ()), one)[0] for one in articles]
            found += _of_host(host, changes, articles, past)
    return tuple(found)


def with_own_title(read: PageRead, said: Extraction, found: Iterable[Retitled]) -> Extraction:
    """What a page says (``said``, something else undone already), called what it was called before
    its title was changed."""
    for one in found:
        title = one.titles.get((read.row.url, read.extraction.title or ""))
        if title and said.title == read.extraction.title:
            return with_title(said, title, KNOWN_BY)
    return said


def told(found: Iterable[Retitled]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Alarms and notes, for as long as such titles stand."""
    standing = [one for one in found if one.standing]
    alarms = tuple(one.told() for one in standing if one.is_break_in)
    return alarms, tuple(one.told() for one in standing if not one.is_break_in)


def _changes(one: PageRead, versions: Sequence[PageRead]) -> Iterator[_Change]:
    """The titles that an article's text has borne since the first one."""
    if not any(read.extraction.title != one.extraction.title for read in versions):
        return
    text = fold(one.extraction.text)
    same = [read for read in (*versions, one) if fold(read.extraction.text) == text]
    first = same[0].extraction.title
    for read in same[1:]:
        title = read.extraction.title
        if first and title and title != first:
            change = _change(read, first, title, pairs_of(text))
            if change is not None:
                yield change


def _change(read: PageRead, before: str, after: str, text: Collection[str]) -> _Change | None:
    added = _added(before, after)
    if _known(added or after, text) >= KNOWN:
        return None
    is_sure = _known(before, text) >= DOUBTED
    return _Change(read.row.url, read.row.captured_at, before, after, added, is_sure)


def _added(before: str, after: str) -> str:
    """What stands before or behind the whole title, parted from it by a sign; plain."""
    behind, ahead = after.removeprefix(before).lstrip(), after.removesuffix(before).rstrip()
    if after.startswith(before) and behind and behind[0] in SIGNS:
        return _bare(behind)
    if after.endswith(before) and ahead and ahead[-1] in SIGNS:
        return _bare(ahead)
    return ""


def _bare(string: str) -> str:
    return bared(plain(string)).strip("_")


def _known(title: str, text: Collection[str]) -> float:
    """Share of the pairs of characters of a title that a text has."""
    pairs = pairs_of(fold(title))
    return sum(pair in text for pair in pairs) / max(1, len(pairs))


def _of_host(
    host: str, changes: Sequence[_Change], articles: Sequence[PageRead], past: Sequence[PageRead]
) -> Iterator[Retitled]:
    since = min(change.seen for change in changes)
    bearing: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        bearing[change.added].add(change.url)
    other = bearing.pop("", set())
    often = sorted(bearing, key=lambda added: (-len(bearing[added]), added))[:MAX_ADDED]
    texts = sorted({plain(change.after) for change in changes if not change.added})
    before = (one for one in past if one.row.captured_at < since)
    said = _said({*often, *texts[:MAX_ADDED]}, before)
    new = {added: bearing[added] for added in often if added not in said}
    if proven := _proven(new):
        changed = [change for change in changes if change.added in proven]
        yield _found(host, changed, articles, proven, any(is_odd(p, ()) for p in proven))
    sure = {change.url for change in changes if change.is_sure and not change.added}
    if len(other) >= SEVERAL and len(sure) >= SAME:
        changed = [change for change in changes if not change.added]
        is_known = len(texts) == 1 or said.issuperset(texts[:MAX_ADDED])
        yield _found(host, changed, articles, (), not is_known)


def _said(strings: Iterable[str], before: Iterable[PageRead]) -> set[str]:
    """Those of ``strings`` (plain) that stand in a title or text of ``before``; one of these is
    held at a time."""
    left, found = set(strings), set()
    for one in before:
        if not left:
            break
        text = plain(_all(one))
        here = {string for string in left if string in text}
        found |= here
        left -= here
    return found


def _proven(bearing: Mapping[str, Collection[str]]) -> set[str]:
    """The strings that were surely put to titles, by the addresses of those that bear each."""
    often = {added for added, urls in bearing.items() if len(urls) >= SAME}
    all_of_them = set().union(*bearing.values())
    if len(all_of_them) >= SEVERAL and any(len(urls) > 1 for urls in bearing.values()):
        return set(bearing)
    return often


def _found(
    host: str,
    changes: Sequence[_Change],
    articles: Iterable[PageRead],
    added: Collection[str],
    is_break_in: bool,
) -> Retitled:
    titles = {(change.url, change.after): change.before for change in changes}
    since = min(change.seen for change in changes)
    for one in articles:
        own = _without(one.extraction.title or "", added)
        if own and one.row.captured_at >= since:
            titles.setdefault((one.row.url, one.extraction.title or ""), own)
    standing = [one.row.url for one in articles if (one.row.url, one.extraction.title) in titles]
    return Retitled(host, titles, tuple(sorted(standing)), tuple(sorted(added)), is_break_in)


def _without(title: str, added: Collection[str]) -> str:
    """A title without one of ``added`` at either end; empty where it bears none."""
    for sign in _SIGNS.finditer(title):
        start, end = title[: sign.start()].strip(), title[sign.end() :].strip()
        if start and _bare(end) in added:
            return start
        if end and _bare(start) in added:
            return end
    return ""


def _all(read: PageRead) -> str:
    return f"{read.extraction.title or ''}\n{read.extraction.text}"
