"""What somebody must look at, apart from what runs note by the way.

An alarm is a run that failed or never ended (whatever it was ended by: a regression, too many
failures, a host that gave no page), or one that saw the institute's own host serve what is not its
own. It promises that a mirror met, or a page that could not be read, is a note and hides none.
"""

from __future__ import annotations

from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from archive.store import RunRow
from archive.web.paging import page_asked
from archive.web.render import page
from archive.web.room import room

router = APIRouter(include_in_schema=False)


class Noted(NamedTuple):
    """A run with what it raised an alarm about, and its other notes."""

    run: RunRow
    alarms: tuple[str, ...]
    notes: tuple[str, ...]


def noted(run: RunRow) -> Noted:
    """The run with its notes told apart."""
    if run.report is None:
        return Noted(run, (), ())
    return Noted(run, run.report.alarms, (*run.report.mirrors, *run.report.notes))


@router.get("/alarms", response_class=HTMLResponse)
def alarms(request: Request) -> Response:
    """Runs that somebody must look at, and why."""
    store = room(request).archive.store
    others = 0

    def read(limit: int, offset: int) -> tuple[int, list[Noted]]:
        nonlocal others
        total, runs, others = store.alarming_runs(limit=limit, offset=offset)
        return total, [noted(run) for run in runs]

    shown = page_asked(request, read, "found")
    return page(request, "alarms.html", others=others, **shown)


@router.get("/alarms/notes", response_class=HTMLResponse)
def notes(request: Request) -> Response:
    """What runs noted by the way."""
    store = room(request).archive.store

    def read(limit: int, offset: int) -> tuple[int, list[Noted]]:
        total, runs = store.runs_page(limit=limit, offset=offset, noted=True)
        return total, [noted(run) for run in runs]

    return page(request, "notes.html", **page_asked(request, read, "found"))
