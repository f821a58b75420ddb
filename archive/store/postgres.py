"""The connection to PostgreSQL, and what its errors mean to an operator.

It promises that a reader has one consistent view, as with SQLite, and that every database error
leaves as one of our own.
"""

from __future__ import annotations

import logging
import time
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry

from archive.errors import (
    ConfigurationError,
    DiskFullError,
    LockedError,
    PalimpsestError,
    StoreError,
    StoreLostError,
)
from archive.store import piping
from archive.store.dialect import Prepared

CONNECT_SECONDS = 10
APPLICATION = "palimpsest"
POOL_RECYCLE_SECONDS = 1_800
LOOKED_AT_AFTER_S = 5.0
"""Seconds of rest after which a connection is asked whether it is still there."""

_RESTING_SINCE = "palimpsest resting since"
QUIET_SECONDS = 30
PROBE_SECONDS = 10
PROBES = 3
"""A machine that lost its power or its network says no goodbye: unless its peer asks, its
connection lasts for hours, and with it its claim on hosts. It is asked after so much quiet, so
often."""

SCHEMES = ("postgresql", "postgres")
"""With which the address of a database may begin, as libpq has it."""
_OPTIONS = (
    # To compile a query, or to begin processes for it, takes longer than to answer it.
    "-c jit=off -c max_parallel_workers_per_gather=0 "
    f"-c tcp_keepalives_idle={QUIET_SECONDS} -c tcp_keepalives_interval={PROBE_SECONDS} "
    f"-c tcp_keepalives_count={PROBES}"
)


def connect_postgres(database: str) -> Engine:
    """An engine over ``database`` (``postgresql://user@host/name``); nothing is opened yet.
    Raises ConfigurationError for an address that is none."""
    scheme, _, rest = database.partition("://")
    unreadable = ConfigurationError(
        "the database's address cannot be read; write postgresql://user@host/name"
    )
    if scheme.partition("+")[0] not in SCHEMES:
        raise unreadable
    try:
        url = sa.make_url(f"postgresql+psycopg://{rest}")
    except (sa.exc.ArgumentError, ValueError) as error:
        raise unreadable from error
    options = url.query.get("options", "")
    engine = sa.create_engine(
        url,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "application_name": APPLICATION,
            "keepalives_idle": QUIET_SECONDS,
            "keepalives_interval": PROBE_SECONDS,
            "keepalives_count": PROBES,
            "options": f"{options if isinstance(options, str) else ' '.join(options)} {_OPTIONS}",
        },
        pool_recycle=POOL_RECYCLE_SECONDS,
    )
    # Of a connection that is gone whoever asks next is told; these would print it, too.
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
    logging.getLogger("psycopg").setLevel(logging.ERROR)
    sa.event.listen(engine, "handle_error", _translate)
    sa.event.listen(engine, "checkin", _note_time)
    sa.event.listen(engine, "checkout", _look_at_it)
    piping.listen(engine)
    return engine


def _note_time(_raw: object, record: ConnectionPoolEntry) -> None:
    record.info[_RESTING_SINCE] = time.monotonic()


def _look_at_it(raw: psycopg.Connection[Any], record: ConnectionPoolEntry, _proxy: object) -> None:
    """A connection that has not been used for a while may be gone: another one is taken then."""
    if time.monotonic() - record.info.get(_RESTING_SINCE, time.monotonic()) < LOOKED_AT_AFTER_S:
        return
    try:
        raw.execute("SELECT 1")
        raw.rollback()
    except psycopg.Error as error:
        raise sa.exc.DisconnectionError("the connection is gone") from error


def lock_schema(connection: Connection) -> None:
    """Until the end of the transaction nobody else makes or migrates this database."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_SCHEMA_LOCK)))


def lock_articles(connection: Connection) -> None:
    """Until the end of the transaction nobody else writes articles: what is known of one is read
    before it is joined with what came in, as SQLite's write lock has it."""
    _LOCK_ARTICLES.run(connection, {})


_ARTICLES_LOCK = 0x70616C696D617274
_SCHEMA_LOCK = 0x70616C696D707365
_LOCK_ARTICLES = Prepared(sa.select(sa.func.pg_advisory_xact_lock(_ARTICLES_LOCK)))


def explain_any(error: Exception) -> PalimpsestError | None:
    """The same as ``explain`` for what may be another exception of the driver."""
    return explain(error) if isinstance(error, psycopg.Error) else None


def explain(error: psycopg.Error) -> PalimpsestError:
    """What an error means, and what can be done (PostgreSQL, appendix A: error codes)."""
    said = (str(error).splitlines() or ["no message"])[0]
    code = error.sqlstate or ""
    for prefix, kind, advice in _MEANINGS:
        if code.startswith(prefix):
            return kind(f"the store: {said}; {advice}")
    if isinstance(error, psycopg.OperationalError) and not code:
        advice = "is PostgreSQL running, and is its address right?"
        return StoreLostError(f"the store cannot be reached: {said}; {advice}")
    return StoreError(f"the store: {said}; this is a fault of the program")


_MEANINGS: tuple[tuple[str, type[PalimpsestError], str], ...] = (
    ("53100", DiskFullError, "make room on the database server's disk"),
    ("55P03", LockedError, "another process holds it; try again when it has ended"),
    ("40", LockedError, "another process was in the way; run the command again"),
    ("53", StoreError, "the database server has not enough of something; see its log"),
    ("57", StoreLostError, "the database server is being stopped or restarted; try again later"),
    ("08", StoreLostError, "the connection was lost; try again"),
    ("28", StoreError, "check user and password in the database's address"),
    ("3D", StoreError, "make the database first: createdb NAME"),
    ("42501", StoreError, "the user needs the right to create and change tables"),
)


def _translate(context: ExceptionContext) -> None:
    error = context.original_exception
    if isinstance(error, psycopg.Error):
        raise explain(error) from error
