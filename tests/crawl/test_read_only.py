"""An archive on a disk that cannot be written is read as any other, and says so when it is not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archive.store import open_archive
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction

PATIENCE_SECONDS = 240
NO_NAMESPACE = (
    subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode
    if shutil.which("unshare")
    else 1
)
IN_NAMESPACE = ("unshare", "-rm", "sh", "-c")
ON_A_DISK = """
mount -t tmpfs -o size=64m tmpfs "$1" && cp -r "$2/." "$1" || exit 99
"""
NO_LONGER_WRITABLE = """
mount -t tmpfs -o remount,ro tmpfs "$1" || exit 99
"""
FULL = """
head -c 70000000 /dev/zero > "$1/more" 2> "$2.filled" && exit 99
"""
READ = """
for command in "search 老党员" "show 001" "export --format csv" verify stats "search 党 --save a"
do palimpsest $command --data "$1" > "$2.out"; echo "$command: $?"; done
"""


WRITTEN_MEANWHILE = """
mkdir "$1/own" "$1/shown" && cp -r "$2/." "$1/own" || exit 99
mount --bind "$1/own" "$1/shown" && mount -o remount,ro,bind "$1/shown" || exit 99
exec "$3" -m tests.crawl.read_meanwhile "$1"
"""


@pytest.mark.skipif(NO_NAMESPACE != 0, reason="this machine lets nobody mount a disk of his own")
def test_what_its_owner_writes_meanwhile_is_read(tmp_path: Path) -> None:
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, [article("001", extraction("老党员参观展览。"))])
    place = tmp_path / "place"
    place.mkdir()
    done = subprocess.run(
        [
            *IN_NAMESPACE,
            WRITTEN_MEANWHILE,
            "sh",
            str(place),
            str(tmp_path / "data"),
            sys.executable,
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [1, 1, 3, 2, 2]


@pytest.mark.skipif(NO_NAMESPACE != 0, reason="this machine lets nobody mount a disk of his own")
@pytest.mark.parametrize(
    ("made", "code"), [(NO_LONGER_WRITABLE, 73), (FULL, 74)], ids=["read-only", "full"]
)
def test_an_archive_on_a_read_only_or_full_disk_is_searched_shown_and_exported(
    made: str, code: int, tmp_path: Path
) -> None:
    data, mounted = tmp_path / "data", tmp_path / "mounted"
    mounted.mkdir()
    with open_archive(data, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        text = extraction("老党员参观展览。")
        archive.store.replace_articles(SITE, (article(f"{n:03d}", text) for n in range(3)))
        assert archive.search("老党员").total == 3
    done = subprocess.run(
        [*IN_NAMESPACE, ON_A_DISK + made + READ, "sh", str(mounted), str(data)],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
        env=os.environ
        | {"PALIMPSEST_LANG": "en", "PYTHONUTF8": "1"}
        | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
    )
    assert done.stdout.splitlines() == [
        "search 老党员: 0",
        "show 001: 0",
        "export --format csv: 0",
        "verify: 0",
        "stats: 0",
        f"search 党 --save a: {code}",
    ], done.stderr
    assert "3 of 3 articles" in done.stderr
    assert "Traceback" not in done.stderr
