"""Mirrors made up for tests and measurements: invented brands over any institute's pages.

Every kind of tampering that spam mirrors are known for, in a chosen strength. Names, brands and
phrases come out of a random source, so that nothing can be tuned to any of them; what was true
before is known to the last character.
"""

from tests.tampering.brands import Disguise, invented_brand, invented_institute
from tests.tampering.copies import Copy, Original, copied, originals
from tests.tampering.kinds import KINDS, RECIPES

__all__ = [
    "KINDS",
    "RECIPES",
    "Copy",
    "Disguise",
    "Original",
    "copied",
    "invented_brand",
    "invented_institute",
    "originals",
]
