"""Texts into which a mirror has sown phrases."""

from __future__ import annotations

import re
from random import Random

from archive.cleaning.unmasking.compare import plain
from tests.tampering import copied, originals
from tests.tampering.kinds import sown

PAGES = 12
SEEDS = range(5)
TAG = re.compile(r"<[^>]*>")


def texts_of(seed: int, strength: float) -> tuple[list[str], set[str], list[str]]:
    """Tampered texts, the phrases that stand on two pages or more, and the texts as they were."""
    made, phrases, clean = sown_texts(seed, strength)
    often = {phrase for phrase in phrases if sum(phrase in text for text in made) >= 2}
    return made, often, clean


def sown_texts(seed: int, strength: float) -> tuple[list[str], set[str], list[str]]:
    """The same with all phrases."""
    rng = Random(f"recurring {seed}")
    names, pages = originals(rng, PAGES)
    disguise = copied(pages[:1], names, "plain", rng).disguise
    made = []
    for one in pages:
        html = "<p>" + one.text.replace("\n", "</p><p>") + "</p>"
        made.append(plain(TAG.sub("\n", sown(html, disguise, rng, strength))))
    phrases = {plain(phrase) for phrase in disguise.phrases}
    return made, phrases, [plain(one.text) for one in pages]
