"""Reading WARC files of all kinds: other programs', damaged ones, none at all."""

from __future__ import annotations

import gzip
import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.errors import RecordError
from archive.model import WarcPointer
from archive.warc import read_at, read_captures
from archive.warc import records as records_module
from archive.warc.records import read_records
from tests.unit.warc_samples import PLAIN, REQUEST, write_file


def record(kind: str, number: int, block: bytes, **fields: str) -> bytes:
    """One record as another program might write it, not compressed."""
    names = {name.replace("_", "-"): value for name, value in fields.items()}
    values = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{kind}-{number}>",
        "WARC-Date": "2020-01-02T03:04:05Z",
        "WARC-Target-URI": f"http://a.cn/{number}",
        "Content-Type": f"application/http; msgtype={kind}",
        "Content-Length": str(len(block)),
        **names,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in values.items())
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def pair(number: int) -> list[bytes]:
    """Request first, then response, linked by the response."""
    return [
        record("request", number, REQUEST),
        record("response", number, PLAIN, WARC_Concurrent_To=f"<urn:uuid:request-{number}>"),
    ]


def members(*parts: bytes) -> bytes:
    return b"".join(map(gzip.compress, parts))


LAYOUTS: dict[str, Callable[[list[bytes]], bytes]] = {
    "one-member-a-record": lambda parts: members(*parts),
    "one-member-for-all": lambda parts: gzip.compress(b"".join(parts)),
    "plain": b"".join,
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_files_of_other_programs_are_read(tmp_path: Path, layout: str) -> None:
    parts = [record("warcinfo", 0, b"software: other\r\n")]
    for number in range(3):
        parts += pair(number)
    path = tmp_path / "foreign.warc.gz"
    path.write_bytes(LAYOUTS[layout](parts))
    found = list(read_captures(path))
    assert [capture.url for capture, _ in found] == [f"http://a.cn/{n}" for n in range(3)]
    for capture, pointer in found:
        assert (capture.request, capture.response) == (REQUEST, PLAIN)
        assert capture.captured_at == datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
        assert read_at(tmp_path, pointer).response == PLAIN


def test_requests_behind_their_response_are_found_by_their_link(tmp_path: Path) -> None:
    parts = [
        record("response", 1, PLAIN),
        record("request", 1, REQUEST, WARC_Concurrent_To="<urn:uuid:response-1>"),
        record("request", 9, b"GET /other HTTP/1.0\r\n\r\n", WARC_Concurrent_To="<urn:uuid:none>"),
        record("metadata", 1, b"x: y\r\n"),
        record("resource", 1, b"x", WARC_Target_URI="urn:view:1"),
    ]
    path = tmp_path / "heritrix.warc"
    path.write_bytes(b"".join(parts))
    [(capture, pointer)] = read_captures(path)
    assert capture.request == REQUEST
    assert read_at(tmp_path, pointer) == capture


def test_records_that_are_no_http_exchange_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "mixed.warc"
    dns = record("response", 1, b"20200101", WARC_Target_URI="dns:a.cn", Content_Type="text/dns")
    path.write_bytes(dns + b"".join(pair(2)))
    assert [capture.url for capture, _ in read_captures(path)] == ["http://a.cn/2"]


def test_arc_files_are_read(tmp_path: Path) -> None:
    version = b"1 0 Someone\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://x.arc 0.0.0.0 20100101000000 text/plain %d\n" % len(version) + version
    page = b"http://a.cn/ 192.0.2.7 20100101000001 text/html %d\n" % len(PLAIN) + PLAIN
    path = tmp_path / "old.arc"
    path.write_bytes(head + b"\n" + page + b"\n" + page + b"\n")
    found = list(read_captures(path))
    assert len(found) == 2
    assert found[0][0].response == PLAIN
    assert found[0][0].ip == "192.0.2.7"
    path.write_bytes(members(head + b"\n", page + b"\n", page + b"\n"))
    assert len(list(read_captures(path))) == 2


def test_arc_files_of_version_2_say_the_same(tmp_path: Path) -> None:
    version = (
        b"2 0 Alexa Internet\nURL IP-address Archive-date Content-type Result-code Checksum "
        b"Location Offset Filename Archive-length\n"
    )
    size = b"200 - - 0 x.arc %d\n"
    head = b"filedesc://x.arc 0.0.0.0 20050101000000 text/plain " + size % len(version) + version
    line = b"http://a.cn/%d 192.0.2.7 20050101000001 text/html 200 ABCD http://a.cn/ 7 x.arc %d\n"
    pages = [line % (number, len(PLAIN)) + PLAIN + b"\n" for number in range(2)]
    path = tmp_path / "old.arc"
    for content in (head + b"\n" + b"".join(pages), members(head + b"\n", *pages)):
        path.write_bytes(content)
        found = [capture for capture, _ in read_captures(path)]
        assert [one.url for one in found] == ["http://a.cn/0", "http://a.cn/1"]
        assert {(one.ip, one.captured_at.year, one.response) for one in found} == {
            ("192.0.2.7", 2005, PLAIN)
        }


def test_damage_in_an_arc_file_costs_its_record_alone(tmp_path: Path) -> None:
    version = b"1 0 Someone\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://x.arc 0.0.0.0 20100101000000 text/plain %d\n" % len(version) + version

    def page(number: int, length: bytes) -> bytes:
        return b"http://a.cn/%d 192.0.2.7 20100101000001 text/html %b\n" % (number, length) + PLAIN

    right = str(len(PLAIN)).encode()
    path = tmp_path / "old.arc"
    for wrong in (b"x", b"%d" % (len(PLAIN) - 9), b"%d" % (len(PLAIN) + 9)):
        pages = [page(number, wrong if number == 1 else right) for number in range(4)]
        for content in (b"\n".join([head, *pages, b""]), members(head, *pages)):
            path.write_bytes(content)
            errors: list[RecordError] = []
            found = [capture.url for capture, _ in read_captures(path, errors.append)]
            assert found == [f"http://a.cn/{number}" for number in (0, 2, 3)]
            assert errors[0].offset == (
                content.find(b"http://a.cn/1")
                if content.startswith(b"file")
                else len(members(head, pages[0]))
            )


def test_a_torn_tail_is_reported_with_its_offset_and_the_rest_taken(tmp_path: Path) -> None:
    path, captures = write_file(tmp_path)
    pointers = [pointer for _, pointer in read_captures(path)]
    path.write_bytes(path.read_bytes()[: pointers[-1].offset + 20])
    errors: list[RecordError] = []
    assert [capture for capture, _ in read_captures(path, errors.append)] == captures[:-1]
    assert [error.offset for error in errors] == [pointers[-1].offset]
    with pytest.raises(RecordError, match=str(pointers[-1].offset)):
        list(read_captures(path))


def test_a_bad_member_in_the_middle_costs_only_itself(tmp_path: Path) -> None:
    path, captures = write_file(tmp_path)
    pointers = [pointer for _, pointer in read_captures(path)]
    data = bytearray(path.read_bytes())
    hurt = pointers[2]
    data[hurt.offset + hurt.length // 2] ^= 0xFF
    path.write_bytes(bytes(data))
    errors: list[RecordError] = []
    found = [capture.url for capture, _ in read_captures(path, errors.append)]
    assert found == [capture.url for n, capture in enumerate(captures) if n != 2]
    assert [error.offset for error in errors] == [hurt.offset]


def test_garbage_between_members_is_stepped_over(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(members(*pair(1)) + b"garbage \x1f\x8b\x08 garbage" + members(*pair(2)))
    errors: list[RecordError] = []
    assert len(list(read_captures(path, errors.append))) == 2
    assert errors


@pytest.mark.parametrize("wrong", ["3", "99999", "-1", "many", str(10**15), "9" * 5000])
@pytest.mark.parametrize("layout", ["one-member-a-record", "plain"])
def test_a_record_with_a_wrong_length_is_reported(tmp_path: Path, wrong: str, layout: str) -> None:
    parts = [*pair(1), record("response", 2, PLAIN, Content_Length=wrong), *pair(3)]
    path = tmp_path / "wrong.warc.gz"
    path.write_bytes(LAYOUTS[layout](parts))
    errors: list[RecordError] = []
    found = [capture.url for capture, _ in read_captures(path, errors.append)]
    assert found == ["http://a.cn/1", "http://a.cn/3"]
    assert errors


@pytest.mark.parametrize("content", [b"", b"not a warc\n" * 50, b"\x1f\x8b\x08", b"\0" * 100_000])
def test_a_file_that_is_no_warc_is_reported(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    errors: list[RecordError] = []
    assert list(read_captures(path, errors.append)) == []
    assert len(errors) >= 1


def test_a_header_line_without_end_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(b"WARC/1.0\r\nX: " + b"y" * 5_000_000 + b"".join(pair(2)))
    errors: list[RecordError] = []
    assert [capture.url for capture, _ in read_captures(path, errors.append)] == ["http://a.cn/2"]
    assert "without end" in str(errors[0])
    path.write_bytes(b"WARC/1.0\r\n" + b"X: y\r\n" * 5000 + b"\r\n")
    assert list(read_captures(path, errors.append)) == []
    assert "without end" in str(errors[-1])


def test_beginnings_of_records_without_end_take_no_long_time(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(b"".join([*pair(1), b"WARC/1.0\r\n" * 10_000, *pair(2)]))
    errors: list[RecordError] = []
    began = time.process_time()
    found = [capture.url for capture, _ in read_captures(path, errors.append)]
    assert time.process_time() - began < 3
    assert found == ["http://a.cn/1", "http://a.cn/2"]
    assert errors


def test_a_block_too_large_to_hold_is_stepped_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records_module, "MAX_BLOCK_BYTES", 1000)
    large = record("response", 2, PLAIN + bytes(2_000_000))
    path = tmp_path / "x.warc.gz"
    path.write_bytes(members(*pair(1), large, *pair(3)))
    errors: list[RecordError] = []
    found = [capture.url for capture, _ in read_captures(path, errors.append)]
    assert found == ["http://a.cn/1", "http://a.cn/3"]
    assert "more than 1000" in str(errors[0])


@pytest.mark.parametrize("date", ["yesterday", "", "2020-13-99T00:00:00Z"])
def test_a_record_without_a_date_is_reported(tmp_path: Path, date: str) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(record("response", 1, PLAIN, WARC_Date=date) + b"".join(pair(2)))
    errors: list[RecordError] = []
    found = [capture.url for capture, _ in read_captures(path, errors.append)]
    assert found == ["http://a.cn/2"]
    assert "WARC-Date" in str(errors[0])


def test_unknown_reasons_of_truncation_are_unspecified(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(record("response", 1, PLAIN, WARC_Truncated="bored"))
    [(capture, _)] = read_captures(path)
    assert capture.truncated == "unspecified"


def test_a_pointer_to_nothing_is_a_record_error(tmp_path: Path) -> None:
    path, _ = write_file(tmp_path)
    size = path.stat().st_size
    for file, offset in ((path.name, 7), (path.name, size), (path.name, 10 * size), ("no", 0)):
        with pytest.raises(RecordError, match=file):
            read_at(tmp_path, WarcPointer(file, offset, 10, "sha256:x", "urn:uuid:x"))


def test_a_file_that_is_gone_is_called_by_its_name(tmp_path: Path) -> None:
    pointer = WarcPointer("gone.warc.gz", 7, 1, "sha256:0", "urn:uuid:0")
    with pytest.raises(RecordError) as raised:
        read_at(tmp_path, pointer)
    assert str(raised.value) == f"{tmp_path}/gone.warc.gz at byte 7: No such file or directory"


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "a.warc.gz"
    os.mkfifo(pipe)
    # Somebody writes nothing for a while, so that without the promise the test ends, too.
    writer = os.open(pipe, os.O_RDWR)
    end = threading.Timer(5, os.close, (writer,))
    end.start()
    with pytest.raises(OSError, match="not a file"):
        next(read_records(pipe))
    end.cancel()
    os.close(writer)
