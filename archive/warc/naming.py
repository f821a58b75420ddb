"""Names of WARC files: they sort by time, and no two are alike.

``PREFIX-YYYYMMDDhhmmssmmm-SERIAL-TOKEN.warc.gz`` (WARC 1.1, annex C), with ``.open`` behind it
while it is being written.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import UTC, datetime
from pathlib import Path

from archive.warc.timestamps import timestamp

SUFFIX = ".warc.gz"
OPEN_SUFFIX = ".open"
MAX_PREFIX_CHARACTERS = 60
OWN_NAME = re.compile(r"[A-Za-z0-9._-]+-\d{17}-\d{5,}-[0-9a-f]{6}\.warc\.gz")
"""What ``file_name`` gives."""


def safe_prefix(prefix: str) -> str:
    """``prefix`` with nothing in it that a file system minds; never empty."""
    kept = re.sub(r"[^A-Za-z0-9._]+", "_", prefix)[:MAX_PREFIX_CHARACTERS].strip("._")
    return kept or "palimpsest"


def apart(name: str) -> str:
    """Digits that tell names apart whose safe forms are alike, as those in other scripts are."""
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]


def file_name(prefix: str, serial: int, moment: datetime | None = None) -> str:
    """The final name of the ``serial``-th file begun at ``moment`` (now, when None)."""
    moment = moment or datetime.now(UTC)
    stamp = f"{timestamp(moment)}{moment.microsecond // 1000:03d}"
    return f"{safe_prefix(prefix)}-{stamp}-{serial:05d}-{secrets.token_hex(3)}{SUFFIX}"


def open_path(final: Path) -> Path:
    """The path of the file while it is being written."""
    return final.with_name(final.name + OPEN_SUFFIX)
