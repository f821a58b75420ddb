"""What whoever reads a run's report in the morning should do, the most urgent first.

A report full of numbers leaves him to guess. It promises a line only where something is to be done
or to be known, with the command that shows more, and none for a night in which all is well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from signal import SIGINT, SIGTERM
from typing import Any

from archive.errors import EXIT_DIED, DataDirectoryError, DiskFullError
from archive.runs.disk import MEGABYTE, low_water
from archive.runs.judging import EXIT_MANY_FAILURES, EXIT_REGRESSION, failed_requests

NEAR_LOW_WATER = 4
"""So many times the low-water mark is little room."""
PROGRAM_ERROR = "program-error"
CHALLENGE = "challenge"
EXIT_FAULT = 1
STOPPED = (128 + SIGINT, 128 + SIGTERM, EXIT_DIED)


def advice_of(facts: Mapping[str, Any]) -> list[str]:
    """Lines on the record of a run (archive.runs.facts)."""
    return [*_on_alarms(facts), *_on_end(facts), *_on_failures(facts), *_on_archive(facts)]


def _on_alarms(facts: Mapping[str, Any]) -> Iterator[str]:
    if facts["alarms"]:
        yield (
            "look at the alarms first, and tell the institute: its own host may be broken into; "
            "what its pages said before is kept"
        )


def _on_end(facts: Mapping[str, Any]) -> Iterator[str]:
    code = facts["exit_code"]
    if code in STOPPED:
        yield "run the same command again, or wait for the next night: it goes on where this ended"
    elif code == DiskFullError.exit_code:
        yield "make room on the disk before the next night; nothing that was kept is lost"
    elif code == DataDirectoryError.exit_code:
        yield (
            "see whether the disk of the data directory fails or has turned read-only (the "
            "system's log, `dmesg`), and who may write there; nothing that was kept is lost, and "
            "the next night goes on"
        )
    elif code == EXIT_REGRESSION and facts["quality"].get("stand-ins"):
        yield (
            "open one of the named addresses in a browser: is the site being worked on, or does "
            "its domain belong to somebody else now? Articles stay as they were until their "
            "addresses give them again; only if the institute has made its site anew, write "
            "`relaunched` with that day into its profile and run `palimpsest clean`"
        )
    elif code == EXIT_REGRESSION:
        yield (
            "open the site's first page in a browser: has it moved, or a new template? `palimpsest "
            "runs compare` shows what differs, and `palimpsest clean` reads the captures again"
        )
    elif code == EXIT_FAULT:
        yield "a fault of the program: run the same command with --debug, and report what it prints"


def _on_failures(facts: Mapping[str, Any]) -> Iterator[str]:
    failed, site = facts["failed"], facts["site"]
    if faults := failed.get(PROGRAM_ERROR):
        yield (
            f"pages that met a fault of the program, and are kept: {faults:,}; report it, and run "
            "`palimpsest clean` with the next version"
        )
    if barred := failed.get(CHALLENGE):
        yield (
            f"pages that a firewall kept back: {barred:,}; ask those who run it to let the crawler "
            "(User-Agent) through"
        )
    told = {reason: count for reason, count in failed.items() if failed_requests({reason: count})}
    if facts["exit_code"] == EXIT_MANY_FAILURES and told:
        most = max(told, key=lambda reason: told[reason])
        yield (
            f"most failures are {most} ({told[most]:,}): `palimpsest runs ledger --site {site!r} "
            "--state failed --format csv` names every address; they are asked again the next "
            "night, and none counts as gone. If it goes on for days, tell whoever runs the server"
        )


def _on_archive(facts: Mapping[str, Any]) -> Iterator[str]:
    if facts["quality"].get("unread"):
        yield (
            "captures could not be read: `palimpsest verify` says which, and what can be mended; "
            "pages that end whoever reads them are named in the notes"
        )
    if gone := facts["changes"]["gone"]:
        yield f"articles gone from the site: {gone:,}; `palimpsest search --status gone` lists them"
    free = facts["disk_free"]
    if 0 < free < NEAR_LOW_WATER * low_water() and facts["exit_code"] != DiskFullError.exit_code:
        yield (
            f"{free / MEGABYTE:,.0f} MB are left on the disk: `palimpsest prune --dry-run` lists "
            "what could go elsewhere"
        )
