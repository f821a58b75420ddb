"""What the facets count of an article, as one number.

It promises that the count over many such numbers is what the articles themselves would give.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import get_args

from archive.model import Role, Status
from archive.search.results import FacetName

Value = int | str | None
"""Of a facet: rows of branch and site, a year; None is unknown."""

_STATUSES: tuple[Status, ...] = get_args(Status)
_ROLES: tuple[Role, ...] = get_args(Role)
_ROLE_BITS = len(_ROLES)
_STATUS_BITS = 2
_YEAR_BITS = 14
_WHEN_BITS = _YEAR_BITS + _STATUS_BITS + _ROLE_BITS
_SITE_BITS = 20
_STATUS_ALONE, _WHEN_ALONE, _SITE_ALONE = (
    (1 << bits) - 1 for bits in (_STATUS_BITS, _WHEN_BITS, _SITE_BITS)
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Branch and site are rows of the store; None is unknown."""

    branch: int | None
    site: int
    year: int | None
    status: Status
    roles: Set[Role]

    def number(self) -> int:
        """All of it in 64 bits: a million sites, sixteen million branches."""
        where = (self.branch or 0) << _SITE_BITS | self.site
        when = (self.year or 0) << _STATUS_BITS | _STATUSES.index(self.status)
        roles = sum(1 << place for place, role in enumerate(_ROLES) if role in self.roles)
        return where << _WHEN_BITS | when << _ROLE_BITS | roles


def counted(numbers: Sequence[int]) -> Mapping[FacetName, Mapping[Value, int]]:
    """How many of the numbers have each value of each facet."""
    found: dict[FacetName, Counter[Value]] = {
        name: Counter() for name in ("branch", "year", "site", "status", "witness")
    }
    # Halved, for there are far fewer of either half than of both together.
    for where, many in Counter([number >> _WHEN_BITS for number in numbers]).items():
        found["branch"][where >> _SITE_BITS or None] += many
        found["site"][where & _SITE_ALONE] += many
    for when, many in Counter([number & _WHEN_ALONE for number in numbers]).items():
        found["year"][when >> _STATUS_BITS + _ROLE_BITS or None] += many
        found["status"][_STATUSES[when >> _ROLE_BITS & _STATUS_ALONE]] += many
        for place, role in enumerate(_ROLES):
            if when >> place & 1:
                found["witness"][role] += many
    return found
