"""Files that are written under a name which is known beforehand.

A data directory may come from somebody else: whoever made it may have put a link to a file of the
operator's where the program will write. It promises that nothing is written through one.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO


def afresh(path: Path) -> BinaryIO:
    """A new, empty file at ``path``; what had that name, a link or what a dead process left, is
    taken away. Raises OSError."""
    path.unlink(missing_ok=True)
    return path.open("xb")
