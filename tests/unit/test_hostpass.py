"""Worker processes of the site pass do not outlive the process that wanted their answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

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
