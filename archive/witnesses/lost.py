"""Where a folded text has lost characters whose bytes were damaged.

Only a scar (?, �) is left of such a character, and folding drops it. It promises to tell a place
only where the text folds the same with it as without.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from archive.cleaning.unmasking.scars import SCARS
from archive.witnesses.fold import fold

NONE: Mapping[int, int] = MappingProxyType({})
_STAND_IN = "\ua4d0"
"""A letter (of Lisu) that folding keeps, and that no page of an institute has."""


def lost_of(raw: str, folded: str) -> Mapping[int, int]:
    """How many characters are lost at which offsets of ``folded``, the fold of ``raw``."""
    if not any(scar in raw for scar in SCARS) or _STAND_IN in raw:
        return NONE
    for scar in SCARS:
        raw = raw.replace(scar, _STAND_IN)
    shown = fold(raw)
    if shown.replace(_STAND_IN, "") != folded:
        return NONE
    found: dict[int, int] = {}
    for place, at in enumerate(i for i, letter in enumerate(shown) if letter == _STAND_IN):
        found[at - place] = found.get(at - place, 0) + 1
    return found
