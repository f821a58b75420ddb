"""Standard streams that are closed, full or know few characters: the exit code tells the truth."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from archive.model import Site
from archive.store import open_archive
from tests.crawl.night import ENVIRONMENT, PALIMPSEST

_TALKING = """
import sys
from archive.cli import main, output, program
run = program.run

def talking(arguments):
    output.note("something beside the data")
    sys.stderr.write("a line of progress")
    sys.stderr.flush()
    return run(arguments)

program.run = talking
sys.exit(main())
"""


def shell(line: str, data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``line`` in a shell that knows the program as ``$P`` and the data directory as ``$D``."""
    return subprocess.run(
        ["sh", "-c", line],
        env=ENVIRONMENT | {"P": PALIMPSEST, "D": str(data)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    with open_archive(folder, create=True) as archive:
        archive.store.put_site(Site("研究所", ("www.example.ac.cn",)))
    return folder


@pytest.mark.parametrize("closed", ["<&- >&- 2>&-", ">/dev/full 2>/dev/full"])
def test_a_night_nobody_can_be_told_of_ends_with_its_code(data: Path, closed: str) -> None:
    assert shell(f'"$P" nightly --data "$D" {closed}', data).returncode == 78


@pytest.mark.parametrize("command", ["sites list", "runs list --format json", "--help"])
def test_an_output_without_room_is_74_and_named(data: Path, command: str) -> None:
    done = shell(f'PALIMPSEST_DATA="$D" "$P" {command} > /dev/full', data)
    assert done.returncode == 74
    assert done.stderr.startswith("palimpsest: no room left where standard output goes: ")
    assert len(done.stderr.splitlines()) == 1


def test_closed_streams_swallow_what_is_written(data: Path) -> None:
    assert shell('"$P" sites list --data "$D" >&-', data).returncode == 0
    verified = shell('"$P" verify --data "$D" 2>&-', data)
    assert (verified.returncode, "agree" in verified.stdout) == (0, True)


def test_an_export_that_nobody_gets_is_refused(data: Path, tmp_path: Path) -> None:
    done = shell('"$P" export --format csv --data "$D" >&-', data)
    assert (done.returncode, "standard output is closed" in done.stderr) == (64, True)
    shell(f'"$P" export --format csv --output "{tmp_path}/a.csv" --data "$D" >&-', data)
    assert (tmp_path / "a.csv").exists()


def test_no_file_of_the_archive_takes_the_place_of_a_closed_stream(data: Path) -> None:
    code = (
        "import os; from archive.cli.streams import make_whole; make_whole(); "
        "os._exit(os.open(os.devnull, os.O_RDONLY))"
    )
    done = shell(f'"$PYTHON" -c "{code}" <&- >&- 2>&-', data, PYTHON=sys.executable)
    assert done.returncode > 2


def test_what_an_output_has_no_characters_for_is_escaped(data: Path) -> None:
    done = shell('"$P" sites list --data "$D"', data, PYTHONIOENCODING="latin-1")
    assert done.returncode == 0, done.stderr
    assert "\\u7814" in done.stdout


@pytest.mark.parametrize("command", ["nightly", "crawl http://127.0.0.1:9/"])
def test_a_folder_that_is_gone_is_73(tmp_path: Path, command: str) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    done = shell(f'cd "$D" && rmdir "$D" && "$P" {command}', gone)
    assert done.returncode == 73
    assert done.stderr.startswith("palimpsest: cannot write in data: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", [["runs", "list"], ["search", "@nobody"]])
def test_no_command_ends_otherwise_because_a_log_has_no_reader(
    data: Path, command: list[str]
) -> None:
    arguments = [sys.executable, "-c", _TALKING, *command, "--data", str(data)]
    heard = subprocess.run(arguments, capture_output=True, text=True, check=False)
    reader, writer = os.pipe()
    os.close(reader)
    try:
        unheard = subprocess.run(
            arguments, stdout=subprocess.PIPE, stderr=writer, text=True, check=False
        )
    finally:
        os.close(writer)
    assert (unheard.returncode, unheard.stdout) == (heard.returncode, heard.stdout)


def test_the_end_of_a_command_looks_for_no_cycles_among_all_that_was_loaded() -> None:
    lines = "import gc, sys\nfrom archive.cli import main\n"
    lines += "sys.argv = ['palimpsest', '--version']\nmain()\n"
    lines += "assert gc.get_freeze_count() > len(gc.get_objects()), gc.get_freeze_count()"
    subprocess.run([sys.executable, "-c", lines], env=ENVIRONMENT, check=True)
