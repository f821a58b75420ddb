"""Where redirects lead, and the address that gives a witness's page now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; of what is there nothing is known."""
    op.add_column("captures", sa.Column("location", sa.Text()))
    op.add_column("witnesses", sa.Column("moved_to", sa.Text()))
