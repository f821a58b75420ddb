"""The night as a process: profiles walked, locked, stopped, judged, reported."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from archive.cli import main
from archive.lock import locked
from archive.runs.dead import DIED
from archive.store import Filters, open_archive
from tests import forkserver
from tests.crawl.hook import webhook
from tests.crawl.night import (
    ARTICLES,
    ENVIRONMENT,
    PATIENCE_SECONDS,
    institute,
    night,
    profile,
    report,
    slow,
    start,
    started,
    wait_for,
    whole_night,
)
from tests.crawl.server import Answer, halting, links, served
from tests.unit.backfill_samples import html


def test_a_night_walks_every_enabled_profile_and_the_next_one_finds_what_changed(
    tmp_path: Path,
) -> None:
    pages = institute()
    with served(pages) as one, served(institute(3)) as two, served({}) as off:
        profile(tmp_path, one, "one")
        profile(tmp_path, two, "two")
        profile(tmp_path, off, "off", "enabled = false")
        assert whole_night(tmp_path)[0] == 0
        assert off.asked == []
        path = "/zhxw/t20120301_0.html"
        pages[path] = html(0).replace("汇报", "书面汇报")
        pages["/zhxw/t20120309_99.html"] = html(99)
        pages["/"] = links(*(p for p in pages if p != "/"))
        code, out, err = night(tmp_path)
    assert code == 0, err
    assert out.splitlines()[0].startswith("one: finished (exit code 0)")
    changes = report(tmp_path, 3)["changes"]
    assert isinstance(changes, dict)
    assert (changes["new"], changes["changed"], changes["gone"]) == (1, 1, 0)
    assert report(tmp_path, 4)["changes"] == dict.fromkeys(changes, 0) | {"unchanged": 3}
    with open_archive(tmp_path) as archive:
        assert {run.kind for run in archive.store.runs()} == {"nightly"}


def test_no_profile_or_a_wrong_one_is_a_matter_of_configuration(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["nightly", "--data", str(tmp_path)]) == 78
    assert "palimpsest sites add" in capsys.readouterr().err
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "a.toml").write_text('name = "a"\nstrt = []\n')
    assert main(["nightly", "--data", str(tmp_path)]) == 78
    assert "line 2" in capsys.readouterr().err
    assert main(["nightly", "--site", "b", "--data", str(tmp_path)]) in (66, 78)


def test_a_wrong_profile_costs_the_other_sites_nothing(tmp_path: Path) -> None:
    with served(institute()) as site:
        profile(tmp_path, site, "right")
        (tmp_path / "sites" / "a.toml").write_text('name = "a"\nstrt = []\n')
        code, out, err = night(tmp_path)
        assert code == 78
        assert f"right: finished (exit code 0); {ARTICLES} articles" in out
        assert "a.toml line 2: unknown key 'strt'; did you mean start?" in err
        assert "and 1 more: `palimpsest sites check` lists them" in err
        # Whoever names a right one is not bothered.
        assert night(tmp_path, "--site", "right")[0] == 0
    metrics = (tmp_path / "runs" / "a-palimpsest.prom").read_text()
    assert 'palimpsest_exit_code{site="a"} 78\n' in metrics


def test_a_fault_of_the_program_at_one_site_costs_the_others_nothing(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import crawler.nightly\n"
        "plan_of = crawler.nightly.plan_of\n"
        "def broken(data, start, mirrors, name, pages):\n"
        "    if name == 'a': raise ZeroDivisionError('nobody thought of this')\n"
        "    return plan_of(data, start, mirrors, name, pages)\n"
        "crawler.nightly.plan_of = broken\n"
    )
    with served(institute()) as site:
        profile(tmp_path / "data", site, "a")
        profile(tmp_path / "data", site, "b")
        code, out, err = _broken_night(tmp_path)
    assert code == 1
    assert "palimpsest: a: ZeroDivisionError: nobody thought of this" in err
    assert "b: finished (exit code 0)" in out


def test_nothing_of_a_site_stays_in_memory_while_the_next_ones_are_walked(tmp_path: Path) -> None:
    script = (
        "import gc, sys; from pathlib import Path; from crawler.job import Job\n"
        "from archive.runs.stopping import Stop; from crawler.nightly import nightly\n"
        "def held(night):\n"
        "    gc.collect(); print(sum(isinstance(one, Job) for one in gc.get_objects()))\n"
        "nightly(Path(sys.argv[1]), (), Stop(), told=held)\n"
    )
    with served(institute()) as site:
        for name in ("a", "b", "c"):
            profile(tmp_path, site, name)
        done = subprocess.run(
            [sys.executable, "-c", script, tmp_path],
            check=False,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            env=ENVIRONMENT,
        )
    assert (done.stdout.split(), done.returncode) == (["0", "0", "0"], 0), done.stderr


def test_a_second_night_of_the_same_data_exits_75_and_names_the_holder(tmp_path: Path) -> None:
    over = threading.Event()

    def waiting(path: str) -> Answer | str | None:
        over.wait(PATIENCE_SECONDS if path != "/" else 0)
        return institute().get(path)

    with served(waiting) as site:
        profile(tmp_path, site)
        first = start(tmp_path)
        wait_for(lambda: len(site.asked) > 2)
        code, out, err = night(tmp_path)
        over.set()
        first.communicate(timeout=PATIENCE_SECONDS)
    assert (code, out) == (75, "")
    assert f"nightly (process {first.pid} on " in err
    assert len(err.splitlines()) == 1
    assert first.returncode == 0


def test_a_lock_that_a_killed_process_held_is_free(tmp_path: Path) -> None:
    with halting(institute(40), after=3) as (site, go_on):
        profile(tmp_path, site)
        first = start(tmp_path)
        wait_for(lambda: len(site.asked) > 4)
        first.kill()
        first.communicate()
        go_on.set()
        code, _, err = night(tmp_path)
    assert code == 0, err
    with open_archive(tmp_path) as archive:
        last, dead = archive.store.runs()
    assert (dead.outcome, dead.exit_code) == (DIED, 137)
    assert last.report is not None
    assert any(DIED in note for note in last.report.notes)


def test_a_process_may_hold_its_own_directory_twice(tmp_path: Path) -> None:
    with locked(tmp_path), locked(tmp_path, again=True):
        assert night(tmp_path)[0] == 75
    with locked(tmp_path):
        pass


def test_the_first_sigterm_drains_and_the_next_night_goes_on(tmp_path: Path) -> None:
    with halting(institute(40), after=8) as (site, go_on), served(institute(3)) as other:
        profile(tmp_path, site, "a")
        profile(tmp_path, other, "b")
        process = started(tmp_path)
        wait_for(lambda: len(site.asked) > 9)
        process.send_signal(signal.SIGTERM)
        go_on.set()
        out, _ = process.communicate(timeout=PATIENCE_SECONDS)
        asked, others = len(site.asked), len(other.asked)
        code, _, err = night(tmp_path)
    assert process.returncode == 143
    assert others == 0
    assert asked < 40
    assert "articles so far\nb: not begun" in out
    assert code == 0, err
    assert not list((tmp_path / "warc").glob("*.open"))
    with open_archive(tmp_path) as archive:
        assert archive.store.runs("a")[-1].exit_code == 143
        assert archive.store.frontier.ledger("a").get("leased", 0) == 0


def test_the_second_sigterm_stops_at_once(tmp_path: Path) -> None:
    with halting(institute(), after=1) as (site, _):
        profile(tmp_path, site)
        process = start(tmp_path)
        wait_for(lambda: len(site.asked) > 2)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        waits = process.poll()
        # Once more where the machine was too busy to hear the first one: both are one signal then.
        wait_for(lambda: _has_ended(process, asked_for=signal.SIGTERM))
        process.communicate()
    assert waits is None
    assert process.returncode == 143


def _has_ended(process: forkserver.Process, asked_for: int) -> bool:
    process.send_signal(asked_for)
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
    return process.returncode is not None


def test_a_server_that_is_down_is_69_and_costs_the_other_sites_nothing(tmp_path: Path) -> None:
    with served({}) as gone:
        profile(tmp_path, gone, "a-down")
    with served(institute()) as site:
        profile(tmp_path, site, "b-up")
        code, out, err = night(tmp_path)
    assert code == 69
    assert "connection-refused" in err
    assert "b-up: finished" in out
    with open_archive(tmp_path) as archive:
        assert archive.store.count_articles() == ARTICLES


def test_more_failures_than_allowed_are_2(tmp_path: Path) -> None:
    pages = institute(30)
    broken = [path for path in pages if path != "/"][:6]
    pages |= dict.fromkeys(broken, Answer("broken", 500))
    with served(pages) as site:
        profile(tmp_path, site)
        code, out, _ = night(tmp_path)
        assert code == 2
        assert "6 of 39 requests failed (15%; 5% are allowed)" in out
        profile(tmp_path / "lenient", site, more="failure_share = 0.3")
        assert night(tmp_path / "lenient")[0] == 0
    failed = report(tmp_path, 1)["failed"]
    # The menu of the pages leads nowhere; that is an answer.
    assert failed == {"http-404": 8, "http-500": 6}


def test_a_program_whose_every_callback_raises_does_not_say_complete(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import spiders.site\n"
        "def broken(self, response):\n"
        "    raise ZeroDivisionError('nobody thought of this')\n"
        "spiders.site.SiteSpider.parse = broken\n"
    )
    with served(institute()) as site:
        profile(tmp_path / "data", site)
        code, out, _ = _broken_night(tmp_path)
    assert code == 2
    assert "requests failed (100%" in out
    failed = report(tmp_path / "data", 1)["failed"]
    assert failed == {"program-error": 1}


def _broken_night(folder: Path) -> tuple[int, str, str]:
    return night(folder / "data", env=ENVIRONMENT | {"PYTHONPATH": str(folder)})


def test_a_template_that_hides_every_article_is_3(tmp_path: Path) -> None:
    pages = institute()
    with served(pages) as site:
        profile(tmp_path, site)
        assert night(tmp_path)[0] == 0
        for path in pages:
            if path != "/":
                pages[path] = "<html><body><div id=app></div><script src=app.js></script></body>"
        code, out, _ = night(tmp_path)
    assert code == 3
    assert "usually 8" in out


def test_the_minutes_of_a_night_are_a_budget_that_each_site_has_for_itself(tmp_path: Path) -> None:
    articles = 120
    # A minute of three seconds: everything else is as it is.
    program = (
        "import sys, crawler.nightly; crawler.nightly.SECONDS_PER_MINUTE = 3;"
        "from archive.cli import main;"
        "sys.exit(main(['nightly', '--data', sys.argv[1]]))"
    )
    pages, pauses = institute(articles), [0.6]

    def unhurried(path: str) -> Answer | str | None:
        time.sleep(pauses[0])
        return pages.get(path)

    with served(unhurried) as large, served(institute()) as small:
        profile(tmp_path, large, "a", more="max_minutes = 1")
        profile(tmp_path, small, "b", more="max_minutes = 240")
        done = forkserver.run([sys.executable, "-c", program, str(tmp_path)], ENVIRONMENT)
        first, second = done.stdout.splitlines()
        assert done.returncode == 0, done.stderr
        assert "a: stopped at max_minutes" in first
        assert f"b: finished (exit code 0); {ARTICLES} articles" in second
        asked = len(large.asked)
        assert 0 < asked < articles
        large.forget()
        pauses[0] = 0.0
        assert night(tmp_path)[0] == 0
        # What the budget left is asked for in the next night.
        assert len({*large.asked}) > articles - asked
    with open_archive(tmp_path) as archive:
        assert archive.store.count_articles(Filters(site="a")) == articles


def test_the_pages_of_a_night_are_a_budget(tmp_path: Path) -> None:
    with slow(institute(40)) as site:
        profile(tmp_path, site, more="max_pages = 5")
        code, out, _ = night(tmp_path)
        assert code == 0
        assert "stopped at --max-pages" in out
        first = len(site.asked)
        night(tmp_path)
    assert first < 12
    assert len(site.asked) > first


def test_a_store_newer_than_the_program_is_76(tmp_path: Path) -> None:
    with served(institute()) as site:
        profile(tmp_path, site)
        with open_archive(tmp_path, create=True):
            pass
        with closing(sqlite3.connect(tmp_path / "palimpsest.db")) as store, store:
            store.execute("UPDATE alembic_version SET version_num = '9999'")
        code, _, err = night(tmp_path)
        assert site.asked == []
    assert code == 76
    assert "update palimpsest" in err


def test_the_report_is_written_in_every_form_and_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(institute()) as site, webhook() as (url, heard):
        profile(tmp_path, site)
        told = {"PALIMPSEST_WEBHOOK": url, "PALIMPSEST_WEBHOOK_TOKEN": "secret"}
        monkeypatch.setattr("tests.crawl.night.ENVIRONMENT", ENVIRONMENT | told)
        assert night(tmp_path)[0] == 0
    [(token, facts)] = heard
    assert token == "Bearer secret"
    assert facts == report(tmp_path, 1)
    names = {path.name for path in (tmp_path / "runs").iterdir()}
    assert names == {"000001-s.json", "000001-s.txt", "000001-s.html", "s-palimpsest.prom"}
    metrics = (tmp_path / "runs" / "s-palimpsest.prom").read_text()
    assert 'palimpsest_exit_code{site="s"} 0\n' in metrics
    assert f'palimpsest_articles{{site="s",status="live"}} {ARTICLES}\n' in metrics
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or b"secret" not in path.read_bytes()


def test_a_hook_that_cannot_be_reached_does_not_undo_the_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served({}) as nobody:
        url = nobody.url
    with served(institute()) as site:
        profile(tmp_path, site)
        told = {"PALIMPSEST_WEBHOOK": url + "?key=hidden"}
        monkeypatch.setattr("tests.crawl.night.ENVIRONMENT", ENVIRONMENT | told)
        code, out, err = night(tmp_path)
    assert code == 0
    assert "palimpsest: s: PALIMPSEST_WEBHOOK: not told: " in err
    assert "hidden" not in out + err
