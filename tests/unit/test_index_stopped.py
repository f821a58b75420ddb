"""A signal while the search index is brought up to date: it ends soon, and the next one goes on."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from archive.cli import main
from archive.errors import StoppedError
from archive.runs.stopping import Stop
from archive.search import search
from archive.store import Store, open_archive
from archive.store.index import embedded, remaking
from archive.store.index.embedded import EmbeddedIndex
from archive.store.index.files import Files
from tests.unit import backfill_samples as samples
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction

MANY = [article(f"m{number}", extraction(f"第{number}号")) for number in range(9)]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of nine articles with its index; these are many, and two are a round."""
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, MANY)
    monkeypatch.setattr(embedded, "MANY", 3)
    monkeypatch.setattr(embedded, "ROUND_OF_MANY", 2)
    monkeypatch.setattr(remaking, "ROUND", 2)
    return tmp_path / "data"


def ids(store: Store, query: str) -> list[str]:
    return sorted(hit.id for hit in search(store, query))


def state(data: Path) -> object:
    return Files(data / "index").state()


@pytest.mark.parametrize("at", [1, 5, 8])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("times", [1, 2])
def test_a_signal_ends_a_reindexing_with_its_code_and_the_next_one_goes_on(
    number: signal.Signals,
    at: int,
    times: int,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    told: list[int] = []
    to_come = [number] * times

    def signalled(done: int, total: int) -> None:
        told.append(done)
        while to_come and done == at:
            signal.raise_signal(to_come.pop())

    monkeypatch.setattr("archive.cli.clean_command.steps_shown", lambda show: signalled)
    command = ["clean", "--reindex", "--data", str(data)]
    assert main(command) == 128 + number
    said = capsys.readouterr()
    assert said.err.strip().startswith("palimpsest: stopped by ")
    assert said.err.strip().count("\n") == 0
    assert said.out == ""
    assert told == list(range(1, at + 1))
    with open_archive(data) as archive:
        assert len(ids(archive.store, "号")) == len(MANY)
    told.clear()
    assert main(command) == 0
    kept = (at + 1 - times) // 2 * 2  # whole rounds; a second signal cuts its own step off
    assert told == list(range(kept + 1, len(MANY) + 1))
    with open_archive(data) as archive:
        assert len(ids(archive.store, "号")) == len(MANY)
        assert list(archive.store.index_differences()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_behind_the_last_article_leaves_an_index_made_again(
    number: signal.Signals, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def signalled(done: int, total: int) -> None:
        if done == total:
            signal.raise_signal(number)

    monkeypatch.setattr("archive.cli.clean_command.steps_shown", lambda show: signalled)
    assert main(["clean", "--reindex", "--data", str(data)]) == 0
    with open_archive(data) as archive:
        assert list(archive.store.index_differences()) == []


def test_a_first_index_is_left_to_whoever_searches_when_a_signal_came(data: Path) -> None:
    stop = Stop(signal.SIGTERM)
    new = data.with_name("new")
    with open_archive(new, create=True) as archive:
        archive.store.let_index(stop.go_on)
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, MANY)
    assert state(new) is None
    with open_archive(new) as archive:
        assert len(ids(archive.store, "号")) == len(MANY)


def test_many_articles_are_left_to_whoever_searches_when_a_signal_came(data: Path) -> None:
    before, stop = state(data), Stop(signal.SIGTERM)
    changed = [article(one.id, extraction("改过的号")) for one in MANY]
    with open_archive(data) as archive:
        archive.store.let_index(stop.go_on)
        archive.store.replace_articles(SITE, changed)
        with pytest.raises(StoppedError):
            ids(archive.store, "改过")
    assert state(data) == before
    with open_archive(data) as archive:
        assert len(ids(archive.store, "改过")) == len(MANY)


def test_few_articles_come_in_though_a_signal_came(data: Path) -> None:
    before, stop = state(data), Stop(signal.SIGTERM)
    with open_archive(data) as archive:
        archive.store.let_index(stop.go_on)
        archive.store.replace_articles(SITE, [*MANY[1:], article("x", extraction("新近"))])
    assert state(data) != before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_backfill_stopped_before_its_index_keeps_its_articles_and_says_so(
    number: signal.Signals, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = samples.warc(tmp_path, "a.warc.gz", range(6))
    new = tmp_path / "new"
    committed = EmbeddedIndex.committed
    signalled_at: list[EmbeddedIndex] = []

    def signalled(index: EmbeddedIndex) -> None:
        committed(index)
        signalled_at.append(index)
        signal.raise_signal(number)

    with monkeypatch.context() as patched:
        patched.setattr(EmbeddedIndex, "committed", signalled)
        patched.setattr("archive.store.index.flusher.Flusher.wake", lambda flusher, wrote: None)
        patched.setattr("archive.store.index.flusher.Flusher.stop", lambda _: bool(signalled_at))
        assert main(["backfill", str(source), "--data", str(new)]) == 128 + number
    assert state(new) is None
    with open_archive(new) as archive:
        [run] = archive.store.runs()
        assert run.report is not None
        assert (run.exit_code, run.report.counts["change:new"]) == (128 + number, 6)
        assert archive.count() == archive.search().total == 6


def test_a_signal_ends_the_making_of_the_index_in_a_database_and_the_old_one_stays(
    tmp_path: Path, postgres_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PALIMPSEST_DATABASE", postgres_database)
    asked: list[int] = []

    def go_on() -> None:
        asked.append(1)
        if len(asked) == 5:
            raise StoppedError(signal.SIGTERM)

    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, MANY)
        archive.store.let_index(go_on)
        with pytest.raises(StoppedError):
            archive.store.reindex()
        assert ids(archive.store, "第7号") == ["m7"]
        assert archive.store.reindex() == len(MANY)
