"""What the pages of a site bear witness of: each text as its host gave it, and with what was done
to it undone.

It promises that a mirror's text is undone by the marks of its host, the institute's own only where
its own past proves what was put in, and that what nothing was done to is the very same object.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.captured import role_of
from archive.cleaning.frame import MirrorMarks
from archive.cleaning.unmask import unmask
from archive.cleaning.unmasking.lone import proven_alone
from archive.model import Extraction, PageKind, Site, Witness
from archive.sitepass.broken_into import BrokenInto
from archive.sitepass.exchanged import without_swaps
from archive.sitepass.hosts import Keep
from archive.sitepass.pages import Before, Given, Now, Work
from archive.sitepass.reader import PageRead
from archive.sitepass.standing import Standing
from archive.witnesses import without_refuted


@dataclass(frozen=True, slots=True)
class Witnessed:
    """Witnesses of what stands or once stood alone (``now``), and of earlier ``versions``, by the
    address of what stands there now."""

    now: list[Witness]
    versions: Mapping[str, Sequence[Witness]]


def witnessed(
    work: Work, given: Given, now: Now, before: Before, stand: Standing, known: BrokenInto
) -> Witnessed:
    """The witnesses of a site, with what is ``known`` of its texts."""
    site = stand.site
    undo = _Undoing(stand.marks, known, work.keep)
    said = [one for one in (*now.parts, *before.others) if id(one) not in known.notices.reads]
    found = _witnesses(site, [*said, *now.written], undo)
    witnesses = without_refuted(found, _no_articles(site, given.reads))
    versions = {
        url: [replace(w, moved_to=now.left.get(w.url)) for w in _witnesses(site, some, undo)]
        for url, some in before.versions.items()
    }
    return Witnessed(witnesses, versions)


@dataclass(frozen=True, slots=True)
class _Undoing:
    """What is known of the hosts' tampering: the ``marks`` of mirrors, and what is ``known`` of the
    institute's own; what is read then is given to ``keep``."""

    marks: Mapping[str, MirrorMarks]
    known: BrokenInto
    keep: Keep

    def undone(self, one: PageRead) -> tuple[Extraction, MirrorMarks | None]:
        """What a page says without it, and the marks that this was undone by."""
        found = proven_alone(one.extraction, self.marks.get(one.row.host))
        if id(one) in self.known.single.restored:
            return self.known.single.restored[id(one)], found
        is_whole = without_swaps(one, self.known.exchanged) is one.extraction
        clean = unmask(one.extraction, found) if found and is_whole else self.known.own(one)
        return clean if clean is one.extraction else self.keep(clean), found


def _witnesses(site: Site, reads: Iterable[PageRead], undoing: _Undoing) -> list[Witness]:
    witnesses = []
    for one in reads:
        clean, found = undoing.undone(one)
        witnesses.append(
            Witness(
                url=one.row.url,
                role=role_of(site, one.row.host),
                captured_at=one.row.captured_at,
                pointer=one.row.pointer,
                raw=one.extraction,
                clean=clean,
                brand=found.brands[0] if found and found.brands else None,
                kinds=found.kinds if found else (),
            )
        )
    return witnesses


def _no_articles(site: Site, reads: Iterable[PageRead]) -> Iterator[str]:
    """What the official hosts' pages say that are no articles: lists, the home page."""
    for one in reads:
        if one.row.host in site.official and one.extraction.kind is not PageKind.ARTICLE:
            yield one.extraction.text
