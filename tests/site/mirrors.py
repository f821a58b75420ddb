"""The spam mirrors: who they are, and which copy of the site each of them serves.

Each had copied the site before the first night, with articles that the institute has since lost,
and tampers with every page when it is asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from tests.site import institute, tamper, tamper_script
from tests.site.frontpage import NOT_FOUND
from tests.site.hosts import SESSION_PART, copied_pages, files
from tests.site.plan import first_night
from tests.site.resources import HTML, Resource, Resources
from tests.site.server import Answerer
from tests.site.snapshot import Snapshot

NAMES = (institute.FULL_NAME, institute.SHORT_NAME)
Tampering = Callable[[str, str, Random], str]


@dataclass(frozen=True, slots=True)
class Mirror:
    """One mirror: the ``brand`` it puts in the institute's place, and how it tampers (page,
    brand, random source). ``own_paths``: links go to ``/html/…``; ``utf8``: all pages are
    served as UTF-8."""

    brand: str
    kind: str
    tampering: Tampering
    own_paths: bool = False
    utf8: bool = False
    written_paging: bool = False


def _frame(html: str, brand: str, rng: Random) -> str:
    return tamper.frame(html, brand, NAMES)


def _name(html: str, brand: str, rng: Random) -> str:
    return tamper.replace_name(html, brand, NAMES)


def _traditional(html: str, brand: str, rng: Random) -> str:
    density = rng.choice((0.04, 0.12, 0.5))
    return tamper_script.put_into_traditional(html, brand, NAMES, rng, density=density)


def _doorway(html: str, brand: str, rng: Random) -> str:
    return tamper.doorway(tamper.as_utf8(html), brand, NAMES, rng)


MIRRORS = (
    Mirror("鎏岳体育", "frame", _frame),
    Mirror("骏珑国际", "name", _name),
    Mirror("铂濠娱乐城", "traditional", _traditional, utf8=True),
    Mirror("泓昊棋牌", "doorway", _doorway, own_paths=True, utf8=True, written_paging=True),
)


def own_path(target: str) -> str:
    """Where a kit puts the page that the institute has at ``target``."""
    digest = hashlib.md5(target.encode(), usedforsecurity=False).hexdigest()
    return f"/html/{digest[-6:]}/{digest}.html"


def answerer(place: int, stranger: str) -> Answerer:
    """What a mirror answers; ``stranger`` as in ``Snapshot``."""
    mirror = MIRRORS[place]
    carried = tuple(draft for draft in first_night() if place in draft.mirrors)
    pages = copied_pages(Snapshot(carried, stranger, written_paging=mirror.written_paging))
    moved = {target: own_path(target) for target in pages if target != "/"}
    homes = {own: target for target, own in moved.items()} if mirror.own_paths else {}
    kept = files(carried)
    made: Resources = {}

    def look_up(target: str) -> Resource:
        source = homes.get(target, target)
        source = SESSION_PART.sub("", source)
        if source in kept:
            return kept[source]
        if source not in pages or (mirror.own_paths and source == target != "/"):
            return NOT_FOUND
        if source not in made:
            made[source] = _tampered(mirror, source, pages[source], moved)
        return made[source]

    return look_up


def _tampered(mirror: Mirror, path: str, page: Resource, moved: dict[str, str]) -> Resource:
    html = page.text or ""
    rng = Random(f"{mirror.brand}{path}")
    html = mirror.tampering(html, mirror.brand, rng)
    if mirror.own_paths:
        html = tamper.rewrite_links(
            html, path, lambda target: moved.get(SESSION_PART.sub("", target))
        )
    if mirror.utf8:
        page = replace(page, encoding="utf-8", content_type=HTML)
    return replace(page, text=html, etag=False, modified=None)
