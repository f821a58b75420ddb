"""Ids that were given are kept for good, and lead to the article of today."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_GIVE = sa.text(
    "INSERT INTO given_ids (id, site_id, url, captured_at, given_at) "
    "SELECT a.id, a.site_id, w.url, w.captured_at, :now FROM articles AS a "
    "JOIN witnesses AS w ON w.article_n = a.n AND w.place = a.reading_of"
)


def upgrade() -> None:
    """Make the tables; what the articles are called now was given."""
    op.create_table(
        "aliases",
        sa.Column("article_n", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_n"], ["articles.n"], name="fk_aliases_article_n", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_n", "place", name="pk_aliases"),
    )
    op.create_index("ix_aliases_id", "aliases", ["id"])
    op.create_table(
        "given_ids",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("captured_at", sa.String(27), nullable=False),
        sa.Column("given_at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_given_ids_site_id"),
        sa.PrimaryKeyConstraint("id", name="pk_given_ids"),
        sqlite_with_rowid=False,
    )
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    op.get_bind().execute(_GIVE, {"now": now})
