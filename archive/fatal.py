"""Pages that end the process which reads them: libxml2 that crashes, memory that runs out.

Nothing can be caught then, so a note is left beforehand, in a file that outlives the process. It
promises that a page which a process died of is first read by a process of its own, once; that one
which ends that, too, is left out until the program changes; that a page which only happened to be
read when a process was killed loses nothing; and that no note means no page is left out. The notes
may be thrown away.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import json
import mmap
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

from archive.edition import edition
from archive.errors import FatalPageError

FOLDER = Path("readings", "fatal")
"""Where the notes are in the data directory, among what may be thrown away."""
FATAL = "a page that ends every process which reads it is left out until the program changes"
MAX_DEATHS = 3
"""Processes that died while they read a page which another one read unharmed: it is left out."""
TRIAL_SECONDS = 120.0
TRIAL = "archive.cleaning.trial"
"""The module that reads one page, given on its standard input."""
_BEGUN = "begun-"
_NAME_BYTES = 32
_MAX_NOTE = 1_000
State = Literal["suspect", "innocent", "fatal"]


class Watch:
    """The notes of one process in ``folder``: which page it has begun to read."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.process = folder, os.getpid()
        _look_for_dead(folder)
        self._path = folder / f"{_BEGUN}{self.process}-{uuid4().hex}"
        new = folder / f"new-{self._path.name}"
        # The lock ends with the process, and is there before anybody finds the file.
        file = self._file = os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.truncate(file, _NAME_BYTES)
            self._note = mmap.mmap(file, _NAME_BYTES)
            new.rename(self._path)
        except OSError:
            os.close(file)
            raise
        self._is_open = True

    def note(self, name: str) -> None:
        self._note[:] = name.encode().ljust(_NAME_BYTES, b"\0")

    def close(self) -> None:
        if self._is_open and self.process == os.getpid():
            self._is_open = False
            os.close(self._file)
            self._path.unlink(missing_ok=True)


_own: list[Watch] = []
"""The watch of this process, if it has one."""


def watch(data: Path) -> None:
    """From now on leave notes in the data directory ``data``, if it is there, and heed those of
    processes that died."""
    folder = data / FOLDER
    if _own and (_own[0].folder, _own[0].process) == (folder, os.getpid()):
        return
    for before in _own:
        before.close()
    _own.clear()
    # Where nothing can be written, nothing is noted.
    with suppress(OSError):
        if data.is_dir():
            _own.append(Watch(folder))
            atexit.register(_own[0].close)


def begin(html: bytes, url: str | None, content_type: str | None) -> str:
    """Note that the page is read from here on; returns its name, for ``go_on``.

    Raises FatalPageError where it ends whoever reads it. Where nobody watches, nothing is done.
    """
    if not _own:
        return ""
    ours = _own[0]
    name = hashlib.blake2b(html, digest_size=_NAME_BYTES // 2).hexdigest()
    known = _known(ours.folder, name)
    if known is not None:
        if known["state"] == "suspect":
            is_fatal = known["deaths"] >= MAX_DEATHS or _ends_its_reader(html, url, content_type)
            known["state"] = "fatal" if is_fatal else "innocent"
            _keep(ours.folder, name, known)
        if known["state"] == "fatal":
            raise FatalPageError(FATAL)
    ours.note(name)
    return name


def go_on(name: str) -> None:
    """Note that the page of this name, which was begun before, is read from here on."""
    if _own and name:
        _own[0].note(name)


def end() -> None:
    """Note that no page is being read."""
    if _own:
        _own[0].note("")


def _look_for_dead(folder: Path) -> None:
    """What processes were reading that are no more is suspect."""
    for path in folder.glob(f"{_BEGUN}*"):
        if not path.is_file():
            continue
        with suppress(OSError), path.open("r+b") as file:
            # One that lives holds the lock, which is an OSError, too.
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            name = file.read(_NAME_BYTES).rstrip(b"\0").decode("ascii", "replace")
            if len(name) == _NAME_BYTES and name.isalnum():
                deaths = (_known(folder, name) or {"deaths": 0})["deaths"]
                _keep(folder, name, {"deaths": deaths + 1, "state": "suspect"})
            path.unlink(missing_ok=True)


def _known(folder: Path, name: str) -> dict[str, Any] | None:
    """What is noted of the page, by this program."""
    path = folder / name
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            known = json.loads(file.read(_MAX_NOTE))
        if known["program"] == edition():
            return {"deaths": int(known["deaths"]), "state": str(known["state"])}
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def _keep(folder: Path, name: str, known: dict[str, Any]) -> None:
    with suppress(OSError):
        new = folder / f"new-{uuid4().hex}"
        new.write_text(json.dumps({"program": edition(), **known}), encoding="ascii")
        new.replace(folder / name)


def _ends_its_reader(html: bytes, url: str | None, content_type: str | None) -> bool:
    """Does a process of its own die of the page?"""
    told = json.dumps([url, content_type]).encode() + b"\n" + html
    try:
        tried = subprocess.run(
            [sys.executable, "-P", "-m", TRIAL],
            input=told,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=TRIAL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False
    # Ended by a signal. Whatever it says itself, it lived to say it.
    return tried.returncode < 0
