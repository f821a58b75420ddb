"""A header read at once is the header that warcio reads line by line."""

from __future__ import annotations

import time
from contextlib import suppress
from io import BytesIO

import pytest

from archive.warc.header import PLAIN_HEADER, HeaderError, plain_header, read_header

GOOD = b"WARC-Type: response\r\nWARC-Target-URI: http://a.cn/?b=%E4\r\nContent-Length: 12\r\n"


@pytest.mark.parametrize(
    "fields",
    [
        GOOD,
        b"WARC-Type: response  \r\nContent-Length:007\r\n",
        b"warc-type: metadata\r\ncontent-length: 1\r\nContent-Length: 2\r\nWARC-Type: response\r\n",
    ],
)
@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
def test_a_header_with_nothing_to_forgive_is_read_as_warcio_reads_it(
    fields: bytes, version: bytes
) -> None:
    written = b"WARC/" + version + b"\r\n" + fields + b"\r\n"
    assert PLAIN_HEADER.fullmatch(written)
    assert plain_header(written) == read_header(BytesIO(written))


@pytest.mark.parametrize(
    "fields",
    [
        GOOD + b"X: a\r\n b\r\n",  # a folded line
        GOOD + b"X: \xe4\r\n",
        GOOD + b"X: a\n",
        GOOD.replace(b"http://a.cn/", b"<http://a.cn/>"),
        GOOD.replace(b"http://a.cn/", b"http://a.cn/a b"),
        GOOD.replace(b"12", b"-1"),
        b"Content-Length: 12\r\n",
    ],
)
def test_what_has_to_be_forgiven_is_left_to_warcio(fields: bytes) -> None:
    written = b"WARC/1.0\r\n" + fields + b"\r\n"
    assert PLAIN_HEADER.fullmatch(written) is None or plain_header(written) is None


@pytest.mark.parametrize(
    ("line", "address", "day"),
    [
        (
            b"http://a.cn/ 1.2.3.4 19961002030405 text/html 5",
            "http://a.cn/",
            "1996-10-02T03:04:05Z",
        ),
        (b"http://a.cn/ - 19961002030405  5", "http://a.cn/", "1996-10-02T03:04:05Z"),
        (b"http://a.cn/b c 1.2.3.4 19961002030405 text/html 5", "b%20c", "1996-10-02T03:04:05Z"),
        (
            b"http://a.cn/ 1.2.3.4 19961002030405 text/html; charset=gb2312 5",
            "http://a.cn/",
            "1996-10-02T03:04:05Z",
        ),
        (
            b"http://a.cn/b 1.2.3.4 19961002030405 text/html ;charset=x; y 5",
            "http://a.cn/b",
            "1996-10-02T03:04:05Z",
        ),
    ],
)
def test_the_line_of_an_old_arc_record_gives_address_and_moment(
    line: bytes, address: str, day: str
) -> None:
    header = read_header(BytesIO(line + b"\nhello"))
    assert (header.field("WARC-Target-URI") or "").endswith(address)
    assert header.field("WARC-Date") == day
    assert header.length == 5


@pytest.mark.parametrize("date", [b"19961302000000", b"19960231000000", b"00000000000000", b"soon"])
def test_an_arc_record_of_a_day_that_never_was_is_given_none(date: bytes) -> None:
    with pytest.raises(HeaderError, match="Archive-date is"):
        read_header(BytesIO(b"http://a.cn/ 1.2.3.4 " + date + b" text/html 5\nhello"))


@pytest.mark.parametrize(
    "line",
    [
        b"http://a.cn/ 1.2.3.4 19961002" + b"\t" * 30_000 + b"x text/html 5\n",
        b"a" + b" 1 19961002030405 x; " * 3_000 + b"x 1.2.3.4 19961002 text/html x\n",
    ],
)
def test_a_line_of_arc_takes_time_with_its_length(line: bytes) -> None:
    began = time.process_time()
    with suppress(HeaderError):
        read_header(BytesIO(line))
    assert time.process_time() - began < 0.3
