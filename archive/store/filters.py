"""What narrows a list of articles (archive.search.filters), as conditions on the store's tables."""

from __future__ import annotations

import operator

import sqlalchemy as sa

from archive.search.filters import Filters
from archive.store import schema

_SCHEMES = {"http": ":80", "https": ":443"}
"""And their default ports."""

_a, _s, _b, _w = schema.articles, schema.sites, schema.branches, schema.witnesses


def conditions(filters: Filters) -> list[sa.ColumnElement[bool]]:
    """The filters as conditions on articles joined with sites and branches."""
    wanted = (
        (_s.c.name, operator.eq, filters.site),
        (_b.c.name, operator.eq, filters.branch),
        (_a.c.published, operator.ge, filters.date_from),
        (_a.c.published, operator.le, filters.date_to),
        (_a.c.status, operator.eq, filters.status),
    )
    found = [compare(column, value) for column, compare, value in wanted if value is not None]
    if filters.witness is not None:
        found.append(_a.c.n.in_(sa.select(_w.c.article_n).where(_w.c.role == filters.witness)))
    if filters.host is not None:
        found.append(_a.c.n.in_(sa.select(_w.c.article_n).where(is_on(_w.c.url, filters.host))))
    if filters.only_host is not None:
        here = is_on(_w.c.url, filters.only_host)
        elsewhere = sa.and_(sa.not_(here), _has_host(_w.c.url))
        found.append(_a.c.n.in_(sa.select(_w.c.article_n).where(here)))
        found.append(_a.c.n.not_in(sa.select(_w.c.article_n).where(elsewhere)))
    return found


def _has_host(url: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    return sa.or_(*(sa.func.lower(url).startswith(f"{scheme}://") for scheme in _SCHEMES))


def is_on(url: sa.ColumnElement[str], host: str) -> sa.ColumnElement[bool]:
    """Whether an address is on the host, as ``archive.addresses.host_of`` has it (but for the rare
    address with a user or a dot behind the host)."""
    address = sa.func.lower(url)
    starts = [
        f"{scheme}://{host}{port}" for scheme, default in _SCHEMES.items() for port in ("", default)
    ]
    begun = (address.startswith(one + end, autoescape=True) for one in starts for end in "/?#")
    return sa.or_(address.in_(starts), *begun)
