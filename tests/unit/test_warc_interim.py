"""Interim answers (1xx) keep their bytes, where no replay tool takes them for the answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.model import Capture, Original
from archive.warc import WarcWriter, read_at, read_captures
from tests.unit.warc_samples import CHUNKED, PLAIN, sample

HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


def others_see(path: Path) -> list[tuple[str, str | None]]:
    """Type and status of each record, as a reader of somebody else's tells it."""
    with path.open("rb") as stream:
        return [
            (one.rec_type, one.http_headers and one.http_headers.get_statuscode())
            for one in ArchiveIterator(stream)
            if one.rec_type in ("response", "revisit")
        ]


@pytest.mark.parametrize(
    "response",
    [HINTS + PLAIN, CONTINUE + HINTS + PLAIN, b"\r\n" + HINTS + b"\r\n" + PLAIN, CHUNKED],
)
def test_others_see_the_answer_and_no_byte_is_lost(tmp_path: Path, response: bytes) -> None:
    capture = sample(response=response, error="made up")
    with WarcWriter(tmp_path, prefix="x") as writer:
        pointer = writer.write(capture)
        next_one = writer.write(sample(1))
    (name,) = writer.files
    assert others_see(tmp_path / name) == [("response", "200"), ("response", "200")]
    assert read_at(tmp_path, pointer) == capture
    assert read_at(tmp_path, next_one) == sample(1)
    assert [one.response for one, _ in read_captures(tmp_path / name)] == [response, PLAIN]


@pytest.mark.parametrize("response", [HINTS, HINTS + b"HTTP/1.1 20", HINTS + b"garbage"])
def test_what_has_no_answer_behind_it_is_kept_as_it_came(tmp_path: Path, response: bytes) -> None:
    capture = sample(response=response, error="reset")
    with WarcWriter(tmp_path, prefix="x") as writer:
        pointer = writer.write(capture)
    assert read_at(tmp_path, pointer) == capture


@pytest.mark.parametrize(
    ("again", "status"),
    [
        (HINTS + PLAIN, "200"),
        (HINTS + b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n', "304"),
    ],
)
def test_a_revisit_gives_its_own_interim_answers_back(
    tmp_path: Path, again: bytes, status: str
) -> None:
    first: Capture = sample(response=CONTINUE + PLAIN)
    with WarcWriter(tmp_path, prefix="x") as writer:
        original = Original(first.url, first.captured_at, writer.write(first))
        pointer = writer.write_revisit(sample(response=again), original)
    (name,) = writer.files
    assert others_see(tmp_path / name) == [("response", "200"), ("revisit", status)]
    assert read_at(tmp_path, pointer).response == again
