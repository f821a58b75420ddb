"""Names of a package that are loaded at their first use (PEP 562), so that whoever wants one module
of it does not wait for all others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module


def at_need(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """The ``__getattr__`` of ``package``: ``homes`` has the module of each name, in full."""

    def load(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(homes[name]), name)

    return load
