"""What a run that came to its end is worth: the exit codes of a walk that was no failure.

A timer looks at nothing but the exit code, so that one which says "complete" of a night in which
half of the site failed, or in which a new template hid every article, would be a lie.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

EXIT_MANY_FAILURES = 2
"""More requests failed than the threshold allows."""
EXIT_REGRESSION = 3
"""Fewer than half of the articles there used to be, or other texts in the places of many."""
RUNS_COMPARED = 7
REGRESSION_SHARE = 0.5
FEW_REQUESTS = 20
"""Below so many requests a share says nothing, unless all failed."""

ABSENT = ("http-404", "http-410")
"""Reasons that are answers: the page is not there, and the server says so."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """``exit_code`` and the ``outcome`` in a line."""

    exit_code: int
    outcome: str


def failed_requests(failures: Mapping[str, int]) -> int:
    """Those of ``failures`` (by reason) in which the question found no answer."""
    return sum(count for reason, count in failures.items() if reason not in ABSENT)


def too_many_failures(asked: int, failed: int, share: float) -> Judgement | None:
    """The judgement when more than ``share`` of the requests failed, else None."""
    if not failed or failed <= share * asked or (asked < FEW_REQUESTS and failed < asked):
        return None
    return Judgement(
        EXIT_MANY_FAILURES,
        f"complete, but {failed:,} of {asked:,} requests failed ({failed / asked:.0%}; "
        f"{share:.0%} are allowed)",
    )


def stood_in(addresses: int) -> Judgement | None:
    """The judgement when so many ``addresses`` of articles give other texts that these are not
    believed (archive.sitepass.stand_ins), else None."""
    if not addresses:
        return None
    return Judgement(
        EXIT_REGRESSION,
        f"{addresses:,} addresses of articles give other texts, which are kept and not believed: "
        "has the site trouble, or somebody else its domain? The articles stay as they were",
    )


def regressed(articles: int, earlier: Sequence[int]) -> Judgement | None:
    """The judgement when ``articles`` are fewer than half of the median of the newest seven of
    ``earlier`` (the newest first), else None."""
    compared = [count for count in earlier if count][:RUNS_COMPARED]
    if not compared:
        return None
    usual = median(compared)
    if articles >= REGRESSION_SHARE * usual:
        return None
    return Judgement(
        EXIT_REGRESSION,
        f"{articles:,} articles, usually {usual:,.0f} (median of {len(compared)} runs): has the "
        "site a new template? Compare with `palimpsest runs compare`; the evidence is kept",
    )
