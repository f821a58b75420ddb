"""How often a host is asked, what its robots.txt says, and what its answers mean."""

from __future__ import annotations

from pathlib import Path

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from archive.errors import UsageError
from crawler.guard import AddressRefused
from crawler.outcomes import RobotsForbid, of_failure, of_status
from crawler.plan import plan_of, start_url
from crawler.politeness import MAX_RETRY_AFTER, Politeness, retry_after_seconds
from crawler.robots import MAX_ROBOTS_BYTES, parse_robots

HOST = "www.example.ac.cn"
NOW = 1_291_852_800.0  # 2010-12-09 00:00:00 UTC
AGENT = "Palimpsest/0.1"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def polite(clock: Clock) -> Politeness:
    return Politeness(delay=1.0, max_delay=30.0, clock=clock, time_of_day=clock)


def test_a_public_host_waits_and_loopback_does_not(polite: Politeness) -> None:
    assert polite.delay(HOST) == 1.0
    assert polite.delay("127.0.0.1:8101") == 0.0


def test_a_slow_host_is_asked_more_slowly_and_recovers(polite: Politeness) -> None:
    polite.answered(HOST, 8.0)
    slow = polite.delay(HOST)
    assert slow == 8.0
    for _ in range(20):
        polite.answered(HOST, 0.1)
    assert polite.delay(HOST) == pytest.approx(1.0, abs=0.01)


def test_crawl_delay_is_honoured_and_capped_with_a_note(polite: Politeness) -> None:
    polite.ask_for(HOST, 5.0)
    assert (polite.delay(HOST), polite.notes) == (5.0, [])
    polite.ask_for(HOST, 99_999.0)
    assert polite.delay(HOST) == 30.0
    assert "99999" in polite.notes[0]


def test_a_host_that_asks_for_a_pause_gets_it(polite: Politeness, clock: Clock) -> None:
    polite.failed(HOST, "http-429", "120")
    assert polite.paused() == [HOST]
    assert polite.not_before(HOST) == NOW + 120
    clock.now += 121
    assert polite.paused() == []


def test_the_next_moment_is_the_one_at_which_the_first_pause_ends(
    polite: Politeness, clock: Clock
) -> None:
    assert polite.next_moment() is None
    polite.failed(HOST, "http-429", "120")
    polite.failed("mirror.example.com", "http-503", "1")
    assert polite.not_before("mirror.example.com") == NOW + 2
    moments = []
    while (moment := polite.next_moment()) is not None:
        moments.append(moment - NOW)
        clock.now = moment
    assert moments == [1, 2, 120]


def test_nobody_waits_for_the_pause_of_a_host_that_was_left(polite: Politeness) -> None:
    for _ in range(3):
        polite.failed(HOST, "http-503", "3600")
    assert polite.left(HOST) == "http-503"
    assert polite.paused() == []


def test_a_host_that_never_answers_is_left(polite: Politeness) -> None:
    for _ in range(3):
        assert polite.left(HOST) is None
        polite.failed(HOST, "timeout")
    assert polite.left(HOST) == "timeout"


def test_a_host_whose_http_is_turned_off_is_asked_under_https(polite: Politeness) -> None:
    for _ in range(3):
        polite.answered(HOST, 0.1, "https")
        polite.failed(HOST, "connection-refused", scheme="http")
    assert polite.left(HOST, "http") == "connection-refused"
    assert polite.left(HOST, "https") is None
    assert polite.paused() == [HOST]


def test_a_host_that_answers_now_and_then_is_not_left(polite: Politeness) -> None:
    for _ in range(30):
        polite.failed(HOST, "timeout")
        polite.answered(HOST, 0.1)
    assert polite.left(HOST) is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("315360000", MAX_RETRY_AFTER),
        ("Thu, 09 Dec 2010 00:01:00 GMT", 60.0),
        ("Thu, 09 Dec 2030 00:01:00 GMT", MAX_RETRY_AFTER),
        ("Thu, 09 Dec 2000 00:01:00 GMT", None),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("9" * 500, MAX_RETRY_AFTER),
        ("Thu, 99 Dec 2010 00:01:00 GMT", None),
    ],
)
def test_retry_after_is_read_in_every_form(value: str, seconds: float | None) -> None:
    assert retry_after_seconds(value, NOW) == seconds


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /private/\r\n",
        "# 机构\nUser-agent: *\nDisallow: /private/".encode("gb18030"),
        "User-agent: *\r\nDisallow: /private/\r\n".encode("utf-16"),
        b"User-agent: *\nDisallow: /private/\nDisallow: /" + b"*a" * 50 + b"$\n",
        b"User-agent: *\nDisallow: /private/\n" + b"Disallow: /x\n" * 10_000_000,
    ],
)
def test_robots_rules_are_read_whatever_their_bytes(body: bytes) -> None:
    rules = parse_robots(body)
    assert not rules.can_fetch("http://a.cn/private/a.html", AGENT)
    assert rules.can_fetch("http://a.cn/" + "a" * 1900 + "b", AGENT)


def test_only_the_first_half_megabyte_of_rules_counts() -> None:
    rules = parse_robots(b"User-agent: *\n#" + b"x" * MAX_ROBOTS_BYTES + b"\nDisallow: /\n")
    assert rules.can_fetch("http://a.cn/", AGENT)


def test_a_rule_that_the_limit_cuts_forbids_no_more_than_it_says() -> None:
    begun = b"User-agent: *\n#" + b"x" * (MAX_ROBOTS_BYTES - 27) + b"\nDisallow: /private/\n"
    assert begun[:MAX_ROBOTS_BYTES].endswith(b"\nDisallow: /")
    assert parse_robots(begun).can_fetch("http://a.cn/", AGENT)


@pytest.mark.parametrize(
    ("status", "state", "reason", "again"),
    [
        (200, "done", "ok", False),
        (204, "done", "http-204", False),
        (301, "done", "redirect", False),
        (304, "failed", "unasked-304", False),
        (404, "failed", "http-404", False),
        (429, "failed", "http-429", True),
        (500, "failed", "http-500", True),
        (503, "failed", "http-503", True),
        (0, "failed", "bad-status", False),
        (999, "failed", "bad-status", False),
    ],
)
def test_every_status_has_one_meaning(status: int, state: str, reason: str, again: bool) -> None:
    verdict = of_status(status)
    assert (verdict.state, verdict.reason, verdict.again) == (state, reason, again)


@pytest.mark.parametrize(
    ("error", "state", "reason", "again"),
    [
        (DownloadConnectionRefusedError("x"), "failed", "connection-refused", True),
        (CannotResolveHostError("x"), "failed", "unknown-host", True),
        (DownloadTimeoutError("x"), "failed", "timeout", True),
        (ResponseDataLossError("x"), "failed", "truncated", True),
        (AddressRefused("private-address", "10.0.0.1"), "refused", "private-address", False),
        (RobotsForbid("x"), "refused", "robots", False),
        (IgnoreRequest("x"), "refused", "ignored", False),
        (ZeroDivisionError("x"), "failed", "program-error", False),
    ],
)
def test_every_failure_has_one_reason(
    error: Exception, state: str, reason: str, again: bool
) -> None:
    verdict = of_failure(error)
    assert (verdict.state, verdict.reason, verdict.again) == (state, reason, again)


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("www.example.ac.cn", "http://www.example.ac.cn/"),
        (" http://WWW.example.ac.cn:80/a ", "http://www.example.ac.cn/a"),
        ("https://www.example.ac.cn", "https://www.example.ac.cn/"),
        ("localhost:8101", "http://localhost:8101/"),
        ("http://[::1]:8101/", "http://[::1]:8101/"),
    ],
)
def test_an_operator_may_type_an_address_as_people_do(typed: str, url: str) -> None:
    assert start_url(typed) == url


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "not a url",
        "ftp://x.cn/",
        "file:///etc/passwd",
        "javascript:x",
        "http://",
        "word",
        "a@b.cn",
    ],
)
def test_what_is_no_address_is_named_in_the_complaint(typed: str) -> None:
    with pytest.raises(UsageError, match="is not the address of a web site"):
        start_url(typed)


def test_a_host_cannot_be_official_and_mirror() -> None:
    with pytest.raises(UsageError, match="own host and a mirror"):
        plan_of(Path("data"), ["http://a.cn/"], ["http://a.cn/copy/"])


def test_a_site_is_called_by_its_first_host_unless_named() -> None:
    assert plan_of(Path("data"), ["http://a.cn/x"]).name == "a.cn"
    assert plan_of(Path("data"), ["http://a.cn/x"], name="光机所").name == "光机所"
