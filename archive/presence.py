"""What lies at a path, told alike by every Python.

From 3.14 on ``Path.exists`` and ``Path.is_file`` say False of what may not be looked at, as they do
of what is not there; before, they raised. Somebody without a right to a folder is to hear that, not
that he should crawl anew. It promises that no error but those of absence is taken for one.
"""

from __future__ import annotations

import errno
from pathlib import Path
from stat import S_ISREG

_ABSENT = (errno.ENOENT, errno.ENOTDIR, errno.EBADF, errno.ELOOP)


def mode_of(path: Path) -> int | None:
    """The kind and the rights of what ``path`` leads to (``st_mode``), None where nothing is.
    Raises OSError where it may not be looked at."""
    try:
        return path.stat().st_mode
    except OSError as error:
        if error.errno in _ABSENT:
            return None
        raise
    except ValueError:
        return None  # a NUL in it


def is_file(path: Path) -> bool:
    """Does ``path`` lead to a file? Raises OSError as ``mode_of`` does."""
    return S_ISREG(mode_of(path) or 0)
