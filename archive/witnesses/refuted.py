"""Copies that the official host itself shows to be no article.

A mirror's template can hide what a page is: a list without its frame looks like a short notice.
Where the official host has the very same words on a page that is no article, the copy is none
either. It promises that only copies go, never an official page, and only on equality of the whole
folded text, so that no article is lost to a likeness.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archive.model import Witness
from archive.witnesses.fold import fold

MIN_CHARS = 20
"""Folded characters below which equal texts prove nothing."""


def without_refuted(witnesses: Sequence[Witness], no_articles: Iterable[str]) -> list[Witness]:
    """``witnesses`` less the mirrors' copies of a text in ``no_articles`` (the texts of official
    pages that are no article), in their order."""
    refuting = {folded for text in no_articles if len(folded := fold(text)) >= MIN_CHARS}
    return [
        one for one in witnesses if one.role != "mirror" or fold(one.clean.text) not in refuting
    ]
