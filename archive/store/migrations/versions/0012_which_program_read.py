"""Which edition of the program made the articles of a site."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of articles that are there it was another one."""
    op.add_column("sites", sa.Column("edition", sa.String(32)))
