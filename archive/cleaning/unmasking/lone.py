"""What one page proves of a mirror by itself, without its host's other pages.

Hosts of a few pages are accused of nothing. But a text in which every reading in brackets follows a
character that only the traditional script has, 學(xué)院的學(xué)生, was converted by a program:
whoever helps his readers explains characters that both scripts share as well, which are more than
half of all. (A converter changes some characters of traditional texts, too, 台 into 臺; these prove
nothing.) It promises to find nothing in honest texts, and to say what the proof is.
"""

from __future__ import annotations

from dataclasses import replace

from archive.cleaning.script import is_traditional, pinyin_edits
from archive.cleaning.unmasking.kinds import tell_conversion
from archive.cleaning.unmasking.marks import MirrorMarks
from archive.model import Extraction

PLAIN_COPY = "I"
"""The letter of a host that shows no kind of tampering."""
MIN_READINGS = 8
"""Of so many readings all stand behind one of the two fifths of characters that differ once in a
thousand texts by chance."""
CONVERTED = 0.95
"""Share of the readings that stand behind traditional characters; the rest may be damaged."""


def proven_alone(extraction: Extraction, marks: MirrorMarks | None = None) -> MirrorMarks | None:
    """The ``marks`` of the host with what the text of ``extraction`` proves besides; as they are
    (None: the host has none) for nearly every page."""
    if marks is not None and "D" in marks.kinds:
        return marks
    text = extraction.text
    found = pinyin_edits(text, MIN_READINGS)
    converted = sum(is_traditional(text[edit.start - 1]) for edit in found)
    if not found or converted < CONVERTED * len(found) or not tell_conversion([text]):
        return marks
    told = f"{converted} of {len(found)} readings in brackets stand behind traditional characters"
    known = marks or MirrorMarks(host="")
    kinds = tuple(sorted({*known.kinds, "D"} - {PLAIN_COPY}))
    return replace(known, kinds=kinds, evidence=(*known.evidence, told))
