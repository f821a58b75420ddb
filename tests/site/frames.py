"""The frames that stand around the articles: template files filled with the institute's facts."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

from tests.site import institute

TEMPLATES = Path(__file__).parent / "templates"
PRIVATE_AREA = "/neibu/"
CALENDAR = "/new/calendar"
FACTS = {
    "full_name": institute.FULL_NAME,
    "short_name": institute.SHORT_NAME,
    "english_name": institute.ENGLISH_NAME,
    "domain": institute.DOMAIN,
    "www": institute.WWW,
    "icp": institute.ICP,
    "address": institute.ADDRESS,
    "postcode": institute.POSTCODE,
}


@cache
def _template(name: str) -> Template:
    return Template((TEMPLATES / f"{name}.html").read_text(encoding="utf-8"))


def fill(name: str, **values: str) -> str:
    """A template with the institute's facts and ``values`` put in, which are HTML already."""
    return _template(name).substitute(FACTS, **values)
