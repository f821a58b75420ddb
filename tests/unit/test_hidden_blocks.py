"""Blocks that nobody is to see, each within the next: looked at as often as it takes, no more."""

from __future__ import annotations

import pytest

from archive.cleaning import Page
from archive.cleaning.unmasking import signs
from tests.unit.mirror_hosts import pages_read

DEEP, LINKS = 150, 40
OPEN = '<div style="display:none">'


def page(*blocks: str) -> Page:
    (made,) = pages_read("www.a.cn", [("/", f"<html><body>{''.join(blocks)}</body></html>")])
    return made


def links(count: int) -> str:
    return "".join(f'<a href="http://www.s{n}xyz.com/">开户</a>' for n in range(count))


def test_links_in_many_blocks_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    nested = page(OPEN * DEEP, links(signs.MIN_HIDDEN - 1), "</div>" * DEEP)
    read: list[object] = []
    strangers = signs.strangers

    def counted(block: object, url: str | None) -> set[tuple[str, str]]:
        read.append(block)
        return strangers(block, url)

    monkeypatch.setattr(signs, "strangers", counted)
    assert signs.HIDDEN_LINKS not in signs.signs_of(nested)
    assert len(read) == 1
    monkeypatch.setattr(signs, "MAX_HIDDEN_LINKS", 3 * signs.MIN_HIDDEN)
    read.clear()
    signs.hidden_links(nested)
    assert 1 < len(read) < 6


def test_what_lies_deep_inside_is_found() -> None:
    nested = page(OPEN * DEEP, links(LINKS), "</div>" * DEEP)
    assert signs.HIDDEN_LINKS in signs.signs_of(nested)
    assert signs.repeats_words(nested)
    assert max(len(one.domains) for one in signs.hidden_links(nested)) == LINKS


def test_one_block_of_more_links_than_are_looked_at_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(signs, "MAX_HIDDEN_LINKS", LINKS // 2)
    (found,) = signs.hidden_links(page(OPEN, links(LINKS), "</div>"))
    assert len(found.domains) == LINKS
