"""What a report counts of the archive itself, whatever the run was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, get_args

from archive.model import Status
from archive.store import Filters, Store

if TYPE_CHECKING:
    from archive.sitepass.report import DeriveReport

MAX_EVIDENCE = 3
"""Pieces of evidence that a line about a mirror gives."""
MISSING = "quality:missing"
STAND_INS = "quality:stand-ins"
STATUSES: tuple[Status, ...] = get_args(Status)


def article_counts(store: Store, site: str) -> dict[str, int]:
    """``articles`` and ``articles:STATUS`` of the site as they stand, and how many of them nothing
    tells a day of publication for."""
    by_status = {
        f"articles:{status}": store.count_articles(Filters(site=site, status=status))
        for status in STATUSES
    }
    total = sum(by_status.values())
    dated = store.count_articles(Filters(site=site, date_from=date.min))
    return {"articles": total, **by_status, "quality:abstained-dates": total - dated}


def found_articles(counts: Mapping[str, int]) -> int:
    """Of the articles in a run's ``counts``, those that pages show now."""
    return counts.get("articles", 0) - counts.get(MISSING, 0)


def branch_counts(store: Store, site: str) -> dict[str, int]:
    """Articles of the site by branch; "" stands for those without one."""
    return {(branch or ""): count for (_, branch), count in store.branches(site).items()}


def derived_counts(derived: DeriveReport) -> dict[str, int]:
    """How well the pages could be read."""
    return {
        "quality:not-conserved": derived.not_conserved,
        MISSING: derived.missing,
        STAND_INS: derived.set_aside,
        "quality:unread": len(derived.unread),
    }


NOBODY_KNOWN = "an institute that nothing names"


def mirror_notes(
    derived: DeriveReport | None, met: str = "{host} is a mirror of {of}: {evidence}"
) -> tuple[str, ...]:
    """A line (``met``, in the words of whoever tells it) for each mirror that nobody had named, and
    one for each that puts a brand in the institute's place."""
    if derived is None:
        return ()
    return (
        *(
            met.format(
                host=one.host,
                of=", ".join(one.of) or NOBODY_KNOWN,
                evidence="; ".join(one.evidence[:MAX_EVIDENCE]),
            )
            for one in derived.mirrors
            if not one.hinted
        ),
        *(
            f"mirror {host}: {', '.join(brands)} in the institute's place"
            for host, brands in sorted(derived.brands.items())
            if brands
        ),
    )
