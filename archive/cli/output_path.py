"""Where nothing may be written for others: over the archive that it is made of."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import UsageError
from archive.messages.language import say

if TYPE_CHECKING:
    from archive.store import Archive

_FOLDERS = frozenset(
    {"articles", "documents", "index", "readings", "replay", "runs", "sites", "warc"}
)
"""What an archive keeps in folders of its data directory."""

_FILES = "palimpsest."
"""How its other files there begin: the store, its journal, the lock."""


def check_output(output: Path, archive: Archive) -> None:
    """Raise UsageError where ``output`` is, or lies in, what the archive itself consists of: its
    store, its WARC files, those elsewhere that it refers to. Links are followed."""
    target = Path(os.path.realpath(output))
    if _is_own(target, archive) or archive.store.intakes.has(str(target)):
        raise UsageError(say("export.over_the_archive", path=output))


def _is_own(target: Path, archive: Archive) -> bool:
    if target.is_relative_to(os.path.realpath(archive.warc_dir)):
        return True
    data = Path(os.path.realpath(archive.data))
    if not target.is_relative_to(data) or target == data:
        return False
    first = target.relative_to(data).parts[0]
    return first in _FOLDERS or first.startswith(_FILES)
