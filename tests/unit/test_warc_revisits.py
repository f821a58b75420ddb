"""Revisit records: what is left out can be put back, and other programs find their way."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive.errors import RecordError
from archive.model import Capture, Original, Revisit, WarcPointer
from archive.warc import WarcWriter, read_at, read_captures
from archive.warc.exchanges import ORIGINAL_MISSING
from archive.warc.index import ELSEWHERE_NAME, Index, finder
from archive.warc.listing import entries_of
from tests.unit.warc_samples import CHUNKED, PLAIN, Inputs, sample, write_revisit

NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'
AGAIN = PLAIN.replace(b"X: ", b"Date: later\r\nX: ")


def later(response: bytes, number: int = 0, days: int = 1) -> Capture:
    capture = sample(number, response)
    return replace(capture, captured_at=capture.captured_at + timedelta(days=days))


def original(capture: Capture, pointer: WarcPointer) -> Original:
    return Original(capture.url, capture.captured_at, pointer)


def two_nights(
    directory: Path, first: Capture, second: Capture
) -> tuple[WarcPointer, WarcPointer, list[tuple[str, dict[str, str]]]]:
    """Both captures written, in a file each, and the second file's records as warcio sees them."""
    with WarcWriter(directory, prefix="one") as writer:
        before = writer.write(first)
    with WarcWriter(directory, prefix="two") as writer:
        after = write_revisit(writer, second, original(first, before))
    with (directory / after.file).open("rb") as file:
        found = [(r.rec_type, dict(r.rec_headers.headers)) for r in ArchiveIterator(file)]
    return before, after, found


@pytest.mark.parametrize(
    ("first", "second"),
    [(PLAIN, AGAIN), (CHUNKED, CHUNKED.replace(b"Link: x", b"Link: another"))],
)
def test_the_same_bytes_again_are_a_revisit_that_reads_back_whole(
    tmp_path: Path, first: bytes, second: bytes
) -> None:
    before, after, found = two_nights(tmp_path, sample(0, first), later(second))
    assert [kind for kind, _ in found] == ["warcinfo", "revisit", "request", "metadata"]
    fields = found[1][1]
    assert fields["WARC-Profile"].endswith("/1.1/revisit/identical-payload-digest")
    assert fields["WARC-Refers-To"] == f"<{before.record_id}>"
    assert fields["WARC-Refers-To-Target-URI"] == sample().url
    assert fields["WARC-Refers-To-Date"] == "2026-03-01T12:30:15.123456Z"
    assert fields["WARC-Truncated"] == "length"
    assert fields["WARC-Payload-Digest"] == after.payload_digest == before.payload_digest
    back = read_at(tmp_path, after)
    assert back.revisit is not None
    assert replace(back, revisit=None) == later(second)
    assert list(read_captures(tmp_path / after.file)) == [(back, after)]


def test_an_answer_304_is_kept_as_it_came_and_names_what_it_confirms(tmp_path: Path) -> None:
    before, after, found = two_nights(tmp_path, sample(0), later(NOT_MODIFIED))
    fields = found[1][1]
    assert fields["WARC-Profile"].endswith("/1.1/revisit/server-not-modified")
    assert fields["WARC-Refers-To"] == f"<{before.record_id}>"
    assert fields["WARC-Refers-To-Target-URI"] == sample().url
    assert fields["WARC-Refers-To-Date"] == "2026-03-01T12:30:15.123456Z"
    assert "WARC-Truncated" not in fields
    back = read_at(tmp_path, after)
    assert back.response == NOT_MODIFIED
    assert back.revisit == Revisit(
        "server-not-modified",
        sample().url,
        sample().captured_at,
        before.record_id,
        fields["WARC-Payload-Digest"],
    )
    assert after.payload_digest == before.payload_digest
    assert list(read_captures(tmp_path / after.file)) == [(back, after)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (PLAIN, PLAIN.replace(b"hello", b"HELLO")),
        (CHUNKED, CHUNKED.replace(b"3;a=b\r\nabc\r\n2\r\nde", b"2\r\nab\r\n3\r\ncde")),
        (b"HTTP/1.1 204 No Content\r\n\r\n", b"HTTP/1.1 204 No Content\r\n\r\n"),
    ],
    ids=["another-body", "other-chunk-borders", "nothing-to-leave-out"],
)
def test_what_could_not_be_put_back_is_written_whole(
    tmp_path: Path, first: bytes, second: bytes
) -> None:
    _, after, found = two_nights(tmp_path, sample(0, first), later(second))
    assert found[1][0] == "response"
    assert read_at(tmp_path, after) == later(second)


def test_no_payload_is_left_out_when_the_original_is_gone(tmp_path: Path) -> None:
    gone = WarcPointer("gone.warc.gz", 0, 10, "sha256:x", "urn:uuid:x")
    with WarcWriter(tmp_path, prefix="n") as writer:
        whole = write_revisit(writer, later(AGAIN), original(sample(), gone))
        confirmed = write_revisit(writer, later(NOT_MODIFIED), original(sample(), gone))
    assert read_at(tmp_path, whole) == later(AGAIN)
    assert read_at(tmp_path, confirmed).response == NOT_MODIFIED


def test_no_record_of_ours_depends_on_a_file_outside(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    with WarcWriter(outside, prefix="o") as writer:
        pointer = writer.write(sample())
    pointer = replace(pointer, file=str(outside / pointer.file))
    with WarcWriter(inside, prefix="i") as writer:
        after = write_revisit(writer, later(AGAIN), original(sample(), pointer))
        confirmed = write_revisit(writer, later(NOT_MODIFIED), original(sample(), pointer))
    assert read_at(inside, after) == later(AGAIN)
    assert read_at(inside, confirmed).response == NOT_MODIFIED
    assert str(tmp_path) not in gzip.decompress((inside / after.file).read_bytes()).decode(
        "latin-1"
    )


def test_a_revisit_of_a_revisit_names_the_record_with_the_payload(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, prefix="chain") as writer:
        first = writer.write(sample())
        second = write_revisit(writer, later(AGAIN), original(sample(), first))
        third = write_revisit(writer, later(AGAIN, days=2), original(later(AGAIN), second))
        fourth = write_revisit(
            writer, later(NOT_MODIFIED, days=3), original(later(AGAIN, days=2), third)
        )
    for pointer in (second, third, fourth):
        back = read_at(tmp_path, pointer)
        assert back.revisit is not None
        assert back.revisit.record_id == first.record_id
        assert back.revisit.captured_at == sample().captured_at
    assert read_at(tmp_path, third).response == AGAIN
    assert {first.payload_digest} == {p.payload_digest for p in (second, third, fourth)}


def test_a_cut_or_failed_exchange_is_no_revisit(tmp_path: Path) -> None:
    cut = replace(later(AGAIN), truncated="disconnect", error="body-cut")
    _, after, found = two_nights(tmp_path, sample(), cut)
    assert found[1][0] == "response"
    assert read_at(tmp_path, after) == cut


def test_warcio_check_passes_on_revisits(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, prefix="check") as writer:
        for response in (PLAIN, CHUNKED):
            pointer = writer.write(sample(0, response))
            write_revisit(writer, later(response), original(sample(0, response), pointer))
            write_revisit(writer, later(NOT_MODIFIED), original(sample(0, response), pointer))
    assert Checker(Inputs(tmp_path / writer.files[0])).process_all() == 0


def test_a_revisit_whose_original_is_gone_is_an_error_with_its_place(tmp_path: Path) -> None:
    before, after, _ = two_nights(tmp_path, sample(), later(AGAIN))
    (tmp_path / before.file).unlink()
    with pytest.raises(RecordError, match="goes back to") as raised:
        read_at(tmp_path, after)
    assert raised.value.offset == after.offset


STRANGER = (
    "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
    "WARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n{more}"
    "Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
)
IDENTICAL = "WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest\r\n"
BACK = "WARC-Refers-To-Target-URI: http://a.cn/1\r\nWARC-Refers-To-Date: 2020-01-01T00:00:00Z\r\n"


def stranger(kind: str, url: str, date: str, more: str, block: bytes) -> bytes:
    """A record as other programs write it."""
    head = STRANGER.format(
        kind=kind, number=f"{kind}-{date}", url=url, date=date, more=more, length=len(block)
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n")


AGNOSTIC = IDENTICAL.replace("identical", "uri-agnostic-identical")
DIGEST = "WARC-Payload-Digest: sha1:ABC\r\n"

FIRST = stranger("response", "http://a.cn/1", "2020-01-01T00:00:00Z", "", PLAIN)


def second(more: str, block: bytes) -> bytes:
    return stranger("revisit", "http://a.cn/2", "2020-01-02T00:00:00Z", IDENTICAL + more, block)


@pytest.mark.parametrize(
    ("more", "block", "expected"),
    [
        (BACK, AGAIN[:-5], AGAIN),
        (BACK, b"", PLAIN),
        ("WARC-Refers-To: <urn:uuid:response-2020-01-01T00:00:00Z>\r\n", AGAIN[:-5], AGAIN),
        (BACK, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", PLAIN),
    ],
    ids=["head", "empty", "by-id", "head-that-does-not-fit"],
)
def test_revisits_of_other_programs_find_their_original(
    tmp_path: Path, more: str, block: bytes, expected: bytes
) -> None:
    path = tmp_path / "other.warc.gz"
    path.write_bytes(FIRST + second(more, block))
    [_, (capture, pointer)] = read_captures(path)
    assert (capture.url, capture.response) == ("http://a.cn/2", expected)
    archive, apart = tmp_path / "archive", tmp_path / "apart.warc.gz"
    archive.mkdir()
    apart.write_bytes(second(more, block))
    if "Target-URI" not in more:
        return  # An index knows addresses, not ids.
    Index(archive, ELSEWHERE_NAME).add(entries_of(archive, path))
    [(again, pointer)] = read_captures(apart, find=finder(archive))
    assert again == capture
    assert read_at(archive, replace(pointer, file=str(apart))) == again


def test_a_revisit_may_go_back_to_another_address_by_the_profile_for_that(tmp_path: Path) -> None:
    path = tmp_path / "other.warc.gz"
    again = stranger("revisit", "http://a.cn/2", "2020-01-02T00:00:00Z", AGNOSTIC + BACK, b"")
    path.write_bytes(FIRST + again)
    [_, (capture, _)] = read_captures(path)
    assert (capture.url, capture.response) == ("http://a.cn/2", PLAIN)


@pytest.mark.parametrize(
    ("url", "told", "date", "is_found"),
    [
        ("http://a.cn/1", DIGEST, "2020-01-02T00:00:00Z", True),
        ("http://a.cn/2", DIGEST, "2020-01-02T00:00:00Z", False),
        ("http://a.cn/1", DIGEST.replace("ABC", "ABD"), "2020-01-02T00:00:00Z", False),
        ("http://a.cn/1", "", "2020-01-02T00:00:00Z", False),
        ("http://a.cn/1", DIGEST, "2019-12-31T00:00:00Z", False),
    ],
    ids=["same", "other-address", "other-digest", "no-digest", "before-it"],
)
@pytest.mark.parametrize("is_apart", [False, True])
def test_a_revisit_that_names_nothing_goes_back_to_what_its_address_said_before(
    tmp_path: Path, url: str, told: str, date: str, is_found: bool, is_apart: bool
) -> None:
    first = stranger("response", "http://a.cn/1", "2020-01-01T00:00:00Z", DIGEST, PLAIN)
    again = stranger("revisit", url, date, IDENTICAL + told, b"")
    archive, path = tmp_path / "archive", tmp_path / "other.warc.gz"
    archive.mkdir()
    path.write_bytes(first if is_apart else first + again)
    if is_apart:
        Index(archive, ELSEWHERE_NAME).add(entries_of(archive, path))
        (path := tmp_path / "apart.warc.gz").write_bytes(again)
    *_, (capture, _) = read_captures(path, find=finder(archive))
    assert capture.error == (None if is_found else ORIGINAL_MISSING)
    assert capture.response == (PLAIN if is_found else b"")


def test_a_stranger_s_revisit_without_original_is_taken_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "apart.warc.gz"
    path.write_bytes(second(BACK + "WARC-Payload-Digest: sha1:ABC\r\n", AGAIN[:-5]))
    [(capture, pointer)] = read_captures(path)
    assert capture.error == ORIGINAL_MISSING
    assert pointer.payload_digest == "sha1:ABC"
    with pytest.raises(RecordError):
        read_at(tmp_path, pointer)


@pytest.mark.parametrize("file", ["/etc/passwd", "../secret.warc.gz", "..", "other.warc.gz"])
def test_a_stranger_s_record_cannot_lead_to_another_file(tmp_path: Path, file: str) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.warc.gz").write_bytes(FIRST)
    # Beside it, but another record than the one that is named.
    (inside / "other.warc.gz").write_bytes(
        stranger("response", "http://a.cn/9", "2020-01-01T00:00:00Z", "", PLAIN)
    )
    path = inside / "evil.warc.gz"
    hints = f"WARC-Refers-To-Filename: {file}\r\nWARC-Refers-To-File-Offset: 0\r\n"
    path.write_bytes(second(BACK + hints, AGAIN[:-5]))
    [(capture, _)] = read_captures(path)
    assert capture.error == ORIGINAL_MISSING


def test_a_revisit_of_an_unknown_profile_is_not_interpreted(tmp_path: Path) -> None:
    path = tmp_path / "unknown.warc.gz"
    strange = stranger(
        "revisit", "http://a.cn/2", "2020-01-02T00:00:00Z", "WARC-Profile: http://x/diff\r\n", PLAIN
    )
    path.write_bytes(FIRST + strange)
    assert [capture.url for capture, _ in read_captures(path)] == ["http://a.cn/1"]


def test_revisits_that_go_in_a_circle_have_no_original(tmp_path: Path) -> None:
    path = tmp_path / "circle.warc.gz"
    circle = (
        "WARC-Refers-To-Target-URI: http://a.cn/2\r\nWARC-Refers-To-Date: 2020-01-02T00:00:00Z\r\n"
    )
    path.write_bytes(second(circle, AGAIN[:-5]))
    [(capture, _)] = read_captures(path, find=lambda revisit: [(path, 0)])
    assert capture.error == ORIGINAL_MISSING


@settings(max_examples=40)
@given(
    body=st.binary(min_size=1, max_size=200),
    other=st.binary(max_size=50),
    chunked=st.booleans(),
    same=st.booleans(),
)
def test_whatever_comes_again_reads_back_as_it_came(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, other: bytes, chunked: bool, same: bool
) -> None:
    directory = tmp_path_factory.mktemp("again")
    begin = CHUNKED[: CHUNKED.index(b"3;a=b")] if chunked else PLAIN[:-5]
    first = sample(0, begin + body)
    second = later(begin.replace(b"200 OK", b"200 Fine") + (body if same else body + other))
    with WarcWriter(directory, prefix="p") as writer:
        before = writer.write(first)
        after = write_revisit(writer, second, original(first, before))
    assert read_at(directory, before) == first
    assert replace(read_at(directory, after), revisit=None) == second
    assert [p for _, p in read_captures(directory / after.file)] == [before, after]
