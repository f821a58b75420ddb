"""Runs that were made by a wrong clock: their captures are put where they belong in time.

Of two captures of one address the later one speaks for it, so that a night by a clock of next year
would hide what changes for a year. Walks follow one another in the order of their numbers; one that
began later than a later one, or earlier than an earlier one, is out of order, and the servers' own
dates (RFC 9110, section 6.6.1) say by how much its clock was wrong. It promises to move nothing
unless most of a run's answers agree on that, the servers agreed with the clock of another run, and
the run is in order then; to change the store's rows alone, for what the WARC files say is what the
clock said; and that it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from statistics import median

from archive.errors import HttpError, NotFoundError, WarcError
from archive.exchange.head import end_of_head, read_head
from archive.model import CaptureRow
from archive.runs.clock import TOLERANCE
from archive.store import Archive, RunRow
from archive.store.runs import WALKS
from archive.warc import read_at

PUT_RIGHT = (
    "the clock of run {run} was wrong by {hours} hours, as the dates of the servers' answers tell: "
    "its captures have been put right in the store; the WARC files keep what the clock said"
)
SAMPLES = 15
"""Answers of a run that are asked for their dates."""
LEAST_SAMPLES = 3
AGREEING = 0.8
"""The share of them that must agree on what the time was."""
REFERENCES = 3
"""The newest runs in order whose servers are asked whether they tell the time."""
MAX_RUNS = 50
"""The newest runs that are looked at: where servers give no dates, nothing can be put right."""


def put_right(archive: Archive, site: str, mine: int | None = None) -> dict[int, timedelta]:
    """Put runs of ``site`` right, with their captures, as far as these have ended or are ``mine``;
    returns by how much each was moved. Before a run, what is right is that it begins now."""
    try:
        walks = [row for row in reversed(archive.store.runs(site)) if row.kind in WALKS]
    except NotFoundError:
        return {}
    now = datetime.now(UTC) if mine is None else None
    odd = out_of_order(walks, now)[-MAX_RUNS:]
    wrong = {row.id: _wrong_by(archive, row) for row in odd if _is_still(archive, row, mine)}
    moved: dict[int, timedelta] = {}
    for row in odd:
        by = wrong.get(row.id)
        if by is None or abs(by) < TOLERANCE or not _fits(row, by, walks, odd, now):
            continue
        if not moved and not _are_servers_right(archive, wrong.values(), walks, odd):
            break
        archive.store.put_clock_right(row.id, by)
        moved[row.id] = by
    return moved


def _is_still(archive: Archive, row: RunRow, mine: int | None) -> bool:
    """Does no other process make the run just now?"""
    return row.ended is not None or row.id == mine or not archive.store.frontier.is_attended(row.id)


def _are_servers_right(
    archive: Archive,
    wrong: Iterable[timedelta | None],
    walks: Sequence[RunRow],
    odd: Iterable[RunRow],
) -> bool:
    """Is there a run with whose clock the servers agreed? Where there is none, theirs is wrong."""
    doubtful = {one.id for one in odd}
    others = [row for row in walks if row.id not in doubtful][-REFERENCES:]
    found = (*wrong, *(_wrong_by(archive, row) for row in others))
    return any(one is not None and abs(one) < TOLERANCE for one in found)


def out_of_order(walks: Sequence[RunRow], now: datetime | None) -> list[RunRow]:
    """Those of ``walks`` (in the order of their numbers) that began later than a later one, or than
    ``now``, or earlier than an earlier one."""
    odd: set[int] = set()
    later = now
    for row in reversed(walks):
        if later is not None and row.started - later >= TOLERANCE:
            odd.add(row.id)
        later = row.started if later is None else min(later, row.started)
    earlier: datetime | None = None
    for row in walks:
        if earlier is not None and earlier - row.started >= TOLERANCE:
            odd.add(row.id)
        earlier = row.started if earlier is None else max(earlier, row.started)
    return [row for row in walks if row.id in odd]


def _fits(
    row: RunRow,
    wrong: timedelta,
    walks: Iterable[RunRow],
    odd: Iterable[RunRow],
    now: datetime | None,
) -> bool:
    """Is the run in order among those that are, when it is moved by so much?"""
    doubtful = {one.id for one in odd}
    began = row.started + wrong
    if now is not None and began > now + TOLERANCE:
        return False
    return all(
        one.started <= began + TOLERANCE if one.id < row.id else began <= one.started + TOLERANCE
        for one in walks
        if one.id not in doubtful
    )


def _wrong_by(archive: Archive, row: RunRow) -> timedelta | None:
    """What is to be added to the run's moments; None where its answers do not agree, or say
    nothing."""
    found = list(_differences(archive, archive.store.some_captures(row.id, SAMPLES)))
    if len(found) < LEAST_SAMPLES:
        return None
    middle = timedelta(seconds=median(one.total_seconds() for one in found))
    agreeing = sum(abs(one - middle) < TOLERANCE for one in found)
    return middle if agreeing >= AGREEING * len(found) else None


def _differences(archive: Archive, captures: Iterable[CaptureRow]) -> Iterator[timedelta]:
    for row in captures:
        with suppress(WarcError, HttpError, ValueError, TypeError, OverflowError):
            response = read_at(archive.warc_dir, row.pointer).response
            head = read_head(response[: max(0, end_of_head(response))])
            # What a cache in between has had for a while is as much older.
            age = timedelta(seconds=int((head.all("age") or ["0"])[0]))
            moment = parsedate_to_datetime(head.all("date")[0] if head.all("date") else "")
            if moment.tzinfo is not None:
                yield moment + age - row.captured_at
