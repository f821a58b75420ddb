"""Writing WARC files: what other readers find in them, and what happens when the disk is full."""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive.errors import DataDirectoryError, DiskFullError
from archive.exchange import ResponseFraming
from archive.model import Capture
from archive.warc import WarcWriter, read_at, read_captures
from archive.warc.compress import LARGE_BYTES
from archive.warc.index import Index
from archive.warc.naming import OPEN_SUFFIX, file_name, safe_prefix
from archive.warc.payload import payload_of
from crawler.selftest.scenarios import SCENARIOS
from tests.unit.warc_samples import CHUNKED, PLAIN, REQUEST, Inputs, sample, write_file


def records(path: Path) -> list[tuple[str, dict[str, str], bytes]]:
    """Type, fields and block of every record, read by warcio."""
    with path.open("rb") as file:
        return [
            (r.rec_type, dict(r.rec_headers.headers), r.raw_stream.read())
            for r in ArchiveIterator(file, no_record_parse=True)
        ]


def test_blocks_are_the_bytes_of_the_wire(tmp_path: Path) -> None:
    path, captures = write_file(tmp_path)
    found = records(path)
    assert [block for kind, _, block in found if kind == "response"] == [
        capture.response for capture in captures
    ]
    assert [block for kind, _, block in found if kind == "request"] == [REQUEST] * len(captures)
    assert found[0][0] == "warcinfo"


def test_every_record_is_a_gzip_member_of_its_own(tmp_path: Path) -> None:
    path, captures = write_file(tmp_path)
    data = path.read_bytes()
    with WarcWriter(tmp_path, prefix="second") as writer:
        pointers = [writer.write(capture) for capture in captures]
    data = (tmp_path / writer.files[0]).read_bytes()
    for pointer, capture in zip(pointers, captures, strict=True):
        member = gzip.decompress(data[pointer.offset : pointer.offset + pointer.length])
        assert member.startswith(b"WARC/1.1\r\nWARC-Type: response\r\n")
        assert pointer.record_id.encode() in member
        assert member.endswith(b"\r\n\r\n" + capture.response + b"\r\n\r\n")


def test_a_large_record_is_one_member_too(tmp_path: Path) -> None:
    body = os.urandom(LARGE_BYTES) + bytes(LARGE_BYTES)
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    large = sample(1, head + body)
    with WarcWriter(tmp_path, prefix="t") as writer:
        places = [writer.write(capture) for capture in (sample(0), large, sample(2))]
    content = (tmp_path / writer.files[0]).read_bytes()
    member = content[places[1].offset : places[1].offset + places[1].length]
    assert gzip.decompress(member).endswith(head + body + b"\r\n\r\n")
    assert [read_at(tmp_path, place).url for place in places] == [
        sample(0).url,
        large.url,
        sample(2).url,
    ]
    assert read_at(tmp_path, places[1]) == large


@pytest.mark.parametrize("response", [PLAIN, CHUNKED])
def test_a_whole_message_is_held_once(response: bytes) -> None:
    framing = ResponseFraming()
    framing.feed(response)
    assert framing.complete
    assert framing.settle() == response
    assert framing.settle() is framing.raw
    assert framing.body() is framing.body()
    assert framing.body() == payload_of(response)


def test_warcio_check_passes_on_every_odd_response(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with WarcWriter(tmp_path, prefix="odd") as writer:
        for scenario in SCENARIOS:
            writer.write(sample(response=b"".join(scenario.parts)))
        writer.write(sample(response=b"", error="connection-refused"))
        writer.write(sample(response=b"HTTP/1.1 200 OK\r\n\xa0\r\nX: y\r\n\r\nbody"))
    paths = [tmp_path / name for name in writer.files]
    assert Checker(Inputs(*paths)).process_all() == 0
    assert "digest pass" in capsys.readouterr().out


def test_the_payload_digest_is_that_of_the_decoded_body(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, prefix="digest") as writer:
        plain, chunked = writer.write(sample()), writer.write(sample(response=CHUNKED))
    assert plain.payload_digest == f"sha256:{hashlib.sha256(b'hello').hexdigest()}"
    assert chunked.payload_digest == f"sha256:{hashlib.sha256(b'abcde').hexdigest()}"
    responses = [
        fields for kind, fields, _ in records(tmp_path / writer.files[0]) if kind == "response"
    ]
    assert responses[0]["WARC-Payload-Digest"] == plain.payload_digest
    assert "WARC-Payload-Digest" not in responses[1]
    assert responses[1]["Palimpsest-Payload-Digest"] == chunked.payload_digest


def test_the_fields_tell_who_spoke_and_how(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, prefix="f", info={"operator": "the library"}) as writer:
        pointer = writer.write(sample(truncated="disconnect", error="body-cut"))
    path = tmp_path / writer.files[0]
    text = gzip.decompress(path.read_bytes()).decode("latin-1")
    assert "operator: the library\r\n" in text
    assert f"WARC-Filename: {path.name}\r\n" in text
    assert text.count("WARC-Protocol: http/1.1\r\nWARC-Protocol: tls/1.3\r\n") == 3
    assert "WARC-IP-Address: 192.0.2.1\r\n" in text
    assert "WARC-Cipher-Suite: TLS_AES_256_GCM_SHA384\r\n" in text
    assert "WARC-Truncated: disconnect\r\n" in text
    assert "WARC-Date: 2026-03-01T12:30:15.123456Z\r\n" in text
    assert text.count(f"WARC-Concurrent-To: <{pointer.record_id}>\r\n") == 2
    assert "error: body-cut\r\n" in text


def test_a_failure_without_response_is_a_metadata_record(tmp_path: Path) -> None:
    failed = sample(
        response=b"", request=b"", ip=None, protocols=(), cipher=None, error="dns: none"
    )
    with WarcWriter(tmp_path, prefix="f") as writer:
        pointer = writer.write(failed)
    kinds = [kind for kind, _, _ in records(tmp_path / writer.files[0])]
    assert kinds == ["warcinfo", "metadata"]
    assert read_at(tmp_path, pointer) == failed


def test_field_values_cannot_break_out_of_their_line(tmp_path: Path) -> None:
    evil = sample(
        url="http://x/\r\nWARC-Type: response\r\n\r\n",
        via="http://x/\r\nerror: forged",
        error="bad\r\nvia: forged",
    )
    with WarcWriter(tmp_path, prefix="e", info={"operator": "x\r\nformat: y"}) as writer:
        pointer = writer.write(evil)
    assert len(records(tmp_path / writer.files[0])) == 4
    back = read_at(tmp_path, pointer)
    assert "\n" not in back.url
    assert back.via == "http://x/  error: forged"
    assert back.error == "bad  via: forged"


def test_a_file_has_its_name_only_once_it_is_whole(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, prefix="n")
    assert writer.files == ()
    pointer = writer.write(sample())
    assert [path.name for path in tmp_path.glob("*.warc.gz*")] == [pointer.file + ".open"]
    assert read_at(tmp_path, pointer) == sample()
    writer.close()
    assert [path.name for path in tmp_path.glob("*.warc.gz*")] == [pointer.file]
    assert read_at(tmp_path, pointer) == sample()
    writer.close()


def test_a_file_with_its_name_is_in_the_index_whenever_the_writer_dies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = WarcWriter(tmp_path, prefix="n")
    pointer = writer.write(sample())
    real = Path.rename

    def dies(self: Path, target: Path) -> Path:
        if self.suffix == OPEN_SUFFIX:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "rename", dies)
    with pytest.raises(KeyboardInterrupt):
        writer.close()
    assert pointer.file in Index(tmp_path).files()


def test_files_rotate_by_size_and_sort_by_time(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, prefix="r", max_bytes=2000) as writer:
        pointers = [writer.write(sample(number)) for number in range(12)]
    assert len(writer.files) > 2
    assert sorted(writer.files) == list(writer.files)
    assert sorted(path.name for path in tmp_path.glob("*.warc.gz*")) == sorted(writer.files)
    for number, pointer in enumerate(pointers):
        assert read_at(tmp_path, pointer) == sample(number)


def test_names_are_safe_and_unique() -> None:
    names = {file_name("../a b/党", 3) for _ in range(50)}
    assert len(names) == 50
    assert all(re.fullmatch(r"a_b-\d{17}-00003-[0-9a-f]{6}\.warc\.gz", name) for name in names)
    assert safe_prefix("党") == "palimpsest"


def test_a_write_that_fails_half_way_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = WarcWriter(tmp_path, prefix="full")
    before = writer.write(sample(1))
    path = tmp_path / f"{before.file}{OPEN_SUFFIX}"
    size = path.stat().st_size
    real = os.write

    def full_disk(descriptor: int, data: bytes) -> int:
        if len(data) > 100:
            return real(descriptor, data[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full_disk)
    with pytest.raises(DiskFullError):
        writer.write(sample(2))
    monkeypatch.undo()
    assert path.stat().st_size == size
    after = writer.write(sample(3))
    writer.close()
    assert read_at(tmp_path, before) == sample(1)
    assert read_at(tmp_path, after) == sample(3)
    assert len(list(read_captures(tmp_path / writer.files[0]))) == 2


def test_a_directory_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataDirectoryError, match="file"):
        WarcWriter(tmp_path / "file", prefix="x").write(sample())


bytes_of_a_response = st.one_of(
    st.binary(max_size=300),
    st.binary(max_size=200).map(lambda body: PLAIN + body),
    st.binary(max_size=200).map(lambda body: CHUNKED[:-20] + body),
)


@settings(max_examples=40)
@given(
    exchanges=st.lists(
        st.tuples(
            st.binary(max_size=100),
            bytes_of_a_response,
            st.sampled_from([None, "length", "time", "disconnect"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    exchanges: list[tuple[bytes, bytes, str | None]],
) -> None:
    directory = tmp_path_factory.mktemp("round")
    captures = [
        sample(number, response, request=request, truncated=truncated if response else None)
        for number, (request, response, truncated) in enumerate(exchanges)
    ]
    captures = [c if c.response else replace(c, error="no-response") for c in captures]
    with WarcWriter(directory, prefix="p") as writer:
        pointers = [writer.write(capture) for capture in captures]
    back: list[Capture] = []
    for (capture, pointer), expected in zip(
        read_captures(directory / writer.files[0]), pointers, strict=True
    ):
        assert pointer == expected
        assert read_at(directory, pointer) == capture
        back.append(capture)
    assert back == captures
    for capture, pointer in zip(captures, pointers, strict=True):
        payload = payload_of(capture.response, capture.request)
        assert pointer.payload_digest == f"sha256:{hashlib.sha256(payload).hexdigest()}"
