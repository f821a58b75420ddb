"""The end of a run: what it comes to, in counts, one line and an exit code.

It promises an exit code that tells the truth: 0 only when the walk came to its end and a start
address gave a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive.errors import DataDirectoryError, PalimpsestError, SiteUnreachableError
from archive.fatal import FATAL
from archive.messages.wording import filled
from archive.model import RunReport
from archive.runs.counts import (
    STAND_INS,
    article_counts,
    branch_counts,
    derived_counts,
    found_articles,
    mirror_notes,
)
from archive.runs.disk import free_bytes
from archive.runs.judging import Judgement, regressed, stood_in, too_many_failures
from archive.runs.stopping import Stop
from archive.store import Archive
from crawler.canonical import host_of, scheme_of
from crawler.job import Job
from crawler.language import words
from crawler.outcomes import TLS
from crawler.plan import Plan

if TYPE_CHECKING:
    from archive.sitepass.report import DeriveReport

INTERRUPTED = 130
"""Exit code of a crawl that a signal ended in good order (128 + SIGINT, as shells have it)."""

MAX_NAMED = 5
"""Addresses of one kind that a report names."""

_ADVICE = {
    "robots": "its robots.txt asks crawlers to stay away",
    "robots-unreachable": "its robots.txt cannot be read, so nothing may be asked; try again later",
    "unknown-host": "check the spelling, or the name service",
    "connection-refused": "check the address and the port, or try again later",
    TLS: (
        "if its certificate and encryption may be as they are, say --unverified HOST, or "
        "unverified_hosts in its profile"
    ),
    "challenge": "a firewall keeps crawlers out: ask its operators to let this one in",
    "redirect": "name the address it leads to instead",
    "http-404": "check the path of the address",
}


@dataclass(frozen=True, slots=True)
class End:
    """How a walk ended: its ``plan``, when the run ``started``, whether it was ``interrupted`` and
    by which signal (``stop``), and how many articles it changed in which way (``changes``)."""

    plan: Plan
    started: datetime
    interrupted: bool
    stop: Stop
    changes: Mapping[str, int]


def report_of(
    job: Job,
    derived: DeriveReport | None,
    failure: BaseException | None,
    end: End,
    notes: Sequence[str],
) -> RunReport:
    """The run's report: everything counted, the state of every address ever found, the outcome."""
    store, name = job.archive.store, job.site.name
    ended = datetime.now(UTC)
    counts = job.tally.counts() | {"seconds": int((ended - end.started).total_seconds())}
    counts |= {f"{state}:{why}": n for (state, why), n in store.frontier.reasons(name).items()}
    counts |= job.tally.judged()
    if derived is not None:
        counts |= derived_counts(derived)
        counts |= {f"change:{what}": count for what, count in end.changes.items()}
    counts |= article_counts(store, name) | {"disk:free": _free(job)}
    judgement = _judged(job, failure, end, counts)
    if failure is None and not end.interrupted and job.limit and not store.frontier.is_empty(name):
        notes = (*notes, _limit(job))
    return RunReport(
        run=job.run,
        site=name,
        kind=end.plan.kind,
        started=end.started,
        ended=ended,
        outcome=judgement.outcome,
        exit_code=judgement.exit_code,
        counts=counts,
        articles_by_branch=branch_counts(store, name),
        warc_files=job.keeper.files,
        notes=(
            *notes,
            *job.politeness.notes,
            *_problems(job),
            *_secured(job),
            *_set_aside(job.archive, name),
            *_turned_by_post(job),
            *_made_by_script(job),
            *_cut_lists(job),
            *_unread_for_tls(job),
            *_shut_out(job),
            *_nothing(counts, name),
            *(derived.notes if derived else ()),
            *_fatal(derived),
        ),
        alarms=_alarms(derived),
        mirrors=mirror_notes(derived, words("{host} is a mirror of {of}: {evidence}")),
    )


def _judged(job: Job, failure: BaseException | None, end: End, counts: dict[str, int]) -> Judgement:
    """What ended the walk comes first, then what is odd about what it found."""
    if isinstance(failure, Exception):
        line = " ".join(str(failure).split())
        kind = "" if isinstance(failure, PalimpsestError) else f"{type(failure).__name__}: "
        return Judgement(getattr(failure, "exit_code", 1), f"{kind}{line}")
    if end.interrupted or failure is not None:
        code = getattr(failure, "exit_code", end.stop.exit_code) or INTERRUPTED
        return Judgement(code, "interrupted; run the same command to go on")
    earlier = [
        found_articles(row.report.counts)
        for row in job.archive.store.runs(job.site.name)
        if row.report is not None and row.kind == end.plan.kind and row.id != job.run
    ]
    share = end.plan.failure_share
    found = (
        stood_in(counts.get(STAND_INS, 0))
        or regressed(found_articles(counts), earlier)
        or too_many_failures(counts["asked"], counts["failed"], share)
    )
    if found is not None:
        return found
    if job.limit and not job.archive.store.frontier.is_empty(job.site.name):
        return Judgement(0, _limit(job))
    return Judgement(0, "finished")


def _limit(job: Job) -> str:
    return words("stopped at {limit}; run the same command to go on").format(limit=job.limit)


def _free(job: Job) -> int:
    try:
        return free_bytes(job.archive.data)
    except DataDirectoryError:
        return 0


def unreachable(job: Job) -> SiteUnreachableError | None:
    """The error that no start address gave a page, or None when one did."""
    if job.tally.official_pages or not job.tally.problems:
        return None
    url, verdict = next(iter(job.tally.problems.items()))
    advice = _ADVICE.get(verdict.reason, "check the address in a browser, or try again later")
    return SiteUnreachableError(f"{url} gave no page: {verdict}; {advice}")


def _alarms(derived: DeriveReport | None) -> tuple[str, ...]:
    if derived is None:
        return ()
    alarm = words("ALARM, the institute's own host may be broken into: {line}")
    return tuple(alarm.format(line=line) for line in derived.alarms)


def _problems(job: Job) -> list[str]:
    return [
        f"{url}: {verdict}"
        for url, verdict in job.tally.problems.items()
        if verdict.reason != "redirect"
    ]


def _secured(job: Job) -> list[str]:
    text = words(
        "nobody answers under http any more, and {url} does: write it as `start` (a mirror's in "
        "`mirrors`) in the profile"
    )
    return [text.format(url=url) for url in sorted(job.secured) if _has_answered(job, url)]


def _has_answered(job: Job, url: str) -> bool:
    problem = job.tally.problems.get(url)
    is_led_on = problem is None or problem.reason == "redirect"
    return is_led_on and job.politeness.has_answered(host_of(url), scheme_of(url))


def _set_aside(archive: Archive, site: str) -> list[str]:
    text = words(
        "{url} is set aside ({reason}) and asked again in a later night; name it in "
        "`palimpsest crawl` to try it at once"
    )
    found = archive.store.frontier.outcomes(site, "quarantined")
    return [text.format(url=one.url, reason=one.reason) for one in found[:MAX_NAMED]]


def _turned_by_post(job: Job) -> list[str]:
    text = words(
        "{count} {count:list turns its|lists turn their} pages only by a form sent by POST, which "
        "is not followed: {urls}; name those pages' articles, or a sitemap, in `palimpsest crawl`"
    )
    urls = sorted(job.turned_by_post)
    return [filled(text, count=len(urls), urls=", ".join(urls[:MAX_NAMED]))] if urls else []


def _made_by_script(job: Job) -> list[str]:
    text = words(
        "{count} pages show nothing until a script has run in the browser, and none is run: "
        "{urls}; name the articles' addresses, or a sitemap, in `palimpsest crawl`"
    )
    urls = sorted(job.made_by_script)
    return [text.format(count=len(urls), urls=", ".join(urls[:MAX_NAMED]))] if urls else []


def _cut_lists(job: Job) -> list[str]:
    text = words(
        "{url} lists more than is read of a sitemap or feed: {count} {count:address|addresses} at "
        "its beginning were taken; let it be split, or name what is missing in `palimpsest crawl`"
    )
    cut = sorted(job.cut_lists.items())[:MAX_NAMED]
    return [filled(text, url=url, count=count) for url, count in cut]


def _fatal(derived: DeriveReport | None) -> list[str]:
    """The pages that nobody could read and live."""
    return [line for line in derived.unread if line.endswith(FATAL)][:MAX_NAMED] if derived else []


def _unread_for_tls(job: Job) -> list[str]:
    text = words(
        "{count} {count:host was|hosts were} not read for certificate or encryption: {hosts}; "
        "to read them all the same, say --unverified HOST, or unverified_hosts in the profile"
    )
    unread = job.unread_for_tls
    named = ", ".join(f"{host} ({why})" for host, why in list(unread.items())[:MAX_NAMED])
    return [filled(text, count=len(unread), hosts=named)] if unread else []


def _shut_out(job: Job) -> list[str]:
    text = words(
        "{host}: {count} {count:page|pages} that were read before may not be asked for any more, "
        "as robots.txt has it; what is kept stays as it was last seen: ask the host's operators to "
        "let this crawler in"
    )
    return [filled(text, host=host, count=count) for host, count in sorted(job.shut_out.items())]


def _nothing(counts: dict[str, int], site: str) -> list[str]:
    text = (
        "no article was found on {site}: open its first page in a browser, and name the address of "
        "a list page"
    )
    return [] if counts["articles"] else [words(text).format(site=site)]
