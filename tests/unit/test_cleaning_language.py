"""The language of a text is told by its script, and not guessed where there is too little of it."""

from __future__ import annotations

import pytest

from archive.cleaning.script.language import MIN_LANGUAGE_CHARS, SAMPLE_CHARS, language_of

ZH = "中国科学院学部工作会议在京召开"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ZH, "zh"),
        (f"{ZH} (CAS Meeting, Beijing 2010)", "zh"),
        ("The institute held its annual meeting in Beijing on Monday.", "en"),
        ("研究所は本日、新しい望遠鏡を公開しました", "ja"),
        ("연구소는 오늘 새로운 망원경을 공개했다", "ko"),
        ("2010-12-09 10:30 123456789", None),
        (ZH[: MIN_LANGUAGE_CHARS - 1], None),
        (ZH[:MIN_LANGUAGE_CHARS], "zh"),
        ("", None),
    ],
)
def test_the_script_tells_the_language(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_the_beginning_of_a_long_text_decides() -> None:
    assert language_of(ZH * SAMPLE_CHARS + "The rest is English. " * SAMPLE_CHARS) == "zh"


def test_half_a_character_is_no_error() -> None:
    assert language_of(ZH + "\ud800") == "zh"
