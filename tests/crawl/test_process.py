"""A crawl as a process: it can be stopped, killed, started twice, and nothing is lost."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from archive.cli import main
from archive.lock import locked
from archive.store import open_archive
from archive.warc import read_captures
from crawler.job import FLYING_PER_LOOPBACK_HOST
from crawler.scheduler import BATCH_PER_HOST
from tests import forkserver
from tests.crawl.server import Answer, Pages, Site, halting, links, served
from tests.unit.backfill_samples import html

PALIMPSEST = str(Path(sys.executable).with_name("palimpsest"))
PAGES = 120
ANSWERED = 40
"""Pages that a crawl has when it is killed or stopped."""
PATIENCE_SECONDS = 240.0


def many_pages() -> Pages:
    pages: Pages = {f"/p{n}.html": f"<p>page {n}" for n in range(PAGES)}
    pages["/"] = links(*pages)
    return pages


def start(site: Site, data: Path) -> forkserver.Process:
    return forkserver.start([PALIMPSEST, "crawl", site.url, "--site", "s", "--data", str(data)])


def wait_for(site: Site, requests: int) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while len(site.asked) < requests:
        assert time.monotonic() < end, "the crawl did not start"
        time.sleep(0.005)


def states(data: Path) -> Counter[str]:
    with open_archive(data) as archive:
        return Counter(archive.store.frontier.ledger("s"))


def test_a_killed_crawl_loses_nothing_and_asks_for_little_again(tmp_path: Path) -> None:
    with halting(many_pages(), after=ANSWERED) as (site, go_on):
        process = start(site, tmp_path)
        wait_for(site, ANSWERED + 2)
        process.kill()
        process.communicate()
        go_on.set()
        again = start(site, tmp_path)
        _, complaint = again.communicate(timeout=PATIENCE_SECONDS)
    assert again.returncode == 0, complaint
    assert states(tmp_path) == {"done": PAGES + 2}
    counts = Counter(path for path in site.asked if path.startswith("/p"))
    assert len(counts) == PAGES
    twice = sum(count > 1 for count in counts.values())
    assert twice <= FLYING_PER_LOOPBACK_HOST + BATCH_PER_HOST
    warcs = sorted((tmp_path / "warc").glob("*.warc.gz*"))
    assert [path.name for path in warcs if not path.name.endswith(".warc.gz")] == []
    kept = {capture.url for path in warcs for capture, _ in read_captures(path)}
    assert {f"{site.url}p{n}.html" for n in range(PAGES)} <= kept


def test_a_crawl_told_to_stop_ends_in_good_order_and_can_go_on(tmp_path: Path) -> None:
    with halting(many_pages(), after=ANSWERED) as (site, go_on):
        process = start(site, tmp_path)
        wait_for(site, ANSWERED + 2)
        process.send_signal(signal.SIGTERM)
        go_on.set()
        process.communicate(timeout=PATIENCE_SECONDS)
        asked = len(site.asked)
        left = states(tmp_path)
        again = start(site, tmp_path)
        again.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 143
    assert asked < PAGES
    assert left["leased"] == 0
    assert left["waiting"] > 0
    assert again.returncode == 0
    assert max(Counter(site.asked[1:]).values()) <= 2
    assert states(tmp_path) == {"done": PAGES + 2}
    assert not list((tmp_path / "warc").glob("*.open"))


def test_a_second_crawl_of_the_same_data_says_that_it_must_wait(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with served({"/": "<p>x"}) as site, locked(tmp_path):
        code = main(["crawl", site.url, "--data", str(tmp_path)])
        assert site.asked == []
    assert code == 75
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_bad_input_gives_one_line_and_a_truthful_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("not a directory")
    for url, data, code in (
        ("http://127.0.0.1:1/", "data", 69),
        ("not a url", "data", 64),
        ("http://127.0.0.1:1/", "file", 73),
    ):
        assert main(["crawl", url, "--data", str(tmp_path / data)]) == code
        printed = capsys.readouterr()
        assert printed.out == ""
        assert len(printed.err.splitlines()) == 1
        assert printed.err.startswith("palimpsest: ")


def test_the_summary_says_what_was_found_and_what_to_do_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with served({"/": links("/gone.html"), "/gone.html": Answer("", 404)}) as site:
        code = main(["crawl", site.url, "--site", "光机所", "--data", str(tmp_path)])
    printed = capsys.readouterr().out
    assert code == 0
    assert "光机所" in printed
    assert "http-404 1" in printed
    assert ".warc.gz" in printed
    assert printed.splitlines()[-1].endswith(" ledger")


def test_the_commands_of_the_summary_run_as_they_stand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {f"/zhxw/t2012030{n + 1}_{n}.html": html(n) for n in range(3)}
    with served({"/": links(*pages), **pages}) as site:
        main(["crawl", site.url, "--site", "光机所", "--data", str(tmp_path / "a b")])
    commands = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ")][-3:]
    assert all(" --data " in command for command in commands)
    codes = [
        subprocess.run(
            ["sh", "-c", command], capture_output=True, check=False, timeout=PATIENCE_SECONDS
        ).returncode
        for command in commands
    ]
    assert codes == [0, 0, 0], commands


def scrapy_says(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("scrapy")), *arguments],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )


def test_scrapys_own_commands_work(tmp_path: Path) -> None:
    with served({"/": links("/t20101209_1.html"), "/t20101209_1.html": "<p>text"}) as site:
        outputs = [
            scrapy_says(*arguments)
            for arguments in (
                ("list",),
                ("check",),
                ("crawl", "site", "-a", f"url={site.url}", "-s", f"PALIMPSEST_DATA={tmp_path}"),
            )
        ]
    assert [output.returncode for output in outputs] == [0, 0, 0], outputs
    assert outputs[0].stdout.split() == ["site"]
    assert site.times("/t20101209_1.html") == 1
    assert list((tmp_path / "warc").glob("*.warc.gz"))


def test_a_page_is_looked_at_in_scrapys_shell_and_nothing_is_kept_of_it(tmp_path: Path) -> None:
    data = f"PALIMPSEST_DATA={tmp_path / 'data'}"
    with served({"/": "<title>研究所</title>"}) as site:
        shown = scrapy_says("shell", site.url, "-s", data, "-c", "response.css('title').get()")
        fetched = scrapy_says("fetch", site.url, "-s", data)
    assert shown.stdout.strip() == "<title>研究所</title>", shown
    assert fetched.stdout.strip() == "<title>研究所</title>", fetched
    assert (shown.stderr, fetched.stderr) == ("", "")
    assert not (tmp_path / "data").exists()


def test_scrapy_crawl_says_in_a_line_and_by_its_code_what_went_wrong(tmp_path: Path) -> None:
    to = ("-s", f"PALIMPSEST_DATA={tmp_path}")
    unreachable = scrapy_says("crawl", "site", "-a", "url=http://127.0.0.1:1/", *to)
    nowhere = scrapy_says("crawl", "site", *to)
    unknown = scrapy_says("crawl", "sight", *to)
    assert (unreachable.returncode, nowhere.returncode, unknown.returncode) == (69, 64, 2)
    assert "http://127.0.0.1:1/ gave no page: connection-refused" in unreachable.stderr
    assert "name at least one address" in nowhere.stderr
    assert "Spider not found: sight" in unknown.stderr
    assert len(unreachable.stderr.splitlines()) == len(nowhere.stderr.splitlines()) == 1
    assert "Traceback" not in unknown.stderr
