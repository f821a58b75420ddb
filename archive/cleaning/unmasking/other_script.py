"""Names in simplified characters at the ends of titles that are traditional.

A kit that puts its brand into titles, and nowhere else, leaves the rest of them as the site has it:
two scripts stand in one title. A site that a converter shows to readers of the other script has its
titles in one, with or without its name. It promises to say nothing of names that the page has
elsewhere, in whichever script.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from archive.cleaning.script import traditional_share
from archive.cleaning.unmasking.compare import TRADITIONAL
from archive.cleaning.unmasking.leading import said_in_titles_alone
from archive.cleaning.unmasking.look import Look, is_simplified


def in_the_other_script(look: Look, brands: Mapping[str, int]) -> dict[str, int]:
    """Those of the ``brands`` in simplified characters that nothing but titles names, where these
    are in traditional ones but for them."""
    if not look.is_traditional or look.is_reserved:
        return {}
    mixed = {brand: points for brand, points in brands.items() if is_simplified(brand)}
    return said_in_titles_alone(look, mixed) if mixed and _rest_is_traditional(look, mixed) else {}


def _rest_is_traditional(look: Look, brands: Collection[str]) -> bool:
    """Whether what stands at the ends of titles besides ``brands`` is traditional: headlines, or
    the name of the house."""
    ends = look.survey.slots["title_ends"]
    rest = "".join(end * pages for end, pages in ends.items() if end not in brands)
    share, told = traditional_share(rest)
    return told >= look.survey.pages and share >= TRADITIONAL
