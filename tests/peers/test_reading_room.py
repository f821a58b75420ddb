"""The reading room's interfaces, asked by other people's clients, where they are installed
(``test_replay`` says how).

pywb replays through ``/cdx``, asked in both its ways; cdx-toolkit lists through it; memento-client
finds captures through the TimeGate.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.captured import read_message
from archive.store import Archive, CaptureRow
from archive.warc import read_at
from archive.web import Settings
from tests.crawl.server import Answer, served
from tests.peers.pywb import PEERS, pywb
from tests.unit import package_samples
from tests.unit.package_samples import SITE
from tests.web.serving import Served, serving

archive = package_samples.archive

pytestmark = pytest.mark.skipif(
    not (PEERS / "wayback").exists(), reason="PALIMPSEST_PEERS names no virtual environment"
)


@pytest.fixture
def room(archive: Archive) -> Iterator[Served]:
    with serving(archive, Settings(rate=0)) as open_room:
        yield open_room


def answered(archive: Archive) -> list[CaptureRow]:
    return [row for row in archive.store.captures(SITE) if row.status == 200]


def client(code: str, *arguments: str, **environment: str) -> str:
    command = [str(PEERS / "python"), "-c", code, *arguments]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=os.environ | environment,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("scheme", ["cdx", "xmlquery"])
def test_pywb_replays_what_cdx_tells_it_of(
    archive: Archive, room: Served, tmp_path: Path, scheme: str
) -> None:
    told = {"index": f"{scheme}+{room.base}/cdx", "archive_paths": f"{archive.warc_dir}/"}
    # JSON is YAML.
    (tmp_path / "config.yaml").write_text(json.dumps({"collections": {"c": told}}))
    rows = answered(archive)
    with pywb(tmp_path) as port:
        for row in rows:
            message = read_message(read_at(archive.warc_dir, row.pointer))
            assert message is not None
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            line.request("GET", f"/c/{row.captured_at:%Y%m%d%H%M%S}id_/{row.url}")
            answer = line.getresponse()
            assert (answer.status, answer.read()) == (200, message.content())
            line.close()
    assert rows


LISTS = """
import sys, cdx_toolkit
fetcher = cdx_toolkit.CDXFetcher(source=sys.argv[1])
for one in fetcher.iter(sys.argv[2], limit=1000):
    print(one["timestamp"], one["url"])
"""


def test_cdx_toolkit_lists_every_capture_of_a_host(archive: Archive, room: Served) -> None:
    host = answered(archive)[0].url.split("/")[2]
    listed = client(LISTS, f"{room.base}/cdx", f"{host}/*").splitlines()
    # A second request of one moment is one line to it: the moment and the address are its key.
    ours = {
        f"{row.captured_at:%Y%m%d%H%M%S} {row.url}"
        for row in archive.store.captures(SITE)
        if row.url.split("/")[2] == host
    }
    assert set(listed) == ours


FINDS = """
import sys, datetime, json, memento_client
client = memento_client.MementoClient(timegate_uri=sys.argv[1], check_native_timegate=False)
moment = datetime.datetime.strptime(sys.argv[3], "%Y%m%d%H%M%S")
found = client.get_memento_info(sys.argv[2], moment)["mementos"]["closest"]
print(json.dumps([found["datetime"].strftime("%Y%m%d%H%M%S"), found["uri"][0]]))
"""


def test_memento_client_finds_the_nearest_capture(archive: Archive, room: Served) -> None:
    row = answered(archive)[0]
    moment = f"{row.captured_at:%Y%m%d%H%M%S}"
    # It looks at the live web first: here that is a server which has nothing to say.
    with served(lambda _: Answer(b"")) as live:
        away = {"http_proxy": live.url, "no_proxy": room.host}
        found = client(FINDS, f"{room.base}/timegate/", row.url, moment, **away)
    stamp, address = json.loads(found)
    assert stamp == moment
    assert address == f"{room.base}/memento/{moment}/{row.url}"
