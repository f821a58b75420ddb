"""Leases that end without an answer: given back, run out, or left by a process that died.

It promises that an address waits again whoever held it, that one whose holder died with it is a
suspect (see ``leasing``), and that one which killed its holders too often is set aside for a time:
whoever ends processes from outside may have hit an innocent one as often.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection

from archive.store import schema
from archive.store.characters import storable
from archive.store.dialect import Prepared, Rows
from archive.store.leasing import LEASE_DIED, LEASED, MAX_LEASE_SECONDS

MAX_DEATHS = 3
"""Leases that an address may cost before it is set aside."""
FIRST_REST_SECONDS = 20 * 3_600.0
"""Less than lies between two nights, so that an address which was only unlucky misses one."""
LONGEST_REST_SECONDS = 32 * FIRST_REST_SECONDS
"""Each further death doubles the rest, up to this: an address that kills costs few nights."""

_t = schema.frontier


def _after_death() -> sa.Case[str]:
    return sa.case((_t.c.tries >= MAX_DEATHS, "quarantined"), else_="waiting")


def _given_back(**values: object) -> Prepared:
    at = _t.c.site_id == sa.bindparam("at_site"), _t.c.url == sa.bindparam("at_url")
    moment = sa.bindparam("moment", type_=sa.Float)
    statement = sa.update(_t).where(*at, LEASED)
    return Prepared(statement.values(**values, leased_until=None, not_before=moment))


_WHY = sa.bindparam("why", type_=sa.Text)
_COUNT = _given_back(state=_after_death(), reason=_WHY)
_UNDO = _given_back(
    state="waiting",
    tries=_t.c.tries - 1,
    # A suspect that was never tried stays one.
    reason=sa.case((_t.c.reason == LEASE_DIED, _t.c.reason), else_=_WHY),
)
"""The lease was never used."""


def is_resting(moment: float) -> sa.ColumnElement[bool]:
    """Whether an address was set aside, and is to be left alone at ``moment`` still; a rest longer
    than any was given by a clock that was wrong."""
    until = _t.c.not_before
    return sa.and_(WAS_FATAL, until > moment, until <= moment + LONGEST_REST_SECONDS)


def _rest() -> sa.Case[float]:
    rests = {MAX_DEATHS + n: FIRST_REST_SECONDS * 2**n for n in range(5)}
    return sa.case(rests, value=_t.c.tries, else_=LONGEST_REST_SECONDS)


WAS_FATAL = sa.and_(_t.c.state == "quarantined", sa.func.coalesce(_t.c.reason, "") == LEASE_DIED)
"""Set aside for what died with it."""
_WAS_ALONE = sa.func.coalesce(_t.c.reason, "") == LEASE_DIED
_DID_IT = sa.and_(_WAS_ALONE, _t.c.tries >= MAX_DEATHS)
_RETURN = (
    sa.update(_t)
    .where(
        _t.c.site_id == sa.bindparam("at_site"),
        LEASED,
        sa.or_(
            _t.c.leased_until <= sa.bindparam("now"),
            _t.c.leased_until > sa.bindparam("never"),
        ),
    )
    # What died beside others is a suspect (its deaths begin to count); what died alone did it.
    .values(
        state=sa.case((_DID_IT, "quarantined"), else_="waiting"),
        tries=sa.case((_WAS_ALONE, _t.c.tries), else_=1),
        reason=LEASE_DIED,
        leased_until=None,
        not_before=sa.case((_DID_IT, sa.bindparam("moment") + _rest()), else_=_t.c.not_before),
    )
)

_RETURN_ALL = Prepared(_RETURN)
_HOSTS = sa.bindparam("hosts", type_=postgresql.ARRAY(sa.Text))
_RETURN_OF_HOSTS = Prepared(_RETURN.where(_t.c.host == sa.any_(_HOSTS)))


def return_dead(
    connection: Connection,
    number: int,
    moment: float,
    hosts: Sequence[str] | None = None,
    *,
    all_ended: bool = False,
) -> Rows | None:
    """Let addresses (of ``hosts``, if named) wait again whose lease ended before ``moment`` (now,
    seconds since the epoch), or any where ``all_ended``: nobody who held one is alive. Of what
    comes of it, if any host is named, ``rowcount`` is how many."""
    now = float("inf") if all_ended else moment
    values = {
        "at_site": number,
        "now": now,
        "never": now + MAX_LEASE_SECONDS,
        "moment": moment,
    }
    if hosts is None:
        return _RETURN_ALL.run(connection, values)
    if not hosts:
        return None
    if connection.dialect.name == "postgresql":
        return _RETURN_OF_HOSTS.run(connection, values | {"hosts": list(hosts)})
    return cast(Rows, connection.execute(_RETURN.where(_t.c.host.in_(hosts)), values))


def give_back(
    connection: Connection,
    number: int,
    url: str,
    reason: str,
    not_before: float | None,
    *,
    counted: bool,
) -> None:
    """Let one leased address wait again until ``not_before`` (seconds since the epoch); not
    ``counted``: as if the lease had not been given."""
    (_COUNT if counted else _UNDO).run(
        connection,
        {
            "at_site": number,
            "at_url": storable(url),
            "why": storable(reason),
            "moment": not_before or 0.0,
        },
    )
