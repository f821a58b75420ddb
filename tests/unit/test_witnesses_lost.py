"""Scars are told where they stand in the folded text, and nowhere else."""

from __future__ import annotations

import pytest

from archive.witnesses.fold import fold
from archive.witnesses.lost import lost_of


@pytest.mark.parametrize(
    ("raw", "lost"),
    [
        ("每毫米10?条", {5: 1}),
        ("每毫米10\ufffd条。", {5: 1}),
        ("？每，??毫米，10?", {0: 1, 1: 2, 5: 1}),
        ("學(xué)院、書(shū)記?黨(dǎng)委", {4: 1}),
        ("每毫米10万条。", {}),
    ],
)
def test_scars_stand_between_the_characters_that_folding_keeps(
    raw: str, lost: dict[int, int]
) -> None:
    assert dict(lost_of(raw.replace("？", "?"), fold(raw))) == lost


def test_no_scar_is_told_where_folding_reads_the_text_otherwise() -> None:
    assert not lost_of("每?毫米", fold("每厘毫米"))
