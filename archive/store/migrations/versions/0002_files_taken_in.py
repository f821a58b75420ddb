"""The files that backfills have taken in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; what was taken in before is read once more, and recognised."""
    op.create_table(
        "intakes",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("modified", sa.BigInteger(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("captures", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_intakes_site_id"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_intakes_run_id"),
        sa.PrimaryKeyConstraint("site_id", "name", name="pk_intakes"),
    )
