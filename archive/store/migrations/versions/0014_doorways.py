"""Captures may be doorway pages: a program from before has no word for that kind.

Nothing in the tables changes. Without this step an older program would open the store, and end in
the middle of its work where it meets such a capture.
"""

from __future__ import annotations

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing but the number by which older programs know that the store is newer."""
