"""What other programs make of our files: pywb, py-wacz and cdxj-indexer, where they are installed.

They are no dependencies (their own ones do not fit ours); point ``PALIMPSEST_PEERS`` to a virtual
environment that has them, as ``.ci/run`` makes one:

    python3 -m venv peers && peers/bin/pip install --require-hashes -r tests/peers/requirements.lock
    PALIMPSEST_PEERS=peers ./scripts/test tests/peers
"""

from __future__ import annotations

import http.client
import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from archive.captured import read_message
from archive.exchange import HttpMessage
from archive.store import Archive, open_archive
from archive.warc import read_at
from archive.warc.index import Index
from crawler.run import crawl_site
from tests.peers.pywb import PEERS, pywb
from tests.site import SampleInstitute
from tests.unit import package_samples
from tests.unit.package_samples import SITE, exported

archive = package_samples.archive

pytestmark = pytest.mark.skipif(
    not PEERS.is_dir(), reason="PALIMPSEST_PEERS names no virtual environment with pywb and wacz"
)


def peer(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PEERS / name), *arguments], capture_output=True, text=True, check=False, timeout=120
    )


def test_py_wacz_validates_the_package(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "out.wacz"
    path.write_bytes(exported(archive, "wacz"))
    done = peer("wacz", "validate", "-f", str(path))
    assert done.returncode == 0
    assert "Validation succeeded" in done.stdout


def test_cdxj_indexer_sees_the_same_places(archive: Archive) -> None:
    files = sorted(map(str, archive.warc_dir.glob("*.warc.gz")))
    done = peer("cdxj-indexer", "-s", *files)
    assert done.returncode == 0, done.stderr
    theirs, ours = (
        [_place(line) for line in lines]
        for lines in (
            done.stdout.splitlines(),
            [line.decode() for line in Index(archive.warc_dir).lines()],
        )
    )
    # A 304 stands in ours with the place of what it confirms (docs/adr/0006).
    confirmed = [one for one in theirs if one not in ours]
    assert len(confirmed) == 3
    assert [one for one in theirs if one in ours] == [one for one in ours if one in theirs]


def _place(line: str) -> tuple[str, ...]:
    key, moment, told = line.split(" ", 2)
    fields = json.loads(told)
    return key, moment, fields["filename"], fields["offset"], fields["length"]


def replayed(folder: Path, archive: Archive, site: str) -> dict[tuple[int, str], int]:
    """Ask pywb for every capture and compare it to the byte; how many there were of each status
    and kind of record."""
    collection = folder / "collections" / "c"
    (collection / "indexes").mkdir(parents=True)
    shutil.copytree(archive.warc_dir, collection / "archive")
    shutil.copy(archive.warc_dir / "index.cdxj", collection / "indexes")
    pages: dict[str, HttpMessage] = {}
    counts: Counter[tuple[int, str]] = Counter()
    with pywb(folder) as port:
        for row in archive.store.captures(site):
            capture = read_at(archive.warc_dir, row.pointer)
            message = read_message(capture)
            assert message is not None
            counts[message.status, capture.revisit.profile if capture.revisit else "response"] += 1
            # A 304 is replayed as the page it confirmed.
            page = pages[row.url] if message.status == 304 else message
            pages[row.url] = page
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", f"/c/{row.captured_at:%Y%m%d%H%M%S}id_/{row.url}")
            answer = connection.getresponse()
            assert (answer.status, answer.read()) == (page.status, page.content()), row.url
            connection.close()
    return dict(counts)


def test_pywb_replays_every_capture_to_the_same_bytes(archive: Archive, tmp_path: Path) -> None:
    assert sum(replayed(tmp_path, archive, SITE).values()) == 9


def test_pywb_replays_all_captures_of_two_nights_of_the_sample(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with SampleInstitute.serve() as sample:
        for _ in range(2):
            crawl_site(data, [sample.official], name=SITE)
    with open_archive(data) as archive:
        counts = replayed(tmp_path, archive, SITE)
    assert counts[304, "server-not-modified"] > 100
    assert counts[200, "identical-payload-digest"] > 50
    assert counts[200, "response"] > 300
