"""The tables of the store, in SQLAlchemy's words and in no dialect's.

Evidence (``captures``), the walk (``frontier``, ``runs``) and the ids that were given are written
once; ``articles`` and everything that hangs on them is derived and can be thrown away. It promises
that a fresh database made from here equals one that went through every migration (a test compares
them).
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

HEAD = "0014"
"""The newest revision in ``migrations/versions``; kept here so that opening needs no Alembic."""


def moment_text(moment: datetime) -> str:
    """``2010-12-09T08:00:00.000000Z`` from an aware time."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware time in UTC, as ISO 8601 text of fixed width, so that text order is time order."""

    impl = sa.String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """The text of an aware time."""
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The aware time again."""
        return None if value is None else datetime.fromisoformat(value)


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _site() -> sa.Column[int]:
    return sa.Column("site_id", sa.ForeignKey("sites.id"), nullable=False)


def _article() -> sa.Column[int]:
    return sa.Column("article_n", sa.ForeignKey("articles.n", ondelete="CASCADE"), nullable=False)


sites = sa.Table(
    "sites",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("official", sa.JSON, nullable=False),
    sa.Column("mirrors", sa.JSON, nullable=False),
    # That of the program which made the articles (archive.edition); none is known of old stores.
    sa.Column("edition", sa.String(32)),
    # Those that did so before it, the latest first, with a blank between two.
    sa.Column("former_editions", sa.Text),
)

mirrors = sa.Table(
    "mirrors",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _site(),
    sa.Column("host", sa.Text, nullable=False),
    sa.Column("facts", sa.JSON, nullable=False),
    sa.UniqueConstraint("site_id", "host"),
)

branches = sa.Table(
    "branches",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _site(),
    sa.Column("name", sa.Text, nullable=False),
    sa.UniqueConstraint("site_id", "name"),
)

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _site(),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("started", Moment, nullable=False),
    sa.Column("ended", Moment),
    sa.Column("outcome", sa.Text),
    sa.Column("exit_code", sa.Integer),
    sa.Column("report", sa.JSON),
)

models = sa.Table(
    "models",
    metadata,
    _site(),
    sa.Column("host", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("site_id", "host"),
)

captures = sa.Table(
    "captures",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _site(),
    sa.Column("run_id", sa.ForeignKey("runs.id"), nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("host", sa.Text, nullable=False),
    sa.Column("captured_at", Moment, nullable=False),
    sa.Column("status", sa.Integer),
    sa.Column("media_type", sa.Text),
    sa.Column("kind", sa.String(16)),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("offset", sa.BigInteger, nullable=False),
    sa.Column("length", sa.BigInteger, nullable=False),
    sa.Column("payload_digest", sa.Text, nullable=False),
    sa.Column("record_id", sa.Text, nullable=False),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("via", sa.Text),
    sa.Column("error", sa.Text),
    # Where a redirect leads.
    sa.Column("location", sa.Text),
    # The same record taken in twice is one capture.
    sa.UniqueConstraint("site_id", "record_id"),
    sa.Index(None, "site_id", "url", "captured_at"),
)

intakes = sa.Table(
    "intakes",
    metadata,
    _site(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    # Nanoseconds since the epoch, as the file system has them.
    sa.Column("modified", sa.BigInteger, nullable=False),
    sa.Column("run_id", sa.ForeignKey("runs.id"), nullable=False),
    sa.Column("captures", sa.Integer, nullable=False),
    sa.Column("problems", sa.Integer, nullable=False),
    sa.PrimaryKeyConstraint("site_id", "name"),
)

articles = sa.Table(
    "articles",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("id", sa.String(64), nullable=False, unique=True),
    _site(),
    sa.Column("branch_id", sa.ForeignKey("branches.id")),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("author", sa.Text),
    sa.Column("source", sa.Text),
    sa.Column("published", sa.Date),
    sa.Column("hits", sa.BigInteger),
    sa.Column("language", sa.Text),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("first_seen", Moment, nullable=False),
    sa.Column("last_seen", Moment, nullable=False),
    sa.Column("versions", sa.Integer, nullable=False),
    sa.Column("reading_of", sa.Integer, nullable=False),
    # Of everything the article says, but not of when it was seen; where it is equal, no more
    # than these moments is to be written.
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Index(None, "site_id", "published"),
    sa.Index(None, "branch_id"),
    sa.Index(None, "url"),
)

aliases = sa.Table(
    "aliases",
    metadata,
    # What else an article is found by: ids it was called by (``given``), and those that its further
    # addresses would have given it.
    _article(),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("id", sa.String(64), nullable=False),
    sa.Column("given", sa.Boolean, nullable=False),
    sa.PrimaryKeyConstraint("article_n", "place"),
    sa.Index(None, "id"),
)

given_ids = sa.Table(
    "given_ids",
    metadata,
    # Every id that was ever given, and the witness it was given for: a fact like a capture, which
    # outlives the article.
    sa.Column("id", sa.String(64), primary_key=True),
    _site(),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("captured_at", Moment, nullable=False),
    sa.Column("given_at", Moment, nullable=False),
    sqlite_with_rowid=False,
)

documents = sa.Table(
    "documents",
    metadata,
    _article(),
    # 0 is the reading; raw, clean and reading are often one and the same.
    sa.Column("place", sa.Integer, nullable=False),
    # The extraction as compressed JSON.
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.PrimaryKeyConstraint("article_n", "place"),
)


def _of_document(column: str) -> sa.ForeignKeyConstraint:
    # With the article in it, so that the primary keys serve as the index that deleting needs.
    return sa.ForeignKeyConstraint(
        ["article_n", column], ["documents.article_n", "documents.place"]
    )


versions = sa.Table(
    "versions",
    metadata,
    _article(),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("document", sa.Integer, nullable=False),
    sa.Column("first_seen", Moment, nullable=False),
    sa.Column("last_seen", Moment, nullable=False),
    sa.Column("is_current", sa.Boolean, nullable=False),
    sa.PrimaryKeyConstraint("article_n", "number"),
    _of_document("document"),
    sa.Index(
        "uq_versions_current",
        "article_n",
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    ),
)

witnesses = sa.Table(
    "witnesses",
    metadata,
    _article(),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("captured_at", Moment, nullable=False),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("offset", sa.BigInteger, nullable=False),
    sa.Column("length", sa.BigInteger, nullable=False),
    sa.Column("payload_digest", sa.Text, nullable=False),
    sa.Column("record_id", sa.Text, nullable=False),
    sa.Column("brand", sa.Text),
    sa.Column("kinds", sa.JSON, nullable=False),
    sa.Column("raw", sa.Integer, nullable=False),
    sa.Column("clean", sa.Integer, nullable=False),
    # The address that gives the page now, where its own gives it no more.
    sa.Column("moved_to", sa.Text),
    sa.PrimaryKeyConstraint("article_n", "place"),
    _of_document("raw"),
    _of_document("clean"),
    sa.Index(None, "url"),
)

repairs = sa.Table(
    "repairs",
    metadata,
    _article(),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("after", sa.Text, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("evidence", sa.Text, nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.PrimaryKeyConstraint("article_n", "place"),
)

assets = sa.Table(
    "assets",
    metadata,
    _article(),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("name", sa.Text),
    sa.PrimaryKeyConstraint("article_n", "kind", "place"),
    sa.Index(None, "url"),
)

_WAITING = sa.text("state = 'waiting'")
_LEASED = sa.text("state = 'leased'")

frontier = sa.Table(
    "frontier",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _site(),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("host", sa.Text, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("depth", sa.Integer, nullable=False),
    sa.Column("via", sa.Text),
    sa.Column("anchor", sa.Text),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("detail", sa.Text),
    sa.Column("tries", sa.Integer, nullable=False),
    # Seconds since the epoch: not to be asked for before, leased until.
    sa.Column("not_before", sa.Float, nullable=False),
    sa.Column("leased_until", sa.Float),
    # The edition of link discovery that has put in what this page leads to.
    sa.Column("links", sa.Integer),
    sa.UniqueConstraint("site_id", "url"),
    # Partial, so that the million done rows weigh nothing on the queue.
    sa.Index(
        "ix_frontier_waiting",
        "site_id",
        "host",
        sa.text("priority DESC"),
        "id",
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    ),
    sa.Index(
        "ix_frontier_leased",
        "site_id",
        "leased_until",
        sqlite_where=_LEASED,
        postgresql_where=_LEASED,
    ),
)

journal = sa.Table(
    "journal",
    metadata,
    # Article rows in the order in which they were written or removed: what the index follows.
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("mark", sa.BigInteger, nullable=False),
    sa.Column("article_n", sa.Integer, nullable=False),
)

saved_queries = sa.Table(
    "saved_queries",
    metadata,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("filters", sa.JSON, nullable=False),
    sa.Column("saved_at", Moment, nullable=False),
)

last_reported = sa.Table(
    "last_reported",
    metadata,
    sa.Column("site_id", sa.ForeignKey("sites.id"), primary_key=True, autoincrement=False),
    # What archive.runs.unreported makes of them; there while a run has changed what none reported.
    sa.Column("articles", sa.LargeBinary, nullable=False),
)
