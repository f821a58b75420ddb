"""One spelling of a host, and an answer for whatever a foreign file calls an address."""

from __future__ import annotations

import pytest

from archive.addresses import host_of


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("HTTP://WWW.Example.ac.cn:80/a", "www.example.ac.cn"),
        ("https://user:secret@a.cn:8443/", "a.cn:8443"),
        ("http://[::1]:8080/", "[::1]:8080"),
        ("http://a.cn./", "a.cn"),
        ("https://x.ac.cn:443/", "x.ac.cn"),
        ("https://x.ac.cn:80/", "x.ac.cn:80"),
        ("urn:sha256:00", ""),
        ("http://[::1/", ""),
        ("http://a.cn:99999/", ""),
        ("", ""),
    ],
)
def test_a_host_has_one_spelling(url: str, host: str) -> None:
    assert host_of(url) == host
