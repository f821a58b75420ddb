"""Addresses that a new night leaves in peace, because the archive has seen them lately.

It promises that an address rests only where the archive has an answer of it that is young enough,
and that one which never gave an answer is always asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from archive.store import schema

_f = schema.frontier
_c = schema.captures


@dataclass(frozen=True, slots=True)
class Rest:
    """Addresses of these ``kinds`` (on these ``hosts``; None: on any) rest when the server's last
    answer is younger than ``seen_after`` and, where ``unchanged_since`` is given, the payload is
    the one the archive has had since then. Both are aware times."""

    kinds: tuple[str, ...]
    seen_after: datetime
    unchanged_since: datetime | None = None
    hosts: tuple[str, ...] | None = None

    def condition(self) -> sa.ColumnElement[bool]:
        """The same as a condition on rows of the frontier."""
        seen = _answers().where(_c.c.captured_at > self.seen_after)
        wanted = [_f.c.kind.in_(self.kinds), sa.exists(seen)]
        if self.hosts is not None:
            wanted.append(_f.c.host.in_(self.hosts))
        if self.unchanged_since is not None:
            wanted.append(sa.exists(_same_payload(self.unchanged_since)))
        return sa.and_(*wanted)


def awake(rests: Sequence[Rest]) -> sa.ColumnElement[bool]:
    """The condition that none of ``rests`` holds an address back."""
    return sa.not_(sa.or_(*(rest.condition() for rest in rests))) if rests else sa.true()


def _answers() -> sa.Select[int]:
    """Captures of the frontier's address in which the server told something about it."""
    return (
        sa.select(sa.literal(1))
        .select_from(_c)
        .where(
            _c.c.site_id == _f.c.site_id,
            _c.c.url == _f.c.url,
            _c.c.error.is_(None),
            _c.c.status < 500,
        )
        .correlate(_f)
    )


def _same_payload(since: datetime) -> sa.Select[int]:
    """A whole answer from before ``since`` with the payload of the newest one."""
    other = _c.alias()
    newest = (
        sa.select(other.c.payload_digest)
        .where(other.c.site_id == _f.c.site_id, other.c.url == _f.c.url, other.c.status == 200)
        .order_by(other.c.captured_at.desc())
        .limit(1)
        .correlate(_f)
        .scalar_subquery()
    )
    return _answers().where(
        _c.c.captured_at <= since, _c.c.status == 200, _c.c.payload_digest == newest
    )
