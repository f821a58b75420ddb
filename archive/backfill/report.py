"""What a backfill says: while it goes on, and when it has ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from archive.errors import NotFoundError, WarcError
from archive.model import RunReport
from archive.runs import unreported
from archive.runs.changes import Snapshot, compared, snapshot
from archive.runs.counts import article_counts, branch_counts, derived_counts, mirror_notes
from archive.runs.ending import end_run
from archive.sitepass.report import ALARM, DeriveReport
from archive.store import Archive

MAX_NOTES = 1_000
"""Problems that a report lists; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a backfill has come: files and bytes of all, captures kept, problems met; in the
    site pass ``steps`` of ``of_steps`` (archive.sitepass.hosts); ``waits``: seconds for which a
    service asked to be left alone."""

    files: int
    of_files: int
    bytes: int
    of_bytes: int
    captures: int
    problems: int
    steps: int = 0
    of_steps: int = 0
    waits: float = 0.0


@dataclass(frozen=True, slots=True)
class BackfillReport:
    """What a backfill took in: ``problems`` name file and offset of what could not be read;
    ``new`` captures were not known before, ``known`` files had been taken in and are unchanged,
    ``passed_over`` are files of folders that are of no kind that can be taken in, ``answerless`` a
    line for each file without answers; ``exit_code`` as the run's."""

    run: int
    site: str
    files: int
    known: int
    passed_over: int
    captures: int
    new: int
    problems: tuple[str, ...]
    derived: DeriveReport
    answerless: tuple[str, ...] = ()
    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """What a run has counted: ``counts`` by name, ``problems`` with file and offset, ``notes`` on
    what was found at its beginning."""

    run: int
    site: str
    began: datetime
    counts: Counter[str]
    problems: list[str]
    notes: list[str]
    warc_files: tuple[str, ...]
    passed_over: int
    answerless: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Was there nothing to take in, in any file, now or when it was read?"""
        counts = self.counts
        taken = counts["captures"] or counts["files:known"] > counts["files:known:empty"]
        return not taken and bool(counts["files"] or counts["files:known"])


def keep_report(
    archive: Archive, tally: Tally, derived: DeriveReport | None, error: BaseException | None
) -> BackfillReport:
    """Keep the run's report in the store, and give the operator's. ``error`` is what ended the
    run, if anything did. Raises StoreError, DataDirectoryError."""
    problems = (*tally.problems, *(derived.unread if derived else ()))
    store = archive.store
    now: Snapshot = {}
    if derived is not None:
        now = snapshot(store, tally.site)
        before = unreported.as_reported(store, tally.site)
        derived = replace(derived, changes=compared(before, now))
    outcome, code = _outcome(error, problems, is_empty=tally.is_empty)
    counts = dict(tally.counts) | {"problems": len(problems)}
    if derived is not None:
        counts |= {f"change:{what}": count for what, count in derived.changes.items()}
        counts |= derived_counts(derived)
        counts |= {f"kind:{kind}": count for kind, count in derived.kinds.items()}
    end_run(
        archive,
        RunReport(
            run=tally.run,
            site=tally.site,
            kind="backfill",
            started=tally.began,
            ended=datetime.now(UTC),
            outcome=outcome,
            exit_code=code,
            counts=counts | article_counts(store, tally.site),
            articles_by_branch=branch_counts(store, tally.site),
            warc_files=tally.warc_files,
            notes=(
                *tally.notes,
                *tally.answerless,
                *problems[:MAX_NOTES],
                *(derived.notes if derived else ()),
            ),
            alarms=_alarms(derived),
            mirrors=mirror_notes(derived),
        ),
    )
    if derived is not None:
        # A night may be under way on another machine: what it changes from here on, it tells.
        unreported.told(store, tally.site, now)
    return BackfillReport(
        run=tally.run,
        site=tally.site,
        files=tally.counts["files"],
        known=tally.counts["files:known"],
        passed_over=tally.passed_over,
        captures=tally.counts["captures"],
        new=tally.counts["captures:new"],
        problems=problems,
        derived=derived or DeriveReport(0, 0),
        answerless=tally.answerless,
        exit_code=code,
    )


def _alarms(derived: DeriveReport | None) -> tuple[str, ...]:
    return tuple(ALARM.format(line=line) for line in derived.alarms) if derived else ()


def _outcome(
    error: BaseException | None, problems: Sequence[str], *, is_empty: bool
) -> tuple[str, int]:
    if error is not None:
        line = " ".join(str(error).split()) or type(error).__name__
        return line, int(getattr(error, "exit_code", 1))
    if problems:
        return "complete with problems", WarcError.exit_code
    if is_empty:
        return "nothing to take in", NotFoundError.exit_code
    return "complete", 0
