"""A real PostgreSQL server of the tests' own, on a socket in a temporary directory.

It promises to need nothing but the installed programs, to listen on no port, and to be gone, with
its files, when the tests are, however they ended: a shell waits for that.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

START_SECONDS = 60
ACCOUNTS = ("postgres", "nobody")
"""Whom the server runs as when the tests are run by root, as whom it refuses to run."""

_AT_THE_END = 'cat; "$0" stop --pgdata "$1" --mode immediate; rm -rf "$2" &'
"""Its input ends when the process ends that gives it, if only by being killed. Nobody waits for the
files to be gone: on a busy disk that takes minutes."""

STRATEGY_SINCE = 150_000
"""The version that has a choice of how databases are made. Files that are copied take a third of
the processor time of pages that are logged; older versions know nothing else."""

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "50",
    "shared_buffers": "32MB",
}


def programs() -> Path | None:
    """The directory of initdb and pg_ctl; None where PostgreSQL is not installed."""
    found = [Path(path).resolve().parent for name in ("initdb",) if (path := shutil.which(name))]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found += sorted(Path("/usr").glob("pgsql-*/bin"), reverse=True)
    needed = ("initdb", "pg_ctl")
    return next((one for one in found if all((one / name).exists() for name in needed)), None)


@dataclass
class Server:
    """A running server; ``new_database`` gives the address of an empty one."""

    directory: Path
    user: str
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str) -> str:
        """The address of ``database``."""
        return f"postgresql://{self.user}@/{database}?host={self.directory}"

    def new_database(self) -> str:
        """Make an empty database."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            has_choice = connection.info.server_version >= STRATEGY_SINCE
            how = "STRATEGY FILE_COPY" if has_choice else ""
            connection.execute(f"CREATE DATABASE {name} {how}".encode())
        return self.url(name)

    def drop(self, address: str) -> None:
        """Take a database away with its files: all at once take a busy disk minutes."""
        name = urlsplit(address).path.strip("/")
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@contextmanager
def running(bin_directory: Path) -> Iterator[Server]:
    """Make a cluster and serve it until the block ends."""
    account = _account()
    # Not below pytest's own directory, which nobody else may enter; short, for a socket's path.
    directory = Path(tempfile.mkdtemp(prefix="palimpsest-pg-"))
    shutil.chown(directory, account)
    cluster = directory / "data"

    def run(name: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(bin_directory / name), *arguments],
            user=account if os.geteuid() == 0 else None,
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=START_SECONDS,
        )
        if done.returncode:
            raise RuntimeError(f"{name} failed: {done.stderr[-1000:]}")

    ending = subprocess.Popen(
        ["sh", "-c", _AT_THE_END, str(bin_directory / "pg_ctl"), str(cluster), str(directory)],
        user=account if os.geteuid() == 0 else None,
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # so that Ctrl-C does not reach it
    )
    try:
        run(
            "initdb",
            *("--pgdata", str(cluster), "--username", "tester", "--auth", "trust"),
            *("--encoding", "UTF8", "--locale", "C", "--no-sync"),
        )
        options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        options += f" -k '{directory}'"
        start = ("start", "--pgdata", str(cluster), "--wait", "--options", options)
        run("pg_ctl", *start, "--log", str(directory / "log"))
        yield Server(directory, "tester")
    finally:
        ending.communicate()


def _account() -> str:
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ACCOUNTS if name in known)
