"""Opening a store: made new, brought up to date, or refused.

Opening an up-to-date store reads one row and imports no Alembic. It promises that a store is
never half made (creation and each migration are one transaction), and that a file which is not a
store, or one that a newer program wrote, is refused before anything in it is touched.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from archive.errors import NoArchiveError, SchemaError
from archive.presence import is_file
from archive.store import schema
from archive.store.engine import connect, reading, writing
from archive.store.index import journal, terms_table

WARC_NAME = "warc"
"""The directory of the WARC files in that of the data."""

_REVISION = sa.table("alembic_version", sa.column("version_num"))


def open_database(database: str) -> Engine:
    """An engine over an up-to-date store in a PostgreSQL ``database``; made where it is empty.

    Raises StoreError where it cannot be reached, SchemaError where it is no store or newer than
    this program, ConfigurationError for an address that is none.
    """
    from archive.store.postgres import connect_postgres

    engine = connect_postgres(database)
    name = engine.url.render_as_string(hide_password=True)
    return _up_to_date(engine, name)


def open_store(path: Path, *, create: bool) -> Engine:
    """An engine over an up-to-date store in ``path``.

    Raises NoArchiveError where there is none (and ``create`` is false), DataDirectoryError where it
    cannot be written, SchemaError where the file is no store or newer than this program.
    """
    if not create and not is_file(path):
        raise NoArchiveError(
            f"there is no archive in {path.parent}: run `palimpsest crawl URL` first, "
            "or name another directory with --data"
        )
    return _up_to_date(connect(path), str(path), _what_is_lost(path, create=create))


def _what_is_lost(path: Path, *, create: bool) -> str | None:
    """What is to be said if there is nothing in the file: it was the store of an archive that has
    records, or of one that is only to be read. A process that is killed while it makes the first
    one leaves an empty one, too."""
    if not path.exists() or (create and not any((path.parent / WARC_NAME).glob("*.warc*"))):
        return None
    return (
        f"{path} is empty: put a copy of it back, or remove it and make the store again from the "
        f"WARC files with `palimpsest backfill {path.parent / WARC_NAME} --site NAME`"
    )


def _up_to_date(engine: Engine, name: str, lost: str | None = None) -> Engine:
    try:
        revision = _revision(engine, name)
        if revision is None:
            _make(engine, lost)
        elif revision != schema.HEAD:
            _migrate(engine, revision)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _revision(engine: Engine, name: str) -> str | None:
    with reading(engine) as connection:
        tables = set(sa.inspect(connection).get_table_names())
        if "alembic_version" in tables:
            return str(connection.execute(sa.select(_REVISION.c.version_num)).scalar_one())
    if tables:
        raise SchemaError(f"{name} is a database, but not a Palimpsest store")
    return None


def _make(engine: Engine, lost: str | None) -> None:
    with writing(engine) as connection:
        _lock(connection)
        # Another process may have made it since we looked; now we hold the lock.
        if sa.inspect(connection).get_table_names():
            return
        if lost is not None:
            raise SchemaError(lost)
        schema.metadata.create_all(connection, checkfirst=False)
        journal.add(connection, journal.NO_ARTICLE)
        if engine.dialect.name == "postgresql":
            terms_table.create(connection)
        connection.exec_driver_sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
        connection.execute(sa.insert(_REVISION), {"version_num": schema.HEAD})


def _migrate(engine: Engine, revision: str) -> None:
    from archive.store.migrations import known_revisions, upgrade

    if revision not in known_revisions():
        raise SchemaError(
            f"the store has schema {revision!r}, which this program does not know (its newest is "
            f"{schema.HEAD!r}): update palimpsest"
        )
    with writing(engine) as connection:
        _lock(connection)
        # Where another process has done it meanwhile, this does nothing.
        upgrade(connection)


def _lock(connection: Connection) -> None:
    """Nobody else makes or migrates the store until the transaction ends, as with SQLite's lock."""
    if connection.dialect.name == "postgresql":
        from archive.store.postgres import lock_schema

        lock_schema(connection)
