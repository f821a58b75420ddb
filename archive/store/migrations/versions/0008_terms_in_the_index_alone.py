"""On PostgreSQL, the terms of an article stand in the index alone; it is made again from the
articles when it is first asked."""

from __future__ import annotations

from alembic import op

from archive.store.index import terms_table

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put an empty index in the place of the one that is there."""
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    op.drop_table("search_terms")
    op.drop_table("search_state")
    terms_table.create(connection)
    op.execute("UPDATE search_state SET folding = ''")
