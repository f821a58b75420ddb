"""The first run of another edition of the program: what is there is read again before all else.

Another edition reads some pages otherwise than the one before did. Told beside what the institute
changed in the same night, that would be a lie about the institute. It promises that no report
tells, as changes of articles, what only the program reads otherwise; that what captures say that
no run has told of stays to be told; and that this is done once, whichever machine begins.
"""

from __future__ import annotations

from archive.edition import edition
from archive.runs.unreported import no_news
from archive.search.filters import Filters
from archive.sitepass.pulse import OnSteps
from archive.store import Archive

READ_AGAIN = (
    "another edition of the program had made the articles; they were read again first "
    "({changed} otherwise, {new} more, {removed} no more), which counts as no change of the site"
)


def read_again(archive: Archive, site: str, on_steps: OnSteps) -> dict[str, int] | None:
    """Make the site's articles as this edition reads them, where another one made them; returns
    what ``READ_AGAIN`` says, None where nothing is read otherwise. The run that is to tell of
    changes has begun (archive.runs.unreported). ``on_steps`` and errors are those of
    archive.sitepass.derive."""
    store = archive.store
    if store.edition(site) == edition() or not store.count_articles(Filters(site=site)):
        return None
    with store.frontier.one_reader(site):
        # Another machine may have done it while this one waited.
        if store.edition(site) == edition():
            return None
        # Not before it is needed: a night of the same edition needs nothing of it so early.
        from archive.sitepass.derive import derive

        with no_news(store, site):
            changes = derive(archive, site, on_steps=on_steps).changes
    told = {name: changes.get(name, 0) for name in ("changed", "new", "removed")}
    return told if any(told.values()) else None
