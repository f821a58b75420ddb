"""What a mirror put into one page after the other is a sown phrase, but for what is none."""

from __future__ import annotations

from collections import Counter

import pytest

from archive.cleaning.unmasking.compare import Comparison
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.sown import Written, sown_phrases


def sown(span: str) -> tuple[str, ...]:
    comparison = Comparison(pairs=9, inserted=Counter({span: 3}))
    return sown_phrases(comparison, (), HostSurvey(), Written([], [], comparison))


@pytest.mark.parametrize("span", ["(kāi)", "（kāi）", "(shìyàn)"])
def test_the_reading_of_a_converted_character_is_no_sown_phrase(span: str) -> None:
    assert sown(span) == ()


@pytest.mark.parametrize("span", ["包网平台", "(包网)", "(vip)", "开(kāi)户网"])
def test_what_is_more_than_a_reading_is_one(span: str) -> None:
    assert sown(span) == (span,)
