"""A night on a full, read-only or foreign disk: its code says so, and nothing is lost."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive.cli import main
from archive.store import open_archive
from tests.crawl.night import (
    ENVIRONMENT,
    institute,
    night,
    profile,
    whole_night,
)
from tests.crawl.server import served


def test_a_full_disk_is_74_and_the_next_night_goes_on(tmp_path: Path) -> None:
    def small_files() -> None:
        # No file may grow beyond this: writing on gives EFBIG, as a quota gives EDQUOT.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    pages = institute(40)
    with served(pages) as site:
        profile(tmp_path, site)
        with open_archive(tmp_path, create=True):
            pass
        code, _, err = whole_night(tmp_path, preexec_fn=small_files)
        assert code == 74, err
        assert sum(line.startswith("palimpsest: ") for line in err.splitlines()) == 1, err
        again, _, err = night(tmp_path)
    assert again == 0, err
    with open_archive(tmp_path) as archive:
        assert archive.store.count_articles() == 40


NO_NAMESPACE = (
    subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode
    if shutil.which("unshare")
    else 1
)
NIGHTS_SECONDS = 300.0
"""For two nights and what is between and after them, each a process of its own."""
ON_A_SMALL_DISK = """
mount -t tmpfs -o size={size} tmpfs "$1" && cp -r "$2/." "$1" || exit 99
palimpsest nightly --data "$1"; echo "night $?"
{between}
palimpsest nightly --data "$1"; echo "night $?"
{after}
"""


def nights_on_a_small_disk(tmp_path: Path, size: str, between: str, after: str = "") -> list[str]:
    """What two nights say on a disk of their own of so many bytes, which is gone afterwards."""
    mounted = tmp_path / "mounted"
    mounted.mkdir()
    script = ON_A_SMALL_DISK.format(size=size, between=between, after=after)
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", str(mounted), str(tmp_path / "data")],
        capture_output=True,
        text=True,
        check=False,
        timeout=NIGHTS_SECONDS,
        env=ENVIRONMENT
        | {"PALIMPSEST_LOW_WATER_MB": "0"}
        | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
    )
    return [*done.stdout.splitlines(), *done.stderr.splitlines()]


@pytest.mark.skipif(NO_NAMESPACE != 0, reason="this machine lets nobody mount a disk of his own")
def test_a_disk_that_is_really_full_is_74_and_nothing_kept_is_lost(tmp_path: Path) -> None:
    with served(institute(60)) as site:
        profile(tmp_path / "data", site)
        more = 'mount -t tmpfs -o remount,size=64m tmpfs "$1"'
        said = nights_on_a_small_disk(tmp_path, "900k", more, 'palimpsest verify --data "$1"')
    assert [line for line in said if line.startswith("night ")] == ["night 74", "night 0"], said
    # Nobody has heard yet of what the first night had found.
    assert any("60 articles, 60 new" in line for line in said), said
    # The first night says why in one line, and nothing else.
    told = [line for line in said if line.startswith("palimpsest: ")]
    assert len(told) == 1, said
    assert "no room left in" in told[0]
    assert not any("Traceback" in line for line in said), said


@pytest.mark.skipif(NO_NAMESPACE != 0, reason="this machine lets nobody mount a disk of his own")
def test_a_night_that_a_full_disk_ended_is_told_as_such_and_not_as_one_that_died(
    tmp_path: Path,
) -> None:
    with served(institute(60)) as site:
        profile(tmp_path / "data", site)
        look = 'cat "$1"/runs/000001-s.json; mount -t tmpfs -o remount,size=64m tmpfs "$1"'
        after = 'palimpsest runs show 1 --data "$1" --format json; palimpsest runs list --data "$1"'
        said = nights_on_a_small_disk(tmp_path, "2m", look, after)
    assert [line for line in said if line.startswith("night ")] == ["night 74", "night 0"], said
    # In the report's file of the first night, and in the store afterwards.
    ended = [line for line in said if line.strip().startswith('"exit_code": 74')]
    assert len(ended) == 2, said
    outcomes = [line for line in said if line.strip().startswith('"outcome": "no room left in ')]
    assert len(outcomes) == 2, said
    assert not any("died" in line for line in said), said


@pytest.mark.skipif(NO_NAMESPACE != 0, reason="this machine lets nobody mount a disk of his own")
def test_a_disk_that_turned_read_only_is_73(tmp_path: Path) -> None:
    with served(institute()) as site:
        profile(tmp_path / "data", site)
        said = nights_on_a_small_disk(tmp_path, "64m", 'mount -t tmpfs -o remount,ro tmpfs "$1"')
    assert [line for line in said if line.startswith("night ")] == ["night 0", "night 73"], said


def test_below_the_low_water_mark_nothing_is_begun(tmp_path: Path) -> None:
    with served(institute()) as site:
        profile(tmp_path, site)
        code, _, err = night(tmp_path, env=ENVIRONMENT | {"PALIMPSEST_LOW_WATER_MB": "999999999"})
        assert site.asked == []
    assert code == 74
    assert "prune --dry-run" in err


def test_a_directory_that_cannot_be_written_is_73(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    assert main(["nightly", "--data", str(tmp_path / "data")]) == 73
