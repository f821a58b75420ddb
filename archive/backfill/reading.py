"""One WARC file read: where each capture lies and what its answer was, as rows of the store.

What a worker does, in this process or another one. What a page says is not asked here: the site
pass reads every page once, with what its host's other pages teach, and would only do it again. It
knows no store and writes nothing, so that a worker that dies takes nothing with it. It promises
that what it says of a file depends on the file alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive.addresses import LOOSE_URN
from archive.backfill.inputs import readable
from archive.captured import is_html, kind_without_page, read_message, row_of
from archive.errors import RecordError, WarcError
from archive.exchange import HttpMessage
from archive.model import Capture, CaptureRow, PageKind, WarcPointer
from archive.warc.exchanges import ORIGINAL_MISSING, begins_exchange
from archive.warc.listing import entry_of
from archive.warc.reader import Found, read_exchanges
from archive.warc.records import Record

PART_CAPTURES = 500
"""Captures that are handed on, and kept, together."""
TAKEN = ("http:", "https:", LOOSE_URN)
"""Beginnings of the addresses whose captures are taken in."""


WEB = frozenset({"http", "https"})
ANSWERS = frozenset({"response", "revisit", "resource"})
"""Kinds of records that hold what was answered."""
CONVERSION = "conversion"
"""What somebody's program made of a page (Common Crawl's WET files hold nothing else): no evidence,
and told of, for such a file has answers nowhere."""
MAX_PROFILE, MAX_SCHEME = 100, 20
"""Characters of what a file of strangers says."""
MAX_KINDS = 10
ANSWERLESS = (
    "{file} holds no answers of a server, so that nothing of it was taken in; "
    "records there: {told}; take in the WARC files that it was made of, or that lie beside it"
)
"""Of a file with records, none of which articles are made of (as in WAT and WET files)."""


@dataclass(frozen=True, slots=True)
class Task:
    """A WARC file to read: ``path``, and the ``name`` by which pointers call it; ``run`` is the
    number that its captures bear, ``origin`` the input that it came from."""

    path: Path
    name: str
    run: int
    origin: Path


@dataclass(slots=True)
class Part:
    """Some of a file's captures, in file order, and what was wrong around them. ``lines`` are for
    the index; ``waiting`` are revisits that go back to a record of another file, and ``is_open``
    where a line waits for one, too; ``passed``: how many answers were passed over, by the scheme of
    their addresses, and how many conversions; ``answerless``: in the last part of a file without
    any answer, what it holds; ``is_void``: in the last part of a file in which no record could be
    read."""

    rows: list[CaptureRow] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    lines: list[bytes] = field(default_factory=list)
    waiting: list[WarcPointer] = field(default_factory=list)
    is_open: bool = False
    passed: Counter[str] = field(default_factory=Counter)
    answerless: str | None = None
    is_void: bool = False


def read_parts(task: Task) -> Iterator[Part]:
    """The file in parts; damage of any kind is a problem in the part where it was met."""
    part = Part()
    kinds: Counter[str] = Counter()
    has_answers = False

    def note(error: RecordError) -> None:
        part.problems.append(str(error))

    def look(record: Record) -> None:
        kinds[record.header.type[:MAX_SCHEME]] += 1
        if record.header.type in ANSWERS and not begins_exchange(record):
            _pass_over(part, task, record)
        elif record.header.type == CONVERSION:
            part.passed[CONVERSION] += 1

    try:
        for found in read_exchanges(task.path, note, with_confirmed=True, on_record=look):
            has_answers = True
            capture, pointer = found.capture, replace(found.pointer, file=task.name)
            _list(part, task, found)
            if not capture.url.startswith(TAKEN):
                continue
            if capture.error == ORIGINAL_MISSING:
                part.waiting.append(pointer)
                continue
            add_capture(part, task.run, capture, pointer)
            if len(part.rows) >= PART_CAPTURES:
                yield part
                part = Part()
    except (WarcError, OSError) as error:
        part.problems.append(_line(task.path, error))
    part.answerless = None if has_answers else _answerless(task, kinds)
    part.is_void = not (has_answers or kinds)
    yield part


def _answerless(task: Task, kinds: Counter[str]) -> str | None:
    """What is said of a file in which there were records of these ``kinds``, and no answer."""
    told = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())[:MAX_KINDS])
    return ANSWERLESS.format(file=readable(task.path), told=told) if kinds else None


def _pass_over(part: Part, task: Task, record: Record) -> None:
    """Say of an answer that no capture is made of it: of a name server, of a file server, of a
    program of its own, or another answer whose original nobody could tell."""
    scheme = (record.header.field("WARC-Target-URI") or "").partition(":")[0].lower()
    if record.header.type == "revisit" and scheme in WEB:
        profile = " ".join((record.header.field("WARC-Profile") or "none").split())[:MAX_PROFILE]
        why = f"a revisit of a profile that is not known: {profile}"
        part.problems.append(str(RecordError(why, str(task.path), record.offset)))
    else:
        part.passed[scheme[:MAX_SCHEME] or "?"] += 1


def read_whole(task: Task) -> list[Part]:
    """The same at once, for a worker that can only answer once."""
    return list(read_parts(task))


def _list(part: Part, task: Task, found: Found) -> None:
    """Note what the index will say of the exchange."""
    # Names of other files are not known here; what confirms a record of one waits.
    entry = entry_of(found, task.name, lambda path: task.name if path == task.path else None)
    if entry is not None:
        part.lines.append(entry.line())
    is_revisit = found.capture.revisit is not None
    part.is_open |= is_revisit and (entry is None or found.capture.error == ORIGINAL_MISSING)


def add_capture(part: Part, run: int, capture: Capture, pointer: WarcPointer) -> None:
    """Put the capture's row into ``part``."""
    message = read_message(capture)
    part.rows.append(row_of(capture, pointer, run, message, _kind(message)))


def _kind(message: HttpMessage | None) -> PageKind | None:
    """The kind of what is no page; None for a page, which nobody has read yet."""
    kind = kind_without_page(message)
    return None if kind is PageKind.ASSET and is_html(message) else kind


def _line(path: Path, error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{path}: cannot be read: {error.strerror}; not taken in"
    text = " ".join(str(error).split()) or type(error).__name__
    return text if str(path) in text else f"{path}: {text}"
