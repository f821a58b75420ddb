"""The spam mirrors: who they are, and which copy of the site each of them serves."""

from __future__ import annotations

from dataclasses import dataclass

from tests.site.resources import Resource
from tests.site.server import Answerer


@dataclass(frozen=True, slots=True)
class Mirror:
    """One mirror: the ``brand`` it puts in the institute's place."""

    brand: str


MIRRORS: tuple[Mirror, ...] = ()


def answerer(place: int, stranger: str) -> Answerer:
    """What a mirror answers; ``stranger`` as in ``Snapshot``."""
    notice = Resource(text=f"{MIRRORS[place].brand}{stranger}")
    return lambda target: notice
