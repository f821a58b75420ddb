"""Phrases a mirror sows: into sentences, and as lines of keywords.

Both are known by recurrence against the institute's own pages, never by their words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from archive.cleaning.script import light
from archive.cleaning.unmasking.compare import Comparison, plain
from archive.cleaning.unmasking.edits import keyword_phrases
from archive.cleaning.unmasking.host import HostSurvey

SOWN_PAGES = 3
"""Compared pages on which the same span must have been put in."""
MIN_PHRASE = 3
MAX_SPANS = 300
"""Spans that are looked at."""
KEYWORD_PAGES = 2
TOP_LINES = 3


def sown_phrases(
    comparison: Comparison,
    brands: Iterable[str],
    survey: HostSurvey,
    originals: Sequence[HostSurvey],
) -> tuple[str, ...]:
    """Spans put in on a compared page that stand on three or more of the host's pages (on two,
    where two were compared), and that the institute never writes."""
    taken = {light(b) for b in brands}
    spans = [
        (span, count)
        for span, count in comparison.inserted.items()
        if len(span) >= MIN_PHRASE and span not in taken and any(map(str.isalpha, span))
    ]
    spans = sorted(spans, key=lambda s: (-s[1], -len(s[0]), s[0]))[:MAX_SPANS]
    if not spans:
        return ()
    own = [plain(s.text) for o in originals for s in o.samples.values()]
    shown = [plain(f"{s.title} {s.text}") for s in survey.samples.values()]
    found = {}
    for span, count in spans:
        pages = max(count, sum(span in text for text in shown))
        enough = count >= SOWN_PAGES or (pages >= SOWN_PAGES - (count > 1) and len(span) > 3)
        if enough and not any(span in text for text in own):
            found[span] = pages
    return tuple(sorted(p for p in found if not _is_part(p, found)))


def _is_part(span: str, found: dict[str, int]) -> bool:
    """Whether a longer span stands on as many pages: the shorter is a piece of it."""
    return any(span != o and span in o and pages >= found[span] for o, pages in found.items())


def keyword_terms(survey: HostSurvey, originals: Sequence[HostSurvey]) -> tuple[str, ...]:
    """Phrases of keyword lines at the top of texts that recur on the host and are not the
    institute's."""
    seen: Counter[str] = Counter()
    for sample in survey.samples.values():
        lines = sample.text.split("\n")[:TOP_LINES]
        seen.update({p for line in lines for p in keyword_phrases(line)})
    often = [p for p, n in seen.items() if n >= KEYWORD_PAGES]
    own = {s for o in originals for s in o.strings}
    return tuple(sorted(p for p in often if p not in own))
