"""Where a run's report goes: files beside the archive, and whoever wants to be told.

Secrets come from the environment alone, so that no file of the archive holds one. It promises that
a report file is whole or not there, that one which cannot be written keeps no other from being
written, and that neither a full disk nor somebody who cannot be reached undoes the run or keeps the
others from being told: it is a line to the operator, and of files an exit code, too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archive.afresh import afresh
from archive.errors import DataDirectoryError, DiskFullError
from archive.runs.ending import FOLDER, give_up_reserve
from archive.runs.facts import Facts
from archive.runs.patience import Patience
from archive.runs.rendering import as_html, as_json, as_metrics, as_text
from archive.runs.telling import tell
from archive.warc.naming import apart, safe_prefix
from archive.warc.storage import storage_error, storage_errors

METRICS_NAME = "palimpsest.prom"
_SITE_LABEL = re.compile(r'\{(site="(?:[^"\\]|\\.)*")')
NOTIFY = "PALIMPSEST_NOTIFY"
"""When to send: always, or of failures and alarms alone."""
ALWAYS, FAILURES = "always", "failures"
UNWRITTEN = "the report could not be written"


@dataclass(frozen=True, slots=True)
class Published:
    """How it went: a line for each that could not be told or written (``problems``), and what kept
    files from being written, if anything did."""

    problems: tuple[str, ...]
    unwritten: DataDirectoryError | None = None


def publish(
    data: Path,
    facts: Facts,
    environment: Mapping[str, str] = os.environ,
    patience: Patience | None = None,
) -> Published:
    """Write the record's files into ``data/runs``, and tell whom the environment names, also of
    what kept a file from being written; whoever does not answer, with so much ``patience``."""
    try:
        _write(data, facts)
    except DataDirectoryError as error:
        # Of a disk that ended the night its own line tells.
        if error.exit_code == facts["exit_code"]:
            return Published(_told(facts, environment, patience), error)
        told = _told(_unwritten(facts, error), environment, patience)
        return Published((_line(facts, error), *told), error)
    return Published(_told(facts, environment, patience))


def _line(facts: Facts, error: DataDirectoryError) -> str:
    line = f"{UNWRITTEN}: {error}"
    run = facts["run"]
    return line if run is None else f"{line}; the store has it: `palimpsest runs show {run}`"


def _unwritten(facts: Facts, error: DataDirectoryError) -> Facts:
    """The facts with the code that the night ends with: what concerns the disk is the gravest."""
    if facts["exit_code"] == DiskFullError.exit_code:
        return facts
    outcome = f"{facts['outcome']}; {UNWRITTEN}: {error}"
    return {**facts, "exit_code": error.exit_code, "outcome": outcome}


def _told(
    facts: Facts, environment: Mapping[str, str], patience: Patience | None
) -> tuple[str, ...]:
    problems = []
    wish = environment.get(NOTIFY) or ALWAYS
    if wish not in (ALWAYS, FAILURES):
        problems.append(f"{NOTIFY} is {wish[:40]!r}; write {ALWAYS} or {FAILURES}")
    if wish == FAILURES and facts["exit_code"] == 0 and not facts.get("alarms"):
        return tuple(problems)
    return (*problems, *tell(facts, environment, patience))


def _write(data: Path, facts: Facts) -> None:
    try:
        write_files(data, facts)
    except DiskFullError:
        if not give_up_reserve(data):
            raise
        write_files(data, facts)


def report_names(run: int, site: str) -> list[str]:
    """The files of a run's report in ``data/runs``: JSON, text, HTML."""
    return [f"{run:06d}-{safe_prefix(site)}{suffix}" for suffix in (".json", ".txt", ".html")]


def metrics_name(site: str) -> str:
    """One file a site, written over: the collector wants the present state."""
    safe = safe_prefix(site)
    return f"{safe}-{METRICS_NAME}" if safe == site else f"{safe}-{apart(site)}-{METRICS_NAME}"


def write_files(data: Path, facts: Facts) -> list[Path]:
    """JSON, text, HTML and metrics of a run, the last alone where there was none; returns their
    paths. Raises DataDirectoryError (DiskFullError)."""
    folder = data / FOLDER
    texts = {metrics_name(str(facts["site"])): as_metrics(facts)}
    if facts["run"] is not None:
        forms = (as_json(facts), as_text(facts), as_html(facts))
        texts |= dict(zip(report_names(facts["run"], str(facts["site"])), forms, strict=True))
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        errors = [
            error for name, text in texts.items() if (error := _write_one(folder / name, text))
        ]
        if errors:
            raise storage_error(errors[0], folder) from errors[0]
        _take_away_shared(folder, str(facts["site"]))
    return [folder / name for name in texts]


def _write_one(path: Path, text: str) -> OSError | None:
    """Write the file whole, or leave the one that was there and say why."""
    partial = path.with_name(f"{path.name}.part")
    try:
        with afresh(partial) as file:
            file.write(text.encode())
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        return error
    return None


def _take_away_shared(folder: Path, site: str) -> None:
    """Earlier programs gave sites whose safe forms are alike one file: the collector refuses two
    that tell of one site."""
    shared, own = folder / f"{safe_prefix(site)}-{METRICS_NAME}", folder / metrics_name(site)
    if shared != own and shared.exists() and _sites_of(shared) == _sites_of(own):
        shared.unlink()


def _sites_of(metrics: Path) -> set[str]:
    return set(_SITE_LABEL.findall(metrics.read_text(encoding="utf-8")))
