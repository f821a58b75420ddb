"""Whoever is to be told of a night and does not answer keeps it for a bounded time in all."""

from __future__ import annotations

import multiprocessing
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.messages.language import explained
from archive.runs import telling
from archive.runs.facts import facts_of
from archive.runs.patience import Patience, borrow, patience
from archive.runs.publishing import publish
from archive.runs.telling import MAIL_TO, WEBHOOK
from crawler.side_by_side import Lent
from tests.crawl.hook import Hook, webhook
from tests.crawl.mailbox import LOOPBACK, mailbox
from tests.crawl.reports import REPORT

SILENCE_SECONDS = 0.6
SITES = 12


@pytest.fixture(autouse=True)
def short_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "TIMEOUT_SECONDS", SILENCE_SECONDS)


@contextmanager
def silent() -> Iterator[str]:
    """The address of a webhook that accepts what is said, and says nothing."""
    with socket.create_server((LOOPBACK, 0), backlog=SITES) as server:
        yield f"http://{LOOPBACK}:{server.getsockname()[1]}/"


def test_a_night_of_many_sites_waits_for_a_silent_webhook_for_a_bounded_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = facts_of(REPORT)
    with silent() as address, patience((WEBHOOK,), seconds=3) as patient:
        began = time.monotonic()
        lines = [
            line
            for _ in range(SITES)
            for line in publish(tmp_path, facts, {WEBHOOK: address}, patient).problems
        ]
        took = time.monotonic() - began
    assert len(lines) == SITES
    given_up = [line for line in lines if line.endswith("the night has waited for it long enough")]
    # A second is spent on each that had begun.
    assert len(given_up) == SITES - 3
    assert took < SITES * SILENCE_SECONDS / 2
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    assert "今夜已等它够久" in explained(given_up[0])


def test_whoever_answers_is_told_of_each_site_and_costs_no_patience(tmp_path: Path) -> None:
    with webhook() as (address, heard), patience((WEBHOOK,), seconds=2) as patient:
        for _ in range(SITES):
            assert publish(tmp_path, facts_of(REPORT), {WEBHOOK: address}, patient).problems == ()
        assert patient.left(WEBHOOK) == 2
    assert len(heard) == SITES


def test_whoever_answers_slowly_costs_a_part_of_the_time_and_in_the_end_is_told_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = Hook.do_POST

    def slowly(hook: Hook) -> None:
        time.sleep(SILENCE_SECONDS / 2)
        answer(hook)

    monkeypatch.setattr(Hook, "do_POST", slowly)
    # Of 0.3 seconds, one counts.
    monkeypatch.setattr(telling, "ANSWERED", 3.0)
    with webhook() as (address, heard), patience((WEBHOOK,), seconds=4) as patient:
        lines = [
            line
            for _ in range(SITES)
            for line in publish(tmp_path, facts_of(REPORT), {WEBHOOK: address}, patient).problems
        ]
    assert len(heard) == 4
    assert len(lines) == SITES - 4
    assert all(line.endswith("the night has waited for it long enough") for line in lines)


def test_whoever_refuses_at_once_costs_no_patience_and_is_asked_for_each_site(
    tmp_path: Path,
) -> None:
    with silent() as address:
        pass
    with patience((WEBHOOK,), seconds=2) as patient:
        for _ in range(SITES):
            (line,) = publish(tmp_path, facts_of(REPORT), {WEBHOOK: address}, patient).problems
            assert "refused" in line
        assert patient.left(WEBHOOK) == 2


def test_a_silent_webhook_takes_no_time_of_the_letters(tmp_path: Path) -> None:
    with silent() as address, mailbox() as box:
        told = {
            WEBHOOK: address,
            MAIL_TO: "archivist@example.ac.cn",
            "PALIMPSEST_SMTP": f"{LOOPBACK}:{box.port}",
        }
        with patience((WEBHOOK, MAIL_TO), seconds=1) as patient:
            for _ in range(3):
                publish(tmp_path, facts_of(REPORT), told, patient)
    assert len(box.letters) == 3


def test_all_processes_of_a_night_have_one_patience(tmp_path: Path) -> None:
    with patience((WEBHOOK, MAIL_TO), seconds=10) as patient, (tmp_path / "lock").open("w") as lock:
        lent = Lent(lock.fileno(), patient.sources)
        process = multiprocessing.get_context("spawn").Process(target=_spend, args=(lent, 4.2))
        process.start()
        process.join()
        assert process.exitcode == 0
        assert (patient.left(WEBHOOK), patient.left(MAIL_TO)) == (6, 10)
        # More than there is left.
        patient.spend(WEBHOOK, 60)
        assert patient.left(WEBHOOK) == 0


def _spend(lent: Lent, seconds: float) -> None:
    borrow(lent.patience)
    with patience((WEBHOOK,)) as patient:
        patient.spend(WEBHOOK, seconds)
    # It is not this process's to close.
    sys.exit(0 if Patience(lent.patience).left(WEBHOOK) == 6 else 1)
