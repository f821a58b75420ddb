"""The search index moves out of the database; a journal leads it."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the index within, make the journal that the one without follows."""
    # Stores that were made while two migrations bore the number 0003 have it already.
    if sa.inspect(op.get_bind()).has_table("journal"):
        return
    op.execute("DROP TABLE article_terms")
    op.drop_table("facts")
    journal = op.create_table(
        "journal",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("article_n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_journal"),
    )
    op.bulk_insert(journal, [{"mark": secrets.randbits(62), "article_n": 0}])
