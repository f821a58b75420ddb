"""The articles as the last report of a run left them, for as long as nothing newer was reported."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; the next run fills it."""
    op.create_table(
        "last_reported",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("articles", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_last_reported_site_id"),
        sa.PrimaryKeyConstraint("site_id", name="pk_last_reported"),
    )
