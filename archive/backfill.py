"""Taking in what exists elsewhere: WARC files of others, and texts that came without their page.

The same way in as the crawl (``archive.ingest``), over captures that already have a place in a
WARC. It promises: foreign WARCs are referenced in place, or copied whole, never rewritten; a text
is kept as a WARC ``resource`` record before anything is made of it; a broken record is reported
with its file and offset and the rest is taken; the same input twice adds nothing.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from archive.addresses import host_of
from archive.derive import DeriveReport, derive
from archive.errors import NotFoundError, RecordError, UsageError, WarcError
from archive.ingest import TEXT_URN, ingest
from archive.model import Capture, RunReport, Site
from archive.store import Archive
from archive.warc import WarcWriter, read_captures

WARC_SUFFIXES = (".warc", ".warc.gz", ".arc", ".arc.gz")
TEXT_SUFFIXES = (".txt",)
MAX_TEXT_BYTES = 64 * 1024 * 1024
TAKEN = ("http:", "https:", TEXT_URN)
"""Beginnings of the addresses whose captures are taken in."""


@dataclass(slots=True)
class _Tally:
    captures: int = 0
    files: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BackfillReport:
    """What a backfill took in: ``problems`` name file and offset of what could not be read."""

    run: int
    site: str
    files: int
    captures: int
    problems: tuple[str, ...]
    derived: DeriveReport


def backfill(
    archive: Archive,
    paths: Iterable[Path],
    site_name: str,
    *,
    copy: bool = False,
    progress: Callable[[str], None] = lambda line: None,
) -> BackfillReport:
    """Take in files and folders for ``site_name``, then make the site pass.

    ``copy`` copies foreign WARC files into the archive instead of referring to them where they
    are. Raises NotFoundError for a path that does not exist, UsageError for a kind of file that
    cannot be taken in.
    """
    files = list(_files(paths))
    site = _site(archive, site_name)
    run = archive.store.begin_run(site.name, "backfill")
    began = datetime.now(UTC)
    tally = _Tally()
    texts = [path for path in files if _ends(path, TEXT_SUFFIXES)]
    for path in files:
        if path not in texts:
            site = _take_warc(archive, site, run, _placed(archive, path, copy), tally)
            progress(f"{path.name}: {tally.captures}")
    if texts:
        _take_texts(archive, site, run, texts, tally)
    derived = derive(archive, site.name)
    archive.store.end_run(_report(run, site, began, tally, derived))
    return BackfillReport(
        run, site.name, tally.files, tally.captures, tuple(tally.problems), derived
    )


def _ends(path: Path, suffixes: tuple[str, ...]) -> bool:
    return path.name.lower().endswith(suffixes)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise NotFoundError(f"{path}: no such file or folder; name one that exists")
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file())
            yield from (p for p in inside if _ends(p, WARC_SUFFIXES + TEXT_SUFFIXES))
        elif _ends(path, WARC_SUFFIXES + TEXT_SUFFIXES):
            yield path
        else:
            kinds = " ".join(WARC_SUFFIXES + TEXT_SUFFIXES)
            raise UsageError(f"{path}: cannot take in this kind of file; it can be one of {kinds}")


def _site(archive: Archive, name: str) -> Site:
    known = {site.name: site for site in archive.store.sites()}
    if name not in known:
        known[name] = Site(name, official=())
        archive.store.put_site(known[name])
    return known[name]


def _placed(archive: Archive, path: Path, copy: bool) -> Path:
    """The file as pointers will name it: relative inside the archive, absolute where it lies."""
    inside = archive.warc_dir / path.name
    if path.resolve() == inside.resolve() or not copy:
        return path.resolve()
    if inside.exists() and inside.stat().st_size == path.stat().st_size:
        return inside.resolve()
    partial = inside.with_name(inside.name + ".part")
    shutil.copyfile(path, partial)
    partial.replace(inside)
    return inside.resolve()


def _take_warc(archive: Archive, site: Site, run: int, path: Path, tally: _Tally) -> Site:
    root = archive.warc_dir.resolve()
    name = str(path.relative_to(root)) if path.is_relative_to(root) else str(path)

    def note(error: RecordError) -> None:
        tally.problems.append(str(error))

    try:
        for capture, pointer in read_captures(path, note):
            if not capture.url.startswith(TAKEN):
                continue
            site = _with_host(archive, site, capture.url)
            ingest(archive, site, run, capture, replace(pointer, file=name))
            tally.captures += 1
    except WarcError as error:
        tally.problems.append(str(error))
    tally.files += 1
    return site


def _with_host(archive: Archive, site: Site, url: str) -> Site:
    """A host nobody has named is taken for an official one until its frame says otherwise."""
    host = host_of(url)
    if not host or host in site.official or host in site.mirrors:
        return site
    wider = replace(site, official=(*site.official, host))
    archive.store.put_site(wider)
    return wider


def _take_texts(archive: Archive, site: Site, run: int, paths: list[Path], tally: _Tally) -> None:
    kept = {row.url for row in archive.store.captures(site.name)}
    with WarcWriter(archive.warc_dir, prefix="backfill") as writer:
        for path in paths:
            tally.files += 1
            if path.stat().st_size > MAX_TEXT_BYTES:
                tally.problems.append(f"{path}: larger than {MAX_TEXT_BYTES} bytes, not taken in")
                continue
            content = path.read_bytes()
            url = f"urn:sha256:{hashlib.sha256(content).hexdigest()}"
            if url in kept:
                continue
            capture = Capture(
                url, datetime.now(UTC), b"", content, protocols=(), via=f"file:{path.name}"
            )
            pointer = writer.write(capture)
            ingest(archive, site, run, capture, pointer)
            tally.captures += 1


def _report(
    run: int, site: Site, began: datetime, tally: _Tally, derived: DeriveReport
) -> RunReport:
    return RunReport(
        run=run,
        site=site.name,
        kind="backfill",
        started=began,
        ended=datetime.now(UTC),
        outcome="complete" if not tally.problems else "complete with problems",
        exit_code=0 if not tally.problems else 65,
        counts={
            "files": tally.files,
            "captures": tally.captures,
            "articles": derived.articles,
            **derived.changes,
        },
        notes=tuple(tally.problems),
    )
