"""An institute's article pages with their truth, and a mirror's copies of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from tests.site import institute, tamper
from tests.site.hosts import copied_pages
from tests.site.institute import Generation
from tests.site.plan import first_night
from tests.site.sample import truth
from tests.site.snapshot import Snapshot
from tests.tampering.brands import Disguise, invented_disguise, invented_institute
from tests.tampering.kinds import KINDS, RECIPES

STRANGER = "stranger.example"
TODAY = "2026-05-01"
PROVINCES = "京沪粤苏浙鲁川陕滇吉"
_BROKEN_NAME = re.compile(r"\s*".join(institute.FULL_NAME))
"""The name, also where the source breaks its line within it."""


@dataclass(frozen=True, slots=True)
class Original:
    """One article page as the institute has it: its path, its HTML, and what is true of it."""

    path: str
    html: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A mirror: its ``recipe``, ``disguise``, and its pages by path, each with its original."""

    recipe: str
    disguise: Disguise
    pages: tuple[tuple[str, str, Original], ...]


@cache
def _sample() -> tuple[Original, ...]:
    """The sample's articles of one page each."""
    pages = copied_pages(Snapshot(tuple(first_night()), STRANGER))
    return tuple(
        Original(one.path, tamper.as_utf8(html), one.title, one.text)
        for one in truth(1)
        if len(one.pages) == 1 and one.path in pages and (html := pages[one.path].text)
    )


def originals(
    rng: Random, count: int, host: str | None = None, generation: Generation | None = None
) -> tuple[tuple[str, str], tuple[Original, ...]]:
    """Names of an invented institute, and ``count`` of its articles in one template under a
    registration number of its own; where a ``host`` is given, the pages' foot names it."""
    wanted = generation or rng.choice(list(Generation))
    paths = {d.path for d in first_night() if d.branch.generation is wanted}
    chosen = [one for one in _sample() if one.path in paths]
    chosen = rng.sample(chosen, min(count, len(chosen)))
    full, short = invented_institute(rng)
    number = f"{rng.choice(PROVINCES)}ICP备{rng.randrange(10**8):08}号"
    known = (
        (institute.FULL_NAME, full), (institute.SHORT_NAME, short), (institute.ICP, number),
        (f"http://{institute.WWW}", f"http://{host}" if host else ""),
        (f"webmaster@{institute.DOMAIN}", f"webmaster@{_domain(host)}" if host else ""),
    )  # fmt: skip
    renamed = [_renamed(one, known) for one in chosen]
    foot = f"<div>Copyright © 2003-2012 {full} {host}</div>" if host else ""
    return (full, short), tuple(
        replace(one, html=tamper.BODY_END.sub(lambda m: foot + m[0], one.html, count=1))
        for one in renamed
    )


def _domain(host: str) -> str:
    return host.removeprefix("www.")


def _renamed(one: Original, known: Sequence[tuple[str, str]]) -> Original:
    def name(text: str) -> str:
        for before, after in known:
            text = text.replace(before, after)
        return text

    html = _BROKEN_NAME.sub(institute.FULL_NAME, one.html)
    return replace(one, html=name(html), title=name(one.title), text=name(one.text))


def copied(
    pages: Sequence[Original],
    names: tuple[str, ...],
    recipe: str,
    rng: Random,
    *,
    strength: float = 1.0,
    own_paths: bool = False,
    brand: str = "",
) -> Copy:
    """A mirror's copies of ``pages`` by ``recipe``, under an invented brand unless one is given."""
    disguise = invented_disguise(rng, names, TODAY)
    disguise = replace(disguise, brand=brand) if brand else disguise
    made = []
    for one in pages:
        html = one.html
        for kind in RECIPES[recipe]:
            html = KINDS[kind](html, disguise, rng, strength)
        made.append((_moved(one.path) if own_paths else one.path, html, one))
    return Copy(recipe, disguise, tuple(made))


def _moved(path: str) -> str:
    digest = hashlib.md5(path.encode(), usedforsecurity=False).hexdigest()
    return f"/html/{digest[-6:]}/{digest}.html"
