"""How Chinese is written, and how mirrors disguise it: traditional characters, readings in
brackets, letters without width or of full width.

It promises forms for looking and comparing; what is kept as text is changed by edits alone.
"""

from archive.cleaning.script.chinese import (
    as_simplified,
    is_converted,
    is_simplified_only,
    is_traditional,
    simplified,
    simplifying_edits,
    traditional_share,
)
from archive.cleaning.script.folded import ZERO_WIDTH, Folded, fold, light
from archive.cleaning.script.readings import (
    HAN,
    MANY,
    bare_of_readings,
    pinyin_edits,
    plain,
    without_pinyin,
)

__all__ = [
    "HAN",
    "MANY",
    "ZERO_WIDTH",
    "Folded",
    "as_simplified",
    "bare_of_readings",
    "fold",
    "is_converted",
    "is_simplified_only",
    "is_traditional",
    "light",
    "pinyin_edits",
    "plain",
    "simplified",
    "simplifying_edits",
    "traditional_share",
    "without_pinyin",
]
