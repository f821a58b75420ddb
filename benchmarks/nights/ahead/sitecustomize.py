"""A process whose clock runs so many days ahead: what Python loads at its start, where this folder
is on its path.

Nights a day apart cannot be waited for, and moving an archive's past back would make every night
one of news. It promises that ``datetime.now`` is moved, in every process that is started from
here, and nothing else: no pause, no budget, no file's moment.
"""

from __future__ import annotations

import datetime as calendar
import os

DAYS_AHEAD = "BENCH_DAYS_AHEAD"

_real = calendar.datetime
_ahead = calendar.timedelta(days=int(os.environ.get(DAYS_AHEAD, "0")))


class _AnyMoment(type):
    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, _real)


class _Moved(_real, metaclass=_AnyMoment):
    @classmethod
    def now(cls, tz: calendar.tzinfo | None = None) -> _real:  # type: ignore[override]
        return _real.now(tz) + _ahead


_Moved.__name__ = _Moved.__qualname__ = "datetime"
_Moved.__module__ = "datetime"
calendar.datetime = _Moved  # type: ignore[misc]
