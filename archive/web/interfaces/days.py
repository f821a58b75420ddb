"""A day as a parameter: YYYY-MM-DD (RFC 3339, full-date), as the description says.

Pydantic also takes a number for one, seconds since 1970: ``since=0`` would be answered with
everything.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written(value: object) -> object:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("a day is written YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_written)]
"""Of a request; what is written otherwise is a problem (400)."""
