"""The first thing a newcomer sees: the sample institute served here, and crawled by the program.

Nothing leaves the machine. Run again, it is a second night in the same archive, as the hosts keep
their ports; with ``PALIMPSEST_SAMPLE_NIGHT=2`` one on which the institute has edited, removed and
added articles. Where another program has these ports, others are taken, and a new archive.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.site import SampleInstitute

PORT = 18710
SITE = "sample"


@contextmanager
def served() -> Iterator[tuple[SampleInstitute, Path]]:
    """The sample on its usual ports with its usual data directory, else on any."""
    data = Path(os.environ.get("PALIMPSEST_DATA", "data/sample"))
    night = 2 if os.environ.get("PALIMPSEST_SAMPLE_NIGHT") == "2" else 1
    try:
        usual = SampleInstitute.serve(night, port=PORT)
        sample = usual.__enter__()
    except OSError:
        with SampleInstitute.serve(night) as other:
            yield other, data.with_name(f"{data.name}-{other.official.rpartition(':')[2][:-1]}")
        return
    try:
        yield sample, data
    finally:
        usual.__exit__(None, None, None)


def main() -> int:
    """Crawl the sample; the crawl's exit code."""
    palimpsest = str(Path(sys.executable).with_name("palimpsest"))
    with served() as (sample, data):
        mirrors = [part for address in sample.mirrors for part in ("--mirror", address)]
        command = ["crawl", sample.official, *mirrors, "--site", SITE, "--data", str(data)]
        print("$ palimpsest", *command, file=sys.stderr, flush=True)
        return subprocess.run([palimpsest, *command], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
