"""What a host betrays of itself as a mirror: data that passes from the survey to the undoing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from archive.cleaning.unmasking.word_brands import WordBrand

COMPARED = "put in on three or more pages that the official host has without it"
"""How sown phrases are known where the institute's own pages, or other mirrors', show them."""
LACUNA = "〔…〕"
"""Stands where a name is lost, as editors mark a gap; the repair keeps what the mirror has."""


class PageLike(Protocol):
    """What the survey needs of a page: its tree (lxml root element), its source, its address."""

    @property
    def tree(self) -> Any: ...

    @property
    def html(self) -> str: ...

    @property
    def url(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class NameSlot:
    """The mirror writes ``brand`` where the institute's own page has ``name``. ``evidence`` says
    how this is known, ``confidence`` (0 to 1) how surely."""

    brand: str
    name: str
    evidence: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Retitled:
    """One page's title is none of its article's: ``before`` stands there, ``after`` (or nothing) is
    what the page itself tells; ``evidence`` says how this is known."""

    before: str
    after: str
    evidence: str


@dataclass(frozen=True, slots=True)
class MirrorMarks:
    """The marks of one host. ``brands``, the strongest first, and ``kinds`` (the letters of
    tampering seen) are found by statistics; ``official_names`` are the institute's own;
    ``evidence`` says for each why. ``dates_rewritten``: the host has no say on dates.
    ``own_traditional``: the texts with readings were traditional before.

    ``names``: brand for name, where known. Of the brands seen inside texts or titles, where the
    name was replaced, ``lost``: those whose name nothing tells, and ``words``: those that are words
    of the language, too. ``spaced``: brands with a stray space after each.
    ``honest``: for a brand that is also an honest word of the institute's texts, the characters
    that follow it there.
    ``phrases``: strings the host inserts into sentences, ``phrases_known`` how that is known.
    ``keywords``: phrases of its keyword lines.
    ``titles``: keywords that stand in the place of titles; ``titled``: path and title of pages
    that bear one of these and whose own title the host's links tell.
    ``retitled``: what is known of the title of the one page that the marks are made for.
    ``official_hosts``: whose copy it is.
    """

    host: str
    brands: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    official_names: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    dates_rewritten: bool = False
    own_traditional: bool = False
    names: tuple[NameSlot, ...] = ()
    lost: tuple[str, ...] = ()
    words: tuple[WordBrand, ...] = ()
    spaced: tuple[str, ...] = ()
    honest: tuple[tuple[str, str], ...] = ()
    phrases: tuple[str, ...] = ()
    phrases_known: str = ""
    keywords: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    titled: tuple[tuple[str, str], ...] = ()
    retitled: Retitled | None = None
    official_hosts: tuple[str, ...] = ()
