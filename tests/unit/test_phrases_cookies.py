"""Notices about cookies are told from sentences about cookies."""

from __future__ import annotations

import pytest

from archive.cleaning.facts.phrases import is_cookie_notice


@pytest.mark.parametrize(
    "line",
    [
        "We use cookies to improve your experience. Read more",
        "Our websites use cookies (session, persistent, third party) so that they work.",
        "By using this site you accept our cookies policy.",
        "This website uses cookies. By continuing you consent to it.",
        "本网站使用Cookie来改善您的浏览体验",
    ],
)
def test_a_notice_that_asks_readers_to_bear_with_cookies_is_known(line: str) -> None:
    assert is_cookie_notice(line)


@pytest.mark.parametrize(
    "line",
    [
        "The committee heard how cookies were baked at the station in 1958.",
        "Browsers kept cookies for a year before the rule was changed.",
        "研究人员分析了三千个网站的Cookie，发现多数在一年后仍然有效。",
        "We used the observers' diaries.",
    ],
)
def test_a_sentence_about_cookies_is_text(line: str) -> None:
    assert not is_cookie_notice(line)
