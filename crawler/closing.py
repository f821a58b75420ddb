"""The end of a run: what it comes to, in counts, one line and an exit code.

It promises an exit code that tells the truth: 0 only when the walk came to its end and a start
address gave a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import get_args

from archive.derive import DeriveReport
from archive.errors import SiteUnreachableError
from archive.model import RunReport, Status
from archive.store import Archive, Filters
from crawler.job import Job
from crawler.language import words

INTERRUPTED = 130
"""Exit code of a crawl that a signal ended in good order (128 + SIGINT, as shells have it)."""

MAX_SET_ASIDE = 5
"""Addresses set aside that a report names."""

STATUSES: tuple[Status, ...] = get_args(Status)

_ADVICE = {
    "robots": "its robots.txt asks crawlers to stay away",
    "robots-unreachable": "its robots.txt cannot be read, so nothing may be asked; try again later",
    "unknown-host": "check the spelling, or the name service",
    "connection-refused": "check the address and the port, or try again later",
    "redirect": "name the address it leads to instead",
    "http-404": "check the path of the address",
}


def report_of(
    job: Job,
    derived: DeriveReport | None,
    failure: Exception | None,
    started: datetime,
    notes: Sequence[str],
    *,
    interrupted: bool,
) -> RunReport:
    """The run's report: everything counted, the state of every address ever found, the outcome."""
    store, name = job.archive.store, job.site.name
    ended = datetime.now(UTC)
    counts = job.tally.counts() | {"seconds": int((ended - started).total_seconds())}
    counts |= {f"{state}:{why}": n for (state, why), n in store.frontier.reasons(name).items()}
    if derived is not None:
        counts |= {f"change:{what}": count for what, count in derived.changes.items()}
    counts |= _articles(job.archive, name)
    outcome, exit_code = _outcome(failure, interrupted=interrupted)
    if failure is None and not interrupted and not store.frontier.is_empty(name):
        outcome = words("stopped at --max-pages; run the same command to go on")
        notes = (*notes, outcome)
    return RunReport(
        run=job.run,
        site=name,
        kind="crawl",
        started=started,
        ended=ended,
        outcome=outcome,
        exit_code=exit_code,
        counts=counts,
        articles_by_branch={(branch or ""): n for (_, branch), n in store.branches(name).items()},
        warc_files=job.keeper.files,
        notes=(
            *_found_out(derived),
            *notes,
            *job.politeness.notes,
            *_problems(job),
            *_set_aside(job.archive, name),
            *_nothing(counts, name),
        ),
    )


def unreachable(job: Job) -> SiteUnreachableError | None:
    """The error that no start address gave a page, or None when one did."""
    if job.tally.official_pages or not job.tally.problems:
        return None
    url, verdict = next(iter(job.tally.problems.items()))
    advice = _ADVICE.get(verdict.reason, "check the address in a browser, or try again later")
    return SiteUnreachableError(f"{url} gave no page: {verdict}; {advice}")


def _outcome(failure: Exception | None, *, interrupted: bool) -> tuple[str, int]:
    if failure is not None:
        return str(failure), getattr(failure, "exit_code", 1)
    if interrupted:
        return "interrupted; run the same command to go on", INTERRUPTED
    return "finished", 0


def _found_out(derived: DeriveReport | None) -> list[str]:
    """Alarms first, then the mirrors that nobody had named."""
    if derived is None:
        return []
    alarm = words("ALARM, the institute's own host may be broken into: {line}")
    mirror = words("{host} is a mirror of {of}: {evidence}")
    return [
        *(alarm.format(line=line) for line in derived.alarms),
        *(
            mirror.format(host=one.host, of=", ".join(one.of), evidence="; ".join(one.evidence[:3]))
            for one in derived.mirrors
            if not one.hinted
        ),
    ]


def _problems(job: Job) -> list[str]:
    return [
        f"{url}: {verdict}"
        for url, verdict in job.tally.problems.items()
        if verdict.reason != "redirect"
    ]


def _set_aside(archive: Archive, site: str) -> list[str]:
    text = words("{url} is set aside ({reason}); name it in `palimpsest crawl` to try it again")
    found = archive.store.frontier.outcomes(site, "quarantined")
    return [text.format(url=one.url, reason=one.reason) for one in found[:MAX_SET_ASIDE]]


def _nothing(counts: dict[str, int], site: str) -> list[str]:
    text = (
        "no article was found on {site}: open its first page in a browser, and name the address of "
        "a list page"
    )
    return [] if counts["articles"] else [words(text).format(site=site)]


def _articles(archive: Archive, site: str) -> dict[str, int]:
    count = archive.store.count_articles
    by_status = {f"articles:{s}": count(Filters(site=site, status=s)) for s in STATUSES}
    return {"articles": sum(by_status.values()), **by_status}
