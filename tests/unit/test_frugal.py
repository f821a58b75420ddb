"""Memory that a large page takes goes back to the system when the page is done with."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from archive.exchange import read_response
from archive.witnesses import fingerprint as module
from archive.witnesses.fingerprint import PIECE, fingerprint

MIB = 1 << 20
FREED = """
import sys
from pathlib import Path
from archive.frugal import give_back_memory
def held() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
if sys.argv[1] == "told":
    give_back_memory()
large = bytearray(30 << 20)  # freed, it is what glibc's learns from
large[:] = b"x" * len(large)
del large
before = held()
pieces = [bytes([1]) * (3 << 20) for _ in range(40)]
last = b"y" * 2000
del pieces[1::2]
del pieces
print(held() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux tells it so")
def test_large_pieces_go_back_when_they_are_free() -> None:
    command = [sys.executable, "-c", FREED, "told"]
    found = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    assert int(found.stdout) < 8 * MIB


def test_a_long_text_has_the_fingerprint_it_had_in_one_piece(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = random.Random(11)
    for size in (0, 3, 4, PIECE - 1, PIECE, PIECE + 3, PIECE + 4, 2 * PIECE + 5):
        text = "".join(chosen.choices("会议由党总支书记主持讨论学习计划", k=size))
        in_pieces = fingerprint(text)
        with monkeypatch.context() as patched:
            patched.setattr(module, "PIECE", 10 * PIECE)
            assert fingerprint(text) == in_pieces


@pytest.mark.parametrize("chunk", [1000, 65536])
def test_an_answer_is_read_without_a_copy_of_it(chunk: int) -> None:
    import tracemalloc

    piece = b"%x\r\n%s\r\n" % (chunk, b"x" * chunk)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    raw = head + piece * (8 * MIB // chunk) + b"0\r\n\r\n"
    tracemalloc.start()
    try:
        message = read_response(raw)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(message.body) == 8 * MIB // chunk * chunk
    assert peak < 1.25 * len(raw)
