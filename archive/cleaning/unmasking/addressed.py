"""Whose the hosts are that a foot names: the very house's, or that of one above it.

An institute's foot names the academy it belongs to, and where that is found. It promises to know
that from a copy whose foot still says where its own house is found, by whom the titles and the way
home name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from archive.addresses import registered_domain
from archive.cleaning.unmasking.brands import FEW, MOST, common_terms, is_institution, key_of
from archive.cleaning.unmasking.host import HostSurvey

A_PART = 0.1
"""Share of a host's pages whose feet name an owner that makes him one of several."""


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


def named_in_turn(survey: HostSurvey) -> tuple[str, ...]:
    """The owners' domains, in alphabetical order, of which the feet of the pages name one or
    another: a host that shows the pages of several houses. Empty where no two do so, or where some
    page must name both."""
    domains: Counter[str] = Counter()
    for host, pages in survey.slots["owner_hosts"].items():
        domain = registered_domain(host)
        domains[domain] = max(domains[domain], pages)
    least = max(FEW, A_PART * survey.pages)
    often = {domain: pages for domain, pages in domains.items() if pages >= least}
    is_in_turn = len(often) > 1 and sum(often.values()) <= survey.pages
    return tuple(sorted(often)) if is_in_turn else ()
