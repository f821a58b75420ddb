"""A new night: which known addresses wait again, which rest, and in what order.

It promises that an address rests only where the archive has an answer of it that is young enough,
or where it was set aside a short time ago for what died with it (``returning``); that one which
never gave an answer is asked again unless its page was given under another spelling of the address
or where it moved to; and that what is new goes before what is looked at again, and what changes
before what has not changed for long.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from archive.store import schema
from archive.store.returning import WAS_FATAL, is_resting

SEEN_BEFORE = 2
REDIRECT = "redirect"
FOR_GOOD = (301, 308)
"""RFC 9110, sections 15.4.2 and 15.4.9."""
ABSENT = ("http-404", "http-410")
"""Reasons, as crawls give them, of an answer without a page, and of one that there is none."""
STEADY = 5
"""Less than the distance between two kinds: a list goes before an article in any case."""

_f = schema.frontier
_c = schema.captures


@dataclass(frozen=True, slots=True)
class Rest:
    """Addresses of these ``kinds`` (on these ``hosts``; None: on any) rest when the server's last
    answer is younger than ``seen_after`` and, where ``unchanged_since`` is given, the payload is
    the one the archive has had since then. Both are aware times. ``unvalidated``: only where that
    answer was a page without validators (RFC 9110, section 8.8), which comes whole every time."""

    kinds: tuple[str, ...]
    seen_after: datetime
    unchanged_since: datetime | None = None
    hosts: tuple[str, ...] | None = None
    unvalidated: bool = False

    def condition(self) -> sa.ColumnElement[bool]:
        """The same as a condition on rows of the frontier."""
        seen = _answers().where(_c.c.captured_at > self.seen_after)
        if self.unvalidated:
            bare = sa.and_(_c.c.etag.is_(None), _c.c.last_modified.is_(None))
            seen = seen.where(_c.c.status == 200, bare)
        wanted = [_f.c.kind.in_(self.kinds), sa.exists(seen)]
        if self.hosts is not None:
            wanted.append(_f.c.host.in_(self.hosts))
        if self.unchanged_since is not None:
            wanted.append(sa.exists(_same_payload(self.unchanged_since)))
        return sa.and_(*wanted)


@dataclass(frozen=True, slots=True)
class Night:
    """A new walk over what is known: of these ``kinds`` (none: all), but for what rests and for
    what was refused for one of the reasons in ``final``.

    ``priorities`` are those of new addresses by kind; one that has been asked for before gets
    SEEN_BEFORE less, and STEADY less when its payload is the one of ``steady_since`` (aware).

    Addresses that last redirected, or failed, rest while the page itself is answered under another
    scheme or with or without ``www.``, or on another host to which they last redirected for good
    (or in any way, if they fail now); so does all that redirects or fails on a host whose home page
    rests so. Those ``named`` by the operator do not. None: no address rests so.
    """

    kinds: Collection[str] = ()
    resting: Sequence[Rest] = ()
    final: Collection[str] = ()
    priorities: Mapping[str, int] = field(default_factory=dict)
    steady_since: datetime | None = None
    named: Collection[str] | None = None


def restart_statement(site: int, night: Night, moment: float) -> sa.Update:
    """Let the addresses of site number ``site`` wait again at ``moment`` (seconds since the epoch).
    Those that were set aside stay suspects, with their deaths."""
    values = {"detail": None, "leased_until": None, "not_before": 0} | {
        "reason": sa.case((WAS_FATAL, _f.c.reason), else_=None),
        "tries": sa.case((WAS_FATAL, _f.c.tries), else_=0),
    }
    return (
        sa.update(_f)
        .where(
            _f.c.site_id == site,
            _f.c.kind.in_(night.kinds) if night.kinds else sa.true(),
            sa.not_(is_resting(moment)),
            sa.not_(_is("refused", night.final)),
            *(sa.not_(rest.condition()) for rest in night.resting),
            *([] if night.named is None else _not_left_behind(site, night.named)),
        )
        .values({"state": "waiting", "priority": _priority(night)} | values)
    )


def _is(state: str, reasons: Collection[str]) -> sa.ColumnElement[bool]:
    return sa.and_(_f.c.state == state, sa.func.coalesce(_f.c.reason, "").in_(reasons))


def _not_left_behind(site: int, named: Collection[str]) -> list[sa.ColumnElement[bool]]:
    """That a row's address was not left behind for another one, which was answered when it was
    last asked. What was is found as a whole, before any row waits again."""
    old, new = _f.alias(), _f.alias()
    has_moved = sa.and_(old.c.state == "done", old.c.reason == REDIRECT)
    fails = sa.and_(old.c.state == "failed", old.c.reason.not_in(ABSENT))
    answered = sa.or_(
        sa.and_(new.c.state == "done", new.c.reason != REDIRECT),
        sa.and_(new.c.state == "failed", new.c.reason.in_(ABSENT)),
    )
    for_good = _leads_to(site, old.c.url, old, for_good=True)
    in_any_way = _leads_to(site, old.c.url, old)
    farther = _leads_to(site, for_good, old, for_good=True)
    elsewhere = sa.and_(
        new.c.host != old.c.host,
        sa.or_(
            sa.and_(has_moved, new.c.url.in_([for_good, farther])),
            sa.and_(fails, new.c.url.in_([in_any_way, farther])),
        ),
    )

    def left(leads: sa.ColumnElement[bool], column: sa.ColumnElement[Any]) -> sa.Select[Any]:
        return (
            sa.select(column)
            .select_from(old.join(new, sa.and_(new.c.site_id == site, leads)))
            .where(old.c.site_id == site, old.c.url.not_in(named))
            .where(sa.or_(has_moved, fails), answered)
        )

    homes = [scheme + old.c.host + "/" for scheme in ("http://", "https://")]
    hosts = left(elsewhere, old.c.host).where(old.c.url.in_(homes))
    is_left = sa.and_(_f.c.host.in_(hosts), _f.c.url.not_in(named))
    return [
        # Apart, so that each looks up the few addresses that it names.
        _f.c.id.not_in(left(new.c.url.in_(_other_spellings(old.c.url)), old.c.id)),
        _f.c.id.not_in(left(elsewhere, old.c.id)),
        # Of a host whose home page has moved nobody mends what is missing there.
        sa.not_(sa.and_(is_left, sa.or_(_f.c.state == "failed", _is("done", [REDIRECT])))),
    ]


def _leads_to(
    site: int, url: sa.ColumnElement[Any], of: sa.FromClause, *, for_good: bool = False
) -> sa.ScalarSelect[Any]:
    """Where the last answer of ``url``, of a row of ``of``, redirected to; NULL where it did not
    (``for_good``)."""
    answer = _c.alias()
    leads = answer.c.location
    found = sa.case((answer.c.status.in_(FOR_GOOD), leads)) if for_good else leads
    return (
        sa.select(found)
        .where(answer.c.site_id == site, answer.c.url == url)
        .where(answer.c.error.is_(None), answer.c.status < 400)
        .order_by(answer.c.captured_at.desc())
        .limit(1)
        .correlate(of)
        .scalar_subquery()
    )


def _other_spellings(url: sa.ColumnElement[str]) -> list[sa.ColumnElement[str]]:
    """``url`` under the other scheme, and with or without ``www.``."""
    spelt = []
    for scheme, other in (("http://", "https://"), ("https://", "http://")):
        rest = sa.func.substr(url, len(scheme) + 1, type_=sa.Text)
        bare = sa.case(
            (rest.startswith("www."), sa.func.substr(rest, len("www.") + 1, type_=sa.Text)),
            else_=sa.literal("www.") + rest,
        )
        is_it = url.startswith(scheme)
        spelt.append((is_it, [other + rest, scheme + bare, other + bare]))
    return [sa.case(*((is_it, names[n]) for is_it, names in spelt)) for n in range(3)]


def _priority(night: Night) -> sa.ColumnElement[int]:
    if not night.priorities:
        return _f.c.priority
    base = sa.case(dict(night.priorities), value=_f.c.kind, else_=_f.c.priority)
    seen = sa.exists(_answers())
    if night.steady_since is None:
        return sa.case((seen, base - SEEN_BEFORE), else_=base)
    steady = sa.exists(_same_payload(night.steady_since))
    return sa.case((steady, base - STEADY), (seen, base - SEEN_BEFORE), else_=base)


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
