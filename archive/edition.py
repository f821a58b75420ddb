"""Which program this is, to the byte: what was derived by another one is derived again.

A number that somebody raises when cleaning changes is forgotten one day. It promises another name
for every change of this package's code, and of the packages it is made with.
"""

from __future__ import annotations

import hashlib
import re
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

DISTRIBUTION = "palimpsest-archive"
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@cache
def edition() -> str:
    """The name of this program's edition: 32 hexadecimal digits."""
    found = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for name in _required():
        found.update(f"{name} {_version(name)}\0".encode())
    root = Path(__file__).parent
    for path in sorted(root.rglob("*.py")):
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _required() -> list[str]:
    """The packages that this one cannot do without, by name."""
    try:
        lines = requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        return []
    needed = [line for line in lines if "extra ==" not in line]
    return sorted(found[0] for line in needed if (found := _NAME.match(line)))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
