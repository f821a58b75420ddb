"""What an article's reading rests on, in short: whose page, when, and how much of it was repaired.

A reader must see at once whether the institute's own page stands before him or a text reconstructed
from a mirror's, and how sure it is. It promises to count each repair once.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.model import Article, Witness

LOST = "name-lost"
"""The rule by which a place is marked that nothing tells the words of."""
SAME_AGAIN = ("html", "markdown")
"""Fields in which the repairs of the text stand again."""


@dataclass(frozen=True, slots=True)
class Basis:
    """The ``witness`` that is read and its ``place`` among the article's (from 0); how many places
    of text, title and other values were ``repaired``, the confidence of the least sure of these
    repairs (0 to 1, None where there is none), and how many are ``lost``: marked, told by nothing.
    """

    witness: Witness
    place: int
    repaired: int
    least_sure: float | None
    lost: int


def basis(article: Article) -> Basis:
    """What the reading of ``article`` rests on."""
    repairs = [one for one in article.reading.repairs if one.field not in SAME_AGAIN]
    lost = sum(one.rule == LOST for one in repairs)
    return Basis(
        witness=article.witnesses[article.reading_of],
        place=article.reading_of,
        repaired=len(repairs) - lost,
        least_sure=min((one.confidence for one in repairs if one.rule != LOST), default=None),
        lost=lost,
    )
