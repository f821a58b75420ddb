"""Where pages lead whose house has many hosts, and which a stranger shows under another title.

The pages of a large house write all addresses out, and lead to its other hosts by the dozen. A kit
that changes their titles alone leaves them so. It promises to say nothing of a host that leads to
its own pages, too, or whose pages name it anywhere but in titles: a house's second domain, and
who has a place on the hosts of a maker of sites.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from archive.cleaning.unmasking.brands import MOST, common_terms, key_of
from archive.cleaning.unmasking.look import Look, one_owner


def in_titles_alone(look: Look, brands: Callable[[], Mapping[str, int]]) -> dict[str, int]:
    """Those of the ``brands`` that nothing but titles names, where the pages lead to many hosts of
    one stranger and to none of their own."""
    return said_in_titles_alone(look, brands()) if look.led_to[0] else {}


def said_in_titles_alone(look: Look, brands: Mapping[str, int]) -> dict[str, int]:
    """Those of the ``brands`` that no line of the host's pages has, and no text."""
    said = [key_of(line) for line in look.survey.strings]
    said += [key_of(sample.text) for sample in look.samples]
    return {
        brand: points
        for brand, points in brands.items()
        if not any(key_of(brand) in line for line in said)
    }


def mailed_points(look: Look) -> dict[str, int]:
    """What it says against a brand that the pages have the e-mail addresses, too, of the stranger
    to many of whose hosts they lead."""
    domain, count = look.led_to
    mails = common_terms(look.survey, "mail_domains", MOST)
    if not domain or not any(one_owner(domain, mail) for mail in mails):
        return {}
    return {f"links lead to {count} hosts of {domain}, whose e-mail addresses the pages give": 1}


def leading_points(look: Look, brands: Collection[str]) -> dict[str, int]:
    """What the links say against ``brands`` that stand in titles alone."""
    domain, count = look.led_to
    if not brands:
        return {}
    return {
        f"links lead to {count} hosts of {domain}, none to the host's own": 2,
        f"nothing but titles names {min(brands)}": 1,
    }


def names_two_strangers(look: Look) -> bool:
    """Whether the pages lead to many hosts of one stranger, none of their own, and the foot names
    the host of another."""
    domain, _ = look.led_to
    return bool(domain) and any(not one_owner(domain, owner) for owner in look.foreign_owners)
