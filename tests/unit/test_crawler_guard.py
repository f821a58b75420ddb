"""What may be asked for, and what may not, whoever names it."""

from __future__ import annotations

import pytest

from archive.model import Site
from crawler.guard import AddressRefused, Guard, is_loopback, with_and_without_www

SITE = Site("sample", ("www.example.ac.cn", "127.0.0.1:8101"), ("www.spam.example", "[::1]:8102"))


@pytest.fixture
def guard() -> Guard:
    return Guard(SITE)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.ac.cn/",
        "https://www.example.ac.cn/a",
        "http://lib.example.ac.cn/a?b=c",
        "http://example.ac.cn/",
        "http://127.0.0.1:8101/x",
        "http://www.spam.example/",
        "http://[::1]:8102/",
    ],
)
def test_what_the_operator_named_may_be_asked(guard: Guard, url: str) -> None:
    assert guard.refusal(url) is None


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://other.ac.cn/", "off-site"),
        ("http://example.ac.cn.evil.example/", "off-site"),
        ("http://notexample.ac.cn/", "off-site"),
        ("http://www.example.ac.cn:8080/", "off-site"),
        ("http://x.www.spam.example/", "off-site"),
        ("http://127.0.0.1:8102/", "private-address"),
        ("http://127.0.0.1/", "private-address"),
        ("http://127.1:8101/", "private-address"),
        ("http://2130706433/", "private-address"),
        ("http://0x7f000001/", "private-address"),
        ("http://0177.0.0.1/", "private-address"),
        ("http://[::ffff:127.0.0.1]/", "private-address"),
        ("http://[64:ff9b::7f00:1]/", "private-address"),
        ("http://[2002:7f00:1::]/", "private-address"),
        ("http://[::127.0.0.1]/", "private-address"),
        ("http://[::ffff:0:127.0.0.1]/", "private-address"),
        ("http://[64:ff9b:1::7f00:1]/", "private-address"),
        ("http://[fec0::1]/", "private-address"),
        ("http://10.0.0.7/", "private-address"),
        ("http://169.254.169.254/latest/", "private-address"),
        ("http://192.0.0.192/", "private-address"),
        ("http://localhost:8101/", "private-address"),
        ("http://printer/", "private-address"),
        ("http://printer.local/", "private-address"),
        ("http://www.example.ac.cn@127.0.0.1/", "user-in-address"),
        ("ftp://www.example.ac.cn/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("data:text/html,x", "scheme"),
        ("http://[::1/", "bad-address"),
        ("http://www.example.ac.cn:99999/", "bad-address"),
        ("http://www.example.ac.cn/" + "a" * 3000, "too-long"),
    ],
)
def test_everything_else_is_refused_with_its_reason(guard: Guard, url: str, reason: str) -> None:
    assert guard.refusal(url) == reason


def test_a_refused_address_says_which_rule_refused_it(guard: Guard) -> None:
    with pytest.raises(AddressRefused) as caught:
        guard.check("http://10.0.0.7/admin")
    assert caught.value.reason == "private-address"


def test_a_name_under_which_strangers_register_theirs_opens_nothing() -> None:
    guard = Guard(Site("x", ("www.ac.cn",)))
    assert guard.refusal("http://www.ac.cn/") is None
    assert guard.refusal("http://another.ac.cn/") == "off-site"


def test_an_institute_below_a_shared_domain_does_not_open_its_neighbours() -> None:
    guard = Guard(Site("x", ("www.optics.cas.cn",)))
    assert guard.refusal("http://lab.optics.cas.cn/") is None
    assert guard.refusal("http://www.physics.cas.cn/") == "off-site"


def test_a_private_address_is_reached_only_by_a_host_the_operator_named(guard: Guard) -> None:
    assert guard.allow_address("127.0.0.1:8101", "127.0.0.1")
    assert not guard.allow_address("lib.example.ac.cn", "127.0.0.1")
    assert not guard.allow_address("lib.example.ac.cn", "::ffff:10.0.0.1")
    assert not guard.allow_address("lib.example.ac.cn", "::10.0.0.1")
    assert guard.allow_address("lib.example.ac.cn", "159.226.1.1")
    assert guard.allow_address("lib.example.ac.cn", "2001:da8::1")
    assert guard.allow_address("lib.example.ac.cn", "64:ff9b::9fe2:101")


def test_a_name_that_was_public_is_not_followed_to_a_private_address(guard: Guard) -> None:
    assert guard.allow_address("www.example.ac.cn", "159.226.1.1")
    assert not guard.allow_address("www.example.ac.cn", "127.0.0.1")


def test_a_named_host_of_the_operators_own_network_is_reached(guard: Guard) -> None:
    assert guard.allow_address("www.example.ac.cn", "10.1.2.3")


def test_a_mirrors_name_does_not_lead_into_the_operators_network() -> None:
    guard = Guard(Site("x", ("www.example.ac.cn",), ("www.spam.example", "127.0.0.1:81", "copy")))
    for ip in ("127.0.0.1", "169.254.169.254", "192.0.0.192", "10.0.0.1", "::1", "::ffff:10.0.0.1"):
        assert not guard.allow_address("www.spam.example", ip)
    assert guard.allow_address("www.spam.example", "159.226.1.1")
    # What says itself that it is there was written by the operator.
    assert guard.allow_address("127.0.0.1:81", "127.0.0.1")
    assert guard.allow_address("copy", "10.0.0.1")


@pytest.mark.parametrize("host", ["127.0.0.1:80", "127.9.9.9", "[::1]:81", "localhost:99", "127.1"])
def test_loopback_is_known_in_every_spelling(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["10.0.0.1", "www.example.ac.cn", "localhost.example.cn", "[::2]"])
def test_other_hosts_are_not_loopback(host: str) -> None:
    assert not is_loopback(host)


def test_mirrors_are_known_with_and_without_www() -> None:
    hosts = with_and_without_www(["www.spam.example", "copy.cn", "127.0.0.1:1"])
    assert hosts == (
        "www.spam.example",
        "spam.example",
        "copy.cn",
        "www.copy.cn",
        "127.0.0.1:1",
    )
