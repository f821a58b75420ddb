"""What is remembered of pages is forgotten before it takes much memory."""

from __future__ import annotations

from collections.abc import Callable

from archive.cleaning import read_page
from archive.remembered import MOST_BYTES, pages_read, remembered


def asked_and_upper() -> tuple[list[str], Callable[[str], str]]:
    """A remembered function, and what it was really asked."""
    asked: list[str] = []

    @remembered(8)
    def upper(word: str) -> str:
        asked.append(word)
        return word.upper()

    return asked, upper


def test_an_answer_is_remembered_until_many_pages_were_read() -> None:
    asked, upper = asked_and_upper()
    pages_read(MOST_BYTES)  # whatever other tests read
    pages_read(1)
    assert [upper("a"), upper("a")] == ["A", "A"]
    assert asked == ["a"]
    pages_read(MOST_BYTES // 2)
    assert upper("a") == "A"
    assert asked == ["a"]
    pages_read(MOST_BYTES // 2)
    assert upper("a") == "A"
    assert asked == ["a", "a"]


def test_reading_a_page_counts() -> None:
    asked, upper = asked_and_upper()
    pages_read(MOST_BYTES)
    upper("a")
    read_page(b"<p>a page</p>")
    upper("a")
    assert asked == ["a", "a"]
