"""Processes as the kernel tells of them: which another one has begun, whether they still run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def children(pid: int) -> list[int]:
    """The processes that ``pid`` has begun, and that have not been waited for."""
    return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def have_ended(pids: Iterable[int]) -> bool:
    """Whether none of them runs any more."""
    return not any(Path(f"/proc/{pid}").exists() and not _is_dead(pid) for pid in pids)


def _is_dead(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True
