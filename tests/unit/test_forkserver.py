"""A command that is forked is a process like any other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import forkserver

PATIENCE_SECONDS = 60.0
SEEN = """
import os, sys
print(sys.argv[1:], os.getcwd(), sorted(os.environ), sys.stdin.read() == "")
print("crawler.nightly" in sys.modules, "crawler.settings" in sys.modules)
print("done", file=sys.stderr)
sys.exit(7)
"""
LEAVES = """
import os
import crawler.nightly as nightly
print(os.environ.pop("A", 0), nightly.__dict__.pop("B", 0))
nightly.B = 1
"""
WAITS = "import time; print('waits', flush=True); time.sleep(600)"
THREADS = """
import os
files = []
for number in os.listdir("/proc/self/fd"):
    try:
        files.append((number, os.readlink(f"/proc/self/fd/{number}")))
    except OSError:
        pass  # the one that lists them
# Where memory may not be both written and run, libffi opens itself.
files = sorted(number for number, place in files if ".so" not in place)
print(len(os.listdir("/proc/self/task")), files)
"""


def python(program: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", program, *arguments]


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_has_what_it_was_given_and_its_exit_code_comes_back(tmp_path: Path) -> None:
    done = forkserver.run(python(SEEN, "a b", "报告"), {"ONE": "1"}, tmp_path)
    assert done.returncode == 7
    assert done.stdout == f"['a b', '报告'] {tmp_path} ['ONE'] True\nTrue False\n"
    assert done.stderr == "done\n"


def test_two_commands_know_nothing_of_each_other() -> None:
    said = {forkserver.run(python(LEAVES), {"A": "1"}).stdout for _ in range(2)}
    assert said == {"1 0\n"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_signal_ends_it_as_it_ends_any_process(number: signal.Signals) -> None:
    process = forkserver.start(python(WAITS))
    assert process.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        process.communicate(timeout=0.01)
    process.send_signal(number)
    process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == -number
    assert not is_alive(process.pid)
    process.kill()


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="no /proc here")
def test_it_begins_with_one_thread_and_no_file_but_its_streams() -> None:
    threads, _, files = forkserver.run(python(THREADS)).stdout.strip().partition(" ")
    assert threads == "1"
    assert files == "['0', '1', '2']"


def test_no_command_outlives_its_server() -> None:
    server = forkserver.ForkServer()
    process = server.start(python(WAITS), os.environ, Path.cwd())
    server.close()
    end = time.monotonic() + PATIENCE_SECONDS
    while is_alive(process.pid) and time.monotonic() < end:
        time.sleep(0.01)
    assert not is_alive(process.pid)
    with pytest.raises(EOFError):
        process.wait()


def test_a_customised_python_is_customised(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import crawler.nightly as n; n.CUSTOM = 1")
    program = python("import crawler.nightly as n; print(hasattr(n, 'CUSTOM'))")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    assert forkserver.run(program, environment).stdout == "True\n"
    assert forkserver.run(program).stdout == "False\n"
