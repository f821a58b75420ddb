"""Phrases a mirror sows: into sentences, and as lines of keywords.

Both are known by recurrence against the institute's own pages, never by their words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from archive.cleaning.unmasking.compare import Comparison, plain
from archive.cleaning.unmasking.edits import keyword_phrases
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.script import light

SOWN_PAGES = 3
"""Compared pages on which the same span must have been put in."""
MIN_PHRASE = 3
KEYWORD_PAGES = 2
TOP_LINES = 3


def sown_phrases(
    comparison: Comparison, brands: Iterable[str], originals: list[HostSurvey]
) -> tuple[str, ...]:
    """Spans found inserted on three or more compared pages and never written by the institute."""
    taken = {light(b) for b in brands}
    often = [
        span
        for span, count in comparison.inserted.items()
        if count >= SOWN_PAGES and len(span) >= MIN_PHRASE and span not in taken
    ]
    own = [plain(s.text) for o in originals for s in o.samples.values()] if often else []
    return tuple(sorted(p for p in often if not p.isdigit() and not any(p in t for t in own)))


def keyword_terms(survey: HostSurvey, originals: list[HostSurvey]) -> tuple[str, ...]:
    """Phrases of keyword lines at the top of texts that recur on the host and are not the
    institute's."""
    seen: Counter[str] = Counter()
    for sample in survey.samples.values():
        lines = sample.text.split("\n")[:TOP_LINES]
        seen.update({p for line in lines for p in keyword_phrases(line)})
    often = [p for p, n in seen.items() if n >= KEYWORD_PAGES]
    own = {s for o in originals for s in o.strings}
    return tuple(sorted(p for p in often if p not in own))
