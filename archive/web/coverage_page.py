"""Coverage: how many articles of each branch were published in each year, and where there are none.

Whoever appraises an archive asks first what is missing. It promises that each number is what its
link finds, and that a year without an article between a branch's first and last one is shown as a
hole, not as nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from archive.store import Filters
from archive.store.overview import Tally
from archive.web.asked import parameters
from archive.web.paging import paged
from archive.web.question import CHOICES, Question
from archive.web.render import page
from archive.web.room import room

router = APIRouter(include_in_schema=False)

MAX_YEARS = 60
"""Columns of the table, the newest years; a wrong date must not make it a thousand wide."""
SHADES = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """So many articles; ``shade`` is 0 for none and SHADES for the most of any cell. A ``hole`` is
    a year without one between the branch's first and last. ``address`` is empty where no search
    says the same."""

    count: int
    shade: int
    hole: bool
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """A branch (None: unknown), its cells in the order of the columns, and all its articles, those
    of years that have no column, too."""

    branch: str | None
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, slots=True)
class Coverage:
    """Rows by their number of articles, the largest first; ``years`` are the columns, None (the
    unknown year) the last one; ``earlier`` articles are of years before the first column."""

    years: tuple[int | None, ...]
    rows: tuple[Row, ...]
    totals: Row
    earlier: int = 0


def coverage(tallies: Sequence[Tally], asked: Question) -> Coverage:
    """The table of what was counted; its links ask what ``asked`` does, narrowed."""
    years = _columns(tallies)
    counts: dict[str | None, Counter[int | None]] = {}
    for one in tallies:
        counts.setdefault(one.branch, Counter())[one.year] += one.articles
    most = max((one.articles for one in tallies), default=1)
    rows = [_row(branch, years, found, most, asked) for branch, found in counts.items()]
    rows.sort(key=lambda row: (-row.total.count, row.branch or ""))
    every: Counter[int | None] = Counter()
    for found in counts.values():
        every.update(found)
    earlier = sum(count for year, count in every.items() if year not in years)
    return Coverage(years, tuple(rows), _row("", years, every, 0, asked), earlier)


def _columns(tallies: Iterable[Tally]) -> tuple[int | None, ...]:
    found = {one.year for one in tallies}
    known = sorted(year for year in found if year is not None)
    if known and known[-1] - known[0] < MAX_YEARS:
        known = list(range(known[0], known[-1] + 1))
    return (*known[-MAX_YEARS:], *([None] if None in found else []))


def _row(
    branch: str | None,
    years: Sequence[int | None],
    counts: Counter[int | None],
    most: int,
    asked: Question,
) -> Row:
    """The row of a branch; ``most`` 0 leaves its cells unshaded."""
    known = [year for year in counts if year is not None]
    first, last = min(known, default=0), max(known, default=0)

    def cell(year: int | None) -> Cell:
        count = counts[year]
        shade = -(-SHADES * count // most) if most else 0
        hole = not count and year is not None and first < year < last
        if not count or year is None or branch is None:
            return Cell(count, shade, hole, "")
        return Cell(count, shade, hole, asked.address(branch=branch, year=f"{year:04d}"))

    everything = "" if branch is None else asked.address(branch=branch)
    total = Cell(counts.total(), 0, hole=False, address=everything)
    return Row(branch, tuple(map(cell, years)), total)


@router.get("/coverage", response_class=HTMLResponse)
def of_site(request: Request) -> Response:
    """The coverage of the site that is named, of all its articles or those of one status."""
    given = parameters(request)
    store = room(request).archive.store
    site = store.site(given.get("site", "")).name
    status = Question.parse(given).status
    asked = Question(site=site, status=status)
    table = coverage(store.tallies(Filters(site=site, status=status or None)), asked)
    return page(
        request,
        "coverage.html",
        site=site,
        asked=asked,
        choices=("", *CHOICES["status"]),
        years=table.years,
        totals=table.totals,
        earlier=table.earlier,
        before=str(table.years[0] - 1) if table.earlier and table.years[0] else "",
        **paged(request, table.rows, "rows"),
    )
