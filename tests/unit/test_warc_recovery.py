"""What a dead writer left behind is finished, and nothing whole is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive.warc import WarcWriter, read_captures, recover
from archive.warc.cdxj import read_line
from archive.warc.index import Index
from tests.unit.warc_samples import sample, write_file

WRITER = """
import sys
from pathlib import Path
from archive.warc import WarcWriter
from tests.unit.warc_samples import sample
writer = WarcWriter(Path(sys.argv[1]), prefix="killed", max_bytes=20_000)
number = 0
while True:
    writer.write(sample(number))
    print(number, flush=True)
    number += 1
"""


def left_open(directory: Path) -> Path:
    """A finished file with the name of one that is being written."""
    path, _ = write_file(directory)
    return path.rename(path.with_name(path.name + ".open"))


def finished(directory: Path) -> list[Path]:
    """The WARC files, of which none is open any more."""
    assert not list(directory.glob("*.open"))
    return sorted(directory.glob("*.warc.gz"))


def listed(directory: Path) -> list[str]:
    """The addresses in the index, in its order."""
    return [read_line(line).url for line in Index(directory).lines()]


@pytest.mark.parametrize("seed", range(8))
def test_a_file_cut_anywhere_keeps_its_whole_records(tmp_path: Path, seed: int) -> None:
    path = left_open(tmp_path)
    data = path.read_bytes()
    whole = [(c, p) for c, p in read_captures(path)]
    cut = random.Random(seed).randrange(len(data))
    path.write_bytes(data[:cut])
    [said] = recover(tmp_path)
    expected = [capture.url for capture, p in whole if p.offset + p.length <= cut]
    left = finished(tmp_path)
    if not left:
        assert not expected
        assert listed(tmp_path) == []
        assert "removed" in said
        return
    assert left[0].name == path.name.removesuffix(".open")
    assert [capture.url for capture, _ in read_captures(left[0])] == expected
    assert listed(tmp_path) == expected
    assert recover(tmp_path) == []


def test_garbage_at_the_end_is_cut_off(tmp_path: Path) -> None:
    path = left_open(tmp_path)
    with path.open("ab") as file:
        file.write(b"\0" * 5000)
    [said] = recover(tmp_path)
    assert "5000 torn bytes cut off" in said
    [left] = finished(tmp_path)
    assert len(list(read_captures(left))) == 5


def test_damage_in_the_middle_takes_nothing_behind_it(tmp_path: Path) -> None:
    path = left_open(tmp_path)
    pointers = [pointer for _, pointer in read_captures(path)]
    data = bytearray(path.read_bytes())
    data[pointers[1].offset + 30] ^= 0xFF
    path.write_bytes(bytes(data))
    [said] = recover(tmp_path)
    assert f"damage left in place at byte {pointers[1].offset}" in said
    [left] = finished(tmp_path)
    kept = [pointer.offset for _, pointer in read_captures(left, lambda error: None)]
    assert kept == [pointer.offset for n, pointer in enumerate(pointers) if n != 1]


def test_the_file_of_a_living_writer_is_left_alone(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, prefix="living") as writer:
        writer.write(sample(1))
        [said] = recover(tmp_path)
        assert "left alone" in said
        writer.write(sample(2))
    assert len(list(read_captures(tmp_path / writer.files[0]))) == 2


def test_an_index_that_was_never_finished_is_removed(tmp_path: Path) -> None:
    left = [
        tmp_path / f".{name}.{end}" for name, end in (("index.cdxj", "new"), ("index.cdxj", "7"))
    ]
    for path in left:
        path.write_bytes(b"half a li")
    assert recover(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_no_directory_means_nothing_to_do(tmp_path: Path) -> None:
    assert recover(tmp_path / "none") == []


def test_nothing_that_was_written_dies_with_the_writer(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)],
        stdout=subprocess.PIPE,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert process.stdout is not None
    with process.stdout:
        said = 0
        for line in process.stdout:
            said = int(line)
            if said >= 60:
                break
        process.send_signal(signal.SIGKILL)
        said += len(process.stdout.readlines())
    process.wait(timeout=30)
    recover(tmp_path)
    assert not list(tmp_path.glob("*.open"))
    urls = [c.url for path in finished(tmp_path) for c, _ in read_captures(path)]
    assert sorted(urls) == sorted(listed(tmp_path))
    assert urls[: said + 1] == [sample(number).url for number in range(said + 1)]
    assert len(urls) <= said + 2
