"""Moments of captures are 14 digits in UTC, and read back as the moments they were."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.warc.timestamps import DIGITS, moment_of, timestamp

ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=ZONES))
def test_a_moment_of_any_zone_is_read_back_to_the_second(one: datetime) -> None:
    stamp = timestamp(one)
    assert len(stamp) == DIGITS
    assert moment_of(stamp) == one.replace(microsecond=0)
    assert moment_of(stamp).tzinfo is UTC


@pytest.mark.parametrize("stamp", ["", "2010", "20101332000000", "2010120912345x"])
def test_what_is_no_moment_is_refused(stamp: str) -> None:
    with pytest.raises(ValueError, match=r"does not match|unconverted"):
        moment_of(stamp)
