"""What ids were given for stands on: articles whose address shows something else now.

A mirror's page becomes an advertisement, a host is sold, and the only witness of an article is an
older capture. It promises that an article which once had an id is read from the capture it was
given for, as long as that is in the archive and still reads as an article; and that an address
which says the same as then costs no more than reading that capture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from archive.cleaning.unmasking.pairing import alike
from archive.model import CaptureRow, GivenId, PageKind
from archive.sitepass.earlier import Read
from archive.sitepass.reader import PageRead
from archive.statuses import SUCCESS

_Place = tuple[str, datetime]


def cited_before(
    given: Iterable[GivenId],
    rows: Iterable[CaptureRow],
    now: Mapping[str, PageRead],
    official: Collection[str],
    read: Read,
) -> tuple[list[PageRead], dict[str, list[datetime]]]:
    """Articles that ids were ``given`` for, and that stand no more where they stood: of ``now``,
    the articles by their addresses, none is there, or (on a mirror; what ``official`` hosts said
    before is read anyway) another one.

    Returns them, and by address when those of ``now`` that had to be compared with what stood there
    then have turned out to be the same."""
    wanted: set[_Place] = set()
    for one in given:
        current = now.get(one.url)
        is_other = current is None or (
            current.row.host not in official and current.row.captured_at != one.captured_at
        )
        if is_other:
            wanted.add((one.url, one.captured_at))
    if not wanted:
        return [], {}
    found = [
        one
        for one in read([(row,) for row in _last_articles(rows, wanted, official)]).values()
        if one.extraction.kind is PageKind.ARTICLE
    ]
    same: dict[str, list[datetime]] = defaultdict(list)
    others = []
    for then in found:
        if _says_the_same(then, now.get(then.row.url)):
            same[then.row.url].append(then.row.captured_at)
        else:
            others.append(then)
    return others, same


def _last_articles(
    rows: Iterable[CaptureRow], wanted: Collection[_Place], official: Collection[str]
) -> list[CaptureRow]:
    """The captures that the ids were given for; on official hosts the last one since that was an
    article, for it may have been edited."""
    answers = [row for row in rows if row.status in SUCCESS and not row.error]
    places = _captured(answers, wanted)
    known: dict[_Place, CaptureRow] = {}
    edited: dict[str, _Place] = {}
    for row in answers:
        place = row.url, row.captured_at
        if place in places:
            known[place] = row
            edited[row.url] = place
        elif row.host in official and row.url in edited and row.kind is PageKind.ARTICLE:
            known[edited[row.url]] = row
    return list({row.id: row for row in known.values()}.values())


def _captured(rows: Iterable[CaptureRow], wanted: Collection[_Place]) -> set[_Place]:
    """The captures that stood at the ``wanted`` moments: what an article over several pages says
    may have changed where its first page, which is captured earlier, did not."""
    moments: dict[str, list[datetime]] = defaultdict(list)
    for url, moment in wanted:
        moments[url].append(moment)
    found: dict[_Place, _Place] = {}
    for row in rows:
        for moment in moments.get(row.url, ()):
            if row.captured_at <= moment:
                found[row.url, moment] = row.url, row.captured_at
    return set(found.values())


def _says_the_same(then: PageRead, now: PageRead | None) -> bool:
    return now is not None and alike(then.extraction.text, now.extraction.text)
