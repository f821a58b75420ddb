"""Whose the hosts are that a foot names: the very house's, or that of one above it.

An institute's foot names the academy it belongs to, and where that is found. It promises to know
that from a copy whose foot still says where its own house is found, by whom the titles and the way
home name.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.cleaning.unmasking.brands import MOST, common_terms, is_institution, key_of
from archive.cleaning.unmasking.host import HostSurvey


def housed_at(survey: HostSurvey, owner: str) -> str:
    """The institution whose host ``owner`` is by the foot, where nearly all else names the same
    one; empty otherwise."""
    own = set(_own_names(survey))
    return min((name for name in _named_with(survey, owner) if key_of(name) in own), default="")


def is_anothers(survey: HostSurvey, owner: str) -> bool:
    """Whether the foot gives ``owner`` as the host of institutions only that are not the one which
    titles and way home name (in full, or by the end of its name)."""
    own = list(_own_names(survey))
    named = [key_of(name) for name in _named_with(survey, owner)]
    return bool(own and named) and not any(name.endswith(one) for name in named for one in own)


def _named_with(survey: HostSurvey, owner: str) -> Iterator[str]:
    for term in common_terms(survey, "addressed", MOST):
        name, _, host = term.rpartition(" ")
        if host == owner and is_institution(name):
            yield name


def _own_names(survey: HostSurvey) -> Iterator[str]:
    for slot in ("title_ends", "home_links"):
        yield from (key_of(t) for t in common_terms(survey, slot, MOST) if is_institution(t))
