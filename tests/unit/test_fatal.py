"""Pages that end whoever reads them cost one process, once; all others cost nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive import fatal
from archive.cleaning import read_page
from archive.errors import FatalPageError
from archive.store import open_archive
from tests.crawl.server import Pages, links, served
from tests.unit import backfill_samples as samples

DEADLY = "第3次"
"""What stands in the title of the page that kills, and in no other."""
PATCH = f"""
import os, signal
from archive.cleaning import page
whole = page._tree
def tree(text, encoded):
    with open({{log!r}}, "a") as log:
        log.write("killed\\n" if {DEADLY!r} in text else "")
    if {DEADLY!r} in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    return whole(text, encoded)
page._tree = tree
"""


@dataclass(frozen=True)
class Deadly:
    """An archive, and a program in which a page is as one that crashes the parser."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def killed(self) -> int:
        """Processes that the page has killed."""
        log = self.folder / "log"
        return log.read_text().count("killed") if log.exists() else 0

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        patched = self.folder / "patched"
        patched.mkdir(exist_ok=True)
        made = PATCH.format(log=str(self.folder / "log"))
        (patched / "sitecustomize.py").write_text(made, encoding="utf-8")
        return subprocess.run(
            [Path(sys.executable).with_name("palimpsest"), *command, "--data", str(self.data)],
            env=os.environ | {"PYTHONPATH": str(patched), "PALIMPSEST_LANG": "en"},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


@pytest.fixture
def deadly(tmp_path: Path) -> Deadly:
    return Deadly(tmp_path)


def test_a_page_that_kills_costs_one_process_once_and_is_told_of(deadly: Deadly) -> None:
    samples.warc(deadly.folder, "a.warc.gz", range(8))
    source = str(deadly.folder / "a.warc.gz")
    assert (
        deadly.run("backfill", source, "--site", "a", "--jobs", "1").returncode == -signal.SIGSEGV
    )
    again = deadly.run("backfill", source, "--site", "a", "--jobs", "1")
    assert again.returncode == 65, again.stderr
    assert again.stderr.count(fatal.FATAL) == 1
    assert deadly.killed == 2  # it, and the one that tried the page alone
    assert len(samples.articles(deadly.data)) == 7
    cleaned = deadly.run("clean")
    assert (cleaned.returncode, cleaned.stderr.count(fatal.FATAL)) == (65, 1)
    assert deadly.killed == 2


def test_of_several_processes_one_dies_and_the_same_run_goes_on(deadly: Deadly) -> None:
    samples.warc(deadly.folder, "a.warc.gz", range(8))
    samples.warc(deadly.folder, "b.warc.gz", range(8, 260))
    sources = [str(deadly.folder / name) for name in ("a.warc.gz", "b.warc.gz")]
    done = deadly.run("backfill", *sources, "--site", "a", "--jobs", "2")
    assert done.returncode == 65, done.stderr
    assert done.stderr.count(fatal.FATAL) >= 1
    assert deadly.killed == 2
    with open_archive(deadly.data) as archive:
        assert archive.store.count_articles() >= 200


def test_a_night_goes_on_behind_a_page_that_killed_one_and_its_article_keeps_its_text(
    deadly: Deadly,
) -> None:
    paths = [f"/zhxw/t201203{number + 1:02d}_{2693000 + number}.html" for number in range(8)]
    pages: Pages = {path: samples.html(number) for number, path in enumerate(paths)}
    pages["/"] = links(*(path[1:] for path in paths))
    bad, pages[paths[3]] = pages[paths[3]], samples.html(300)
    with served(pages) as site:
        command = ("crawl", site.url, "--site", "a")
        assert deadly.run(*command).returncode == 0
        pages[paths[3]] = bad
        assert deadly.run(*command).returncode == -signal.SIGSEGV
        for _ in range(2):
            night = deadly.run(*command)
            assert night.returncode == 0, night.stderr
            assert f"{site.url}{paths[3][1:]}: {fatal.FATAL}" in night.stdout
        assert deadly.killed == 2
        assert samples.title(300) in samples.titles(deadly.data)
        pages[paths[3]] = samples.html(301)
        assert fatal.FATAL not in deadly.run(*command).stdout
        assert samples.title(301) in samples.titles(deadly.data)


PAGE = samples.html(1).encode()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(fatal, "_own", [])
    fatal.watch(tmp_path)
    return tmp_path


def died_reading(data: Path, page: bytes) -> None:
    """A process that reads the page is killed."""
    script = (
        "import os, sys; from pathlib import Path; from archive import fatal\n"
        "fatal.watch(Path(sys.argv[1])); fatal.begin(sys.stdin.buffer.read(), None, None)\n"
        "os.kill(os.getpid(), 9)"
    )
    command = [sys.executable, "-c", script, str(data)]
    assert subprocess.run(command, input=page, check=False).returncode == -9
    fatal._look_for_dead(data / fatal.FOLDER)


def notes(data: Path) -> dict[str, str]:
    folder = data / fatal.FOLDER
    found = [path for path in folder.iterdir() if not path.name.startswith("begun-")]
    return {path.name: json.loads(path.read_text())["state"] for path in found}


def test_a_page_that_was_read_when_a_process_was_killed_is_tried_and_read(data: Path) -> None:
    died_reading(data, PAGE)
    assert list(notes(data).values()) == ["suspect"]
    assert read_page(PAGE).title == samples.title(1) + "-研究所"
    assert list(notes(data).values()) == ["innocent"]


def test_a_page_over_which_three_processes_died_is_left_out(data: Path) -> None:
    for _ in range(fatal.MAX_DEATHS - 1):
        died_reading(data, PAGE)
        read_page(PAGE)
    died_reading(data, PAGE)
    with pytest.raises(FatalPageError):
        read_page(PAGE)
    assert read_page(samples.html(2).encode()).title


def test_another_program_reads_what_the_one_before_left_out(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(fatal.MAX_DEATHS):
        died_reading(data, PAGE)
    with pytest.raises(FatalPageError):
        read_page(PAGE)
    monkeypatch.setattr(fatal, "edition", lambda: "the next one")
    assert read_page(PAGE).title


def test_who_lives_and_who_has_done_with_a_page_is_suspected_of_nothing(data: Path) -> None:
    read_page(PAGE)
    fatal._look_for_dead(data / fatal.FOLDER)
    assert notes(data) == {}
    script = (
        "import sys; from pathlib import Path; from archive import fatal\n"
        "fatal.watch(Path(sys.argv[1])); fatal.begin(b'x', None, None)"
    )
    subprocess.run([sys.executable, "-c", script, str(data)], check=True)
    fatal._look_for_dead(data / fatal.FOLDER)
    assert notes(data) == {}


@pytest.mark.parametrize("said", [b"", b"{", b"[]", b'{"program": 1}', b"\xff"])
def test_notes_that_are_none_leave_no_page_out(said: bytes, data: Path) -> None:
    name = fatal.begin(PAGE, None, None)
    (data / fatal.FOLDER / name).write_bytes(said)
    assert read_page(PAGE).title


def test_where_nothing_can_be_written_pages_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fatal, "_own", [])
    (tmp_path / "readings").write_text("a file")
    fatal.watch(tmp_path)
    fatal.watch(tmp_path / "nowhere")
    assert read_page(PAGE).title
    assert not (tmp_path / "nowhere").exists()
