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
    op.add_column("frontier", sa.Column("links", sa.Integer()))
