"""Which editions of the program made a site's articles before the one that did so last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what is there says nothing of it."""
    op.add_column("sites", sa.Column("former_editions", sa.Text()))
