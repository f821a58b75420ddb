"""Servers are told who asks, in a header that is one whatever the operator is called."""

from __future__ import annotations

import pytest

from archive.exchange.agent import user_agent


@pytest.mark.parametrize(
    ("operator", "told"),
    [
        ("", "institutional web archive"),
        ("研究所图书馆", "institutional web archive"),
        ("馆员 <w@lib.example.cn>", "w@lib.example.cn; institutional web archive"),
        (
            "w@lib.example.cn, https://lib.example.cn/crawl?a=1; Tel. 1",
            "https://lib.example.cn/crawl?a=1; w@lib.example.cn; institutional web archive",
        ),
        ("https://x.cn/(a)\r\nCookie: b", "https://x.cn/; institutional web archive"),
        ("https://x.cn/" + "a" * 300, "institutional web archive"),
    ],
)
def test_the_operators_addresses_are_told_and_nothing_else(operator: str, told: str) -> None:
    value = user_agent(operator)
    assert value == f"Palimpsest/0.1 (+{told})"
    assert value.isascii()
    assert value.isprintable()
