"""The site pass of one host: the same result however its pages were held; workers that end with the
process that wanted their answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive import hostpass
from archive.ingest import read_message, row_of
from archive.store import CaptureRow
from archive.warc import WarcWriter
from tests.unit.warc_samples import sample

PROGRAM = """
import multiprocessing, os, time
from concurrent.futures import ProcessPoolExecutor
from archive.hostpass import end_with_parent
if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=end_with_parent) as pool:
        print(pool.submit(os.getpid).result(), flush=True)
        time.sleep(60)
"""
PATIENCE_SECONDS = 20


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat")
        return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_a_worker_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "parent.py"
    program.write_text(PROGRAM, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE) as parent:
        try:
            assert parent.stdout is not None
            worker = int(parent.stdout.readline())
            assert is_alive(worker)
        finally:
            parent.send_signal(signal.SIGKILL)
    until = time.monotonic() + PATIENCE_SECONDS
    while is_alive(worker) and time.monotonic() < until:
        time.sleep(0.05)
    ended = not is_alive(worker)
    if not ended:
        os.kill(worker, signal.SIGKILL)
    assert ended


def test_a_page_read_twice_says_what_a_page_held_in_memory_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = kept_pages(tmp_path, 7)
    monkeypatch.setattr(hostpass, "HELD_CHARACTERS", 10**9)
    held = hostpass.read_host(tmp_path, rows)
    monkeypatch.setattr(hostpass, "HELD_CHARACTERS", len(page(0)) * 3)
    partly = hostpass.read_host(tmp_path, rows)
    assert len(held.reads) == 7
    assert held.model == partly.model
    assert [r.row.url for r in held.reads] == [row.url for row in rows]
    assert held.reads == partly.reads
    assert all("会议通过了决定" in r.extraction.text for r in held.reads)


def page(number: int) -> str:
    return (
        f"<title>第{number}次会议-研究所</title><body><div>首页 机构</div><h1>第{number}次会议</h1>"
        f"<div id=zoom><p>今年举行的第{number}次会议通过了决定，全体同志认真学习了文件。</p>"
        f"<p>会议由第{number}支部主持，各支部代表参加了会议，并提出了意见。</p></div></body>"
    )


def kept_pages(folder: Path, count: int) -> list[CaptureRow]:
    """So many article pages in a WARC, as rows of the store."""
    rows = []
    with WarcWriter(folder, prefix="host") as writer:
        for number in range(count):
            body = page(number).encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}"
            url = f"http://www.example.ac.cn/dj/{number}.html"
            capture = sample(response=f"{head}\r\n\r\n".encode() + body, url=url)
            pointer = writer.write(capture)
            rows.append(row_of(capture, pointer, 1, read_message(capture), None))
    return rows
