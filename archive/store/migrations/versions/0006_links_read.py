"""The frontier knows of which pages it has the links, and from which edition of discovery."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nothing is known of what is there."""
    # Stores that were made while two migrations bore the number 0005 have it already.
    known = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("frontier")}
    if "links" not in known:
        op.add_column("frontier", sa.Column("links", sa.Integer()))
