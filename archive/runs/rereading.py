"""The first run of another edition of the program: what is there is read again before all else.

Another edition reads some pages otherwise than the one before did. Told beside what the institute
changed in the same night, that would be a lie about the institute. It promises that no report
tells, as changes of articles, what only the program reads otherwise; that what captures say that
no run has told of stays to be told; and that this is done once, whichever machine begins.

Machines that share a database may differ in their programs, while an upgrade is on its way or for
good. It promises that the edition which came last has the word: an earlier one walks, and leaves
the articles to it, instead of the two reading everything again in turn.
"""

from __future__ import annotations

from collections.abc import Collection

from archive.edition import edition
from archive.runs.unreported import no_news
from archive.search.filters import Filters
from archive.sitepass.pulse import OnSteps
from archive.store import Archive, RunRow, Store
from archive.store.runs import CHANGE

READ_AGAIN = (
    "another edition of the program had made the articles; they were read again first "
    "({changed} otherwise, {new} more, {removed} no more), which counts as no change of the site"
)
LEFT = (
    "a later edition of the program than this machine's makes the articles, which are left to it: "
    "give all machines the same program, or run `palimpsest clean` with the one that is to hold"
)


def read_again(archive: Archive, site: str, on_steps: OnSteps) -> dict[str, int] | None:
    """Make the site's articles as this edition reads them, where another one made them; returns
    what ``READ_AGAIN`` says, None where nothing is read otherwise. The run that is to tell of
    changes has begun (archive.runs.unreported). ``on_steps`` and errors are those of
    archive.sitepass.derive."""
    store = archive.store
    if store.edition(site) == edition():
        return None
    with store.frontier.one_reader(site):
        # Another machine may have done it while this one waited.
        if store.edition(site) == edition() or store.is_followed(site, edition()):
            return None
        if not store.count_articles(Filters(site=site)):
            store.put_edition(site, edition())
            return None
        # Not before it is needed: a night of the same edition needs nothing of it so early.
        from archive.sitepass.derive import derive

        with no_news(store, site):
            changes = derive(archive, site, on_steps=on_steps).changes
    told = {name: changes.get(name, 0) for name in ("changed", "new", "removed")}
    return told if any(told.values()) else None


def is_left(store: Store, site: str) -> bool:
    """Are the articles another edition's to make, which came behind this one? Asked at the end of
    a run, before which ``read_again`` was called."""
    return store.is_of_another(site, edition())


def going_on(store: Store, site: str) -> frozenset[int]:
    """The runs of ``site`` that living processes make; this one's own is among them, once begun."""
    rows = store.runs(site)
    return frozenset(
        row.id for row in rows if row.ended is None and store.frontier.is_attended(row.id)
    )


def is_made_elsewhere(store: Store, run: int, site: str, beside: Collection[int]) -> bool:
    """Does a run that goes on make the articles of ``site``, or did one of those that went on
    ``beside`` this ``run``, or began later?"""
    return bool(going_on(store, site) - {run}) or any(
        _made(row) for row in store.runs(site) if row.id > run or row.id in beside
    )


def _made(row: RunRow) -> bool:
    return row.report is not None and any(key.startswith(CHANGE) for key in row.report.counts)
