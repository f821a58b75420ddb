"""``./scripts/bench readers``: many readers at once, beside a night that is crawled.

    ./scripts/bench readers --readers 50 --seconds 60

The sample institute is crawled, the reading room opened over it, and each reader opens page after
page as an archivist does: searches, articles, witnesses, versions, captures, overviews, with a
second or so to look at each. First nobody writes, then a night of the changed sample is crawled
beside them, as often as there is time for. It tells what readers waited for, by kind of page, every
answer that was none, and the memory of the room's processes, before and at its peak.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import DEVNULL
from urllib.parse import quote

from benchmarks.reading_room.serving import Run, serving, tree
from tests.site import SampleInstitute

SITE = "sample"
ANSWER_SECONDS = 60
LOOKED_AT_SECONDS = 1.0
"""How long a page is looked at, on average."""
PROGRAM = str(Path(sys.executable).with_name("palimpsest"))
WORDS = (
    "党员",
    "学习",
    "研究所",
    "通知",
    "2010",
    "会议 召开",
    '"离退休"',
    "branch:科研动态",
    "xueyuan",
)
OVERVIEWS = (
    "/",
    "/sites",
    "/mirrors",
    "/new",
    "/runs",
    "/alarms",
    "/storage",
    "/new.atom",
    "/held",
)
KINDS = {
    "search": 4,
    "article": 4,
    "witnesses": 2,
    "diff": 1,
    "evidence": 2,
    "similar": 1,
    "overview": 2,
    "calendar": 1,
}
"""Kinds of page, and how often one is opened."""


@dataclass(slots=True)
class Seen:
    """What readers saw: seconds by kind of page, and answers that were none."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: Counter[str] = field(default_factory=Counter)

    def rows(self) -> Iterator[str]:
        """Lines of the report: all pages, then each kind."""
        every = [one for waits in self.seconds.values() for one in waits]
        for kind, waits in [("all", every), *sorted(self.seconds.items())]:
            ordered = sorted(waits)
            places = (int(share * (len(ordered) - 1)) for share in (0.5, 0.95, 1))
            p50, p95, most = (1000 * ordered[place] for place in places)
            times = f"p50 {p50:7.0f}   p95 {p95:7.0f}   at most {most:7.0f} ms"
            yield f"  {kind:<10} {len(waits):6,} pages   {times}"
        yield f"  errors: {sum(self.wrong.values())} {dict(self.wrong) or ''}"


def main() -> None:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.work) as place:
        data = Path(place, "data")
        with SampleInstitute.serve() as sample:
            port = int(sample.official.rstrip("/").rpartition(":")[2])
            command = _crawl(sample, data)
            subprocess.run(command, check=True, stdout=DEVNULL, stderr=DEVNULL)
        command = [PROGRAM, "serve", "--data", str(data), "--rate", "0", "--replay-port", "0"]
        command += ["--workers", str(options.workers)]
        with serving(command) as run:
            ids = _ids(run.port)
            print(f"{len(ids)} articles, {options.readers} readers, {options.seconds} s each")
            _report("nobody writes", run, ids, options)
            with SampleInstitute.serve(2, port=port) as changed, _crawling(changed, data) as nights:
                _report("beside a night", run, ids, options)
            print(f"nights meanwhile ended with {nights} (143: stopped at the end)")


def _report(name: str, run: Run, ids: Sequence[str], options: argparse.Namespace) -> None:
    load, began, cpu = os.getloadavg()[0], _memory(run, "VmRSS"), run.cpu()
    seen = asyncio.run(_read(run.port, ids, options.readers, options.seconds))
    ended, peak = _memory(run, "VmRSS"), _memory(run, "VmHWM")
    print(f"{name} (load {load:.1f} before, {os.getloadavg()[0]:.1f} after)")
    print("\n".join(seen.rows()))
    memory = f"memory {began:.0f} MB, then {ended:.0f}, peak {peak:.0f}"
    print(f"  CPU {run.cpu() - cpu:.1f} s   {memory}", flush=True)


async def _read(port: int, ids: Sequence[str], readers: int, seconds: float) -> Seen:
    seen = Seen()
    end = time.monotonic() + seconds
    await asyncio.gather(*(_reader(port, ids, random.Random(n), end, seen) for n in range(readers)))
    return seen


async def _reader(
    port: int, ids: Sequence[str], chance: random.Random, end: float, seen: Seen
) -> None:
    await asyncio.sleep(chance.uniform(0, 2 * LOOKED_AT_SECONDS))
    while time.monotonic() < end:
        kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
        path = _path(kind, ids, chance)
        start = time.perf_counter()
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                status = await _status(port, path)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            status = type(error).__name__
        seen.seconds[kind].append(time.perf_counter() - start)
        if status != "200":
            seen.wrong[f"{status} {kind}"] += 1
        await asyncio.sleep(chance.uniform(0.5, 1.5) * LOOKED_AT_SECONDS)


def _path(kind: str, ids: Sequence[str], chance: random.Random) -> str:
    if kind == "search":
        return f"/?q={quote(chance.choice(WORDS))}&page={chance.choice((1, 1, 2))}"
    if kind == "overview":
        return chance.choice(OVERVIEWS)
    ending = {"article": "", "evidence": "/witness/0"}.get(kind, f"/{kind}")
    return f"/article/{chance.choice(ids)}{ending}"


async def _status(port: int, path: str) -> str:
    """The status of the answer, once all of it is there."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        head = (f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept-Encoding: gzip")
        writer.write("\r\n".join((*head, "Connection: close", "", "")).encode())
        answer = await reader.read(-1)
    finally:
        writer.close()
    start, _, body = answer.partition(b"\r\n\r\n")
    return start[9:12].decode("ascii", "replace") if body else "cut"


@contextmanager
def _crawling(sample: SampleInstitute, data: Path) -> Iterator[list[int]]:
    """Nights one after the other, until the block ends; their exit codes, once they ended. The one
    that runs then is told to end, and ends in good order."""
    codes: list[int] = []
    ending = threading.Event()

    def crawl() -> None:
        while not ending.is_set():
            with subprocess.Popen(_crawl(sample, data), stdout=DEVNULL, stderr=DEVNULL) as night:
                while night.poll() is None:
                    if ending.wait(0.2):
                        night.terminate()
                        night.wait()
                codes.append(night.wait())

    thread = threading.Thread(target=crawl)
    thread.start()
    try:
        yield codes
    finally:
        ending.set()
        thread.join()


def _crawl(sample: SampleInstitute, data: Path) -> list[str]:
    mirrors = [part for address in sample.mirrors for part in ("--mirror", address)]
    return [PROGRAM, "crawl", sample.official, *mirrors, "--site", SITE, "--data", str(data)]


def _ids(port: int) -> list[str]:
    address = f"http://127.0.0.1:{port}/api/v1/articles?limit=100"
    with urllib.request.urlopen(address, timeout=ANSWER_SECONDS) as answer:
        return [hit["id"] for hit in json.load(answer)["hits"]]


def _memory(run: Run, name: str) -> float:
    """Megabytes of all processes of the room: what they have (VmRSS), or had at most (VmHWM)."""
    lines = [
        line
        for pid in tree(run.process.pid)
        for line in Path(f"/proc/{pid}/status").read_text().splitlines()
    ]
    return sum(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1000


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench readers")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--work", type=Path, help="where to put files (default: /tmp)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
