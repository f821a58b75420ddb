"""Whether two hosts show the same pages, not the same articles alone.

Reprints share articles, and every house sets them into pages of its own. A mirror takes the page as
it stands, with its menus. It promises to compare what stands round the articles only, and that
houses which bought one template, or one of whose menus is short, do not count as one.
"""

from __future__ import annotations

from archive.cleaning.script import fold
from archive.cleaning.unmasking.brands import MOST, common_terms
from archive.cleaning.unmasking.host import HostSurvey

FRAME_SHARE = 0.2
"""Share of a host's pages (three pages at least) that must have a string of its frame."""
FEW_PAGES = 3
SAME_FRAME = 0.6
"""Share of the smaller frame's strings that must stand in the other's frame."""
MIN_STRINGS = 8
"""Strings a frame must have to be compared."""


def same_pages(one: HostSurvey, other: HostSurvey) -> bool:
    """Whether most of what stands round the articles is the same on both hosts, or their pages
    bear one registration number."""
    if set(common_terms(one, "icp", MOST)) & set(common_terms(other, "icp", MOST)):
        return True
    left, right = _frame(one), _frame(other)
    least = min(len(left), len(right))
    return least >= MIN_STRINGS and len(left & right) >= SAME_FRAME * least


def _frame(survey: HostSurvey) -> set[str]:
    least = max(FEW_PAGES, FRAME_SHARE * survey.pages)
    return {fold(term) for term, count in survey.strings.items() if count >= least} - {""}
