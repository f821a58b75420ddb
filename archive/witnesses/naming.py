"""What articles are called: each by the id it was given first, for as long as it can be told.

A citation names an id. It promises that an article keeps its id whatever becomes its best witness;
that of several which turn out to be one the id given first stays, and the others lead to it; that
of one which falls into several each keeps the ids given for its own witnesses; that no id is ever
given to another work; and that ids which nobody has given yet depend on the addresses alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from archive.model import GivenId, Witness
from archive.witnesses.identity import article_id, article_id_apart


@dataclass(frozen=True, slots=True)
class Named:
    """An article's ``id``, those it had before, and those its further addresses would give it."""

    id: str
    former_ids: tuple[str, ...]
    address_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """The witnesses of one article; ``chosen`` is the place of the one it is read from."""

    members: Sequence[Witness]
    chosen: int


Stood = Mapping[str, Sequence[datetime]]
"""Addresses, each with earlier moments at which the work stood there that stands there now."""


def named(
    site: str, works: Sequence[Work], given: Iterable[GivenId], stood: Stood | None = None
) -> list[Named]:
    """What the ``works`` of ``site`` are called, when these ids have been ``given`` before, and
    the works had ``stood`` at their addresses before; a new id is the first of the works' that
    wants it."""
    taken: set[str] = set()
    claims = _claims(site, works, given, stood or {}, taken)
    ids: list[str] = []
    plain: list[set[str]] = []
    for place, work in enumerate(works):
        url = work.members[work.chosen].url
        known = [one[-1] for one in sorted(claims.get(place, ()))]
        of_addresses = {_behind_host(one): one for one in _addresses(work)}
        wanted = {key: article_id(site, one) for key, one in of_addresses.items()}
        plain.append(set(wanted.values()))
        ids.append(known[0] if known else _new(site, url, wanted[_behind_host(url)], taken))
        taken.add(ids[-1])
    found = []
    for place, wanted_ids in enumerate(plain):
        former = {one[-1] for one in claims.get(place, ())} - {ids[place]}
        more = wanted_ids - taken
        taken |= more
        found.append(Named(ids[place], tuple(sorted(former)), tuple(sorted(more))))
    return found


def _addresses(work: Work) -> Iterator[str]:
    """Those of the witnesses, and of the further pages that they stand on."""
    for one in work.members:
        yield one.url
        yield from (page.url for page in one.raw.pages if page.pointer is not None)


_Claim = tuple[datetime, bool, int, str, str]
"""Sorts the ids of one work: the one given first, of one moment the official address's, then the
shortest address's; the id comes last."""


def _claims(
    site: str,
    works: Sequence[Work],
    given: Iterable[GivenId],
    stood: Stood,
    taken: set[str],
) -> dict[int, list[_Claim]]:
    """The ids that belong to each work, by its place; all that were given become ``taken``."""
    at = _standing(works, stood)
    claims: dict[int, list[_Claim]] = defaultdict(list)
    lost: dict[str, GivenId] = {}
    for one in given:
        taken.add(one.id)
        if one.url in at:
            place, _, witness = min(at[one.url], key=lambda found: _distance(one, found[1]))
            claims[place].append(_claim(one, witness))
        else:
            lost[one.id] = one
    if lost:
        _by_path(site, works, lost, claims)
    return claims


def _standing(
    works: Sequence[Work], stood: Stood
) -> dict[str, list[tuple[int, datetime, Witness]]]:
    """Which works stood at each address: their places, when, and as which witness."""
    at: dict[str, list[tuple[int, datetime, Witness]]] = defaultdict(list)
    for place, work in enumerate(works):
        for witness in work.members:
            at[witness.url].append((place, witness.captured_at, witness))
    for url in stood.keys() & at.keys():
        # What an address shows again is not the work of what stood there in between.
        place, _, witness = max(at[url], key=lambda found: found[1])
        at[url] += ((place, moment, witness) for moment in stood[url])
    return at


def _distance(given: GivenId, moment: datetime) -> tuple[float, datetime]:
    """Where several works have stood at an address, the id is that one's which stood there then."""
    return abs((moment - given.captured_at).total_seconds()), moment


def _by_path(
    site: str,
    works: Sequence[Work],
    lost: dict[str, GivenId],
    claims: dict[int, list[_Claim]],
) -> None:
    """An address that is no witness any more, and of which the same path on another host is one
    (https for http): its id goes over, unless that article has one already."""
    for place, work in enumerate(works):
        if place in claims:
            continue
        for witness in work.members:
            one = lost.pop(article_id(site, witness.url), None)
            if one is not None:
                claims[place].append(_claim(one, witness))


def _claim(given: GivenId, witness: Witness) -> _Claim:
    is_not_official = witness.role != "original"
    return given.given_at, is_not_official, len(given.url), given.url, given.id


def _behind_host(url: str) -> str:
    """What most mirrors keep of an address: to work out an id takes longer than to see that."""
    scheme, parts, rest = url.partition("://")
    return rest.partition("/")[2] if parts else scheme


def _new(site: str, url: str, plain: str, taken: set[str]) -> str:
    rank, name = 0, plain
    while name in taken:
        rank += 1
        name = article_id_apart(site, url, rank)
    return name
