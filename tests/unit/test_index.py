"""The embedded index: derived from the store, and never out of step with it."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
import tantivy

from archive.cli import main
from archive.errors import LockedError
from archive.search import search
from archive.store import Archive, Store, open_archive
from archive.store.index import Difference, embedded, remaking
from archive.store.index.files import Files, State
from archive.store.migrations import upgrade
from tests.unit.store_sample import INSTITUTE, SITE, article, edited, extraction, mirrored

ROOT = Path(__file__).resolve().parents[2]
KILLS = 6
WAIT_S = 120.0


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, [article("a1"), mirrored("a2"), edited("a3")])
    return tmp_path / "data"


@pytest.fixture
def archive(data: Path) -> Iterator[Archive]:
    with open_archive(data) as archive:
        yield archive


def ids(store: Store, query: str) -> list[str]:
    return sorted(hit.id for hit in search(store, query, limit=1000))


def differences(store: Store) -> list[Difference]:
    return list(store.index_differences())


def kill_a_writer(data: Path, seed: int) -> None:
    """Start a process that writes, and kill it some time after it began."""
    command = [sys.executable, "-m", "tests.unit.index_writer", str(data), str(seed)]
    writer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        time.sleep(random.Random(seed).uniform(0.0, 0.9))
    finally:
        writer.kill()
        writer.communicate()


def test_store_and_index_agree_after_every_kill(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for seed in range(KILLS):
        kill_a_writer(data, seed)
        with open_archive(data) as archive:
            assert differences(archive.store) == []
            expected = sorted(one.id for one in archive.iterate() if "会议" in one.reading.text)
            assert ids(archive.store, "会议") == expected
            assert len(expected) > 3


def test_what_was_committed_is_found_at_once_by_the_same_process(archive: Archive) -> None:
    store = archive.store
    for number in range(20):
        store.replace_articles(SITE, [article("x", extraction(f"第{number}次"))])
        assert ids(store, f"第{number}次") == ["x"]
        assert ids(store, f'"第{number - 1}次"') == []


def test_what_was_committed_is_found_soon_by_another_process(archive: Archive, data: Path) -> None:
    with open_archive(data) as reader:
        assert ids(reader.store, "新近") == []
        archive.store.replace_articles(SITE, [article("x", extraction("新近的消息"))])
        until = time.monotonic() + WAIT_S
        while ids(reader.store, "新近") != ["x"]:
            assert time.monotonic() < until
            time.sleep(0.05)
        assert ids(reader.store, "text:党员") == []


def test_a_removed_article_is_found_no_more(archive: Archive) -> None:
    assert ids(archive.store, "党员") == ["a1", "a2", "a3"]
    archive.store.replace_articles(SITE, [mirrored("a2")])
    assert ids(archive.store, "党员") == ["a2"]
    assert differences(archive.store) == []


def test_a_row_number_that_is_used_again_has_one_document(archive: Archive, data: Path) -> None:
    store = archive.store
    for number in range(4):
        new = article(f"n{number}", extraction(f"第{number}号快报"))
        store.replace_articles(SITE, [article("a1"), new])
        if number % 2:  # otherwise the next change comes in together with this one
            assert ids(store, "快报") == [f"n{number}"]
        store.replace_articles(SITE, [article("a1")])
    with closing(sqlite3.connect(data / "palimpsest.db")) as rows:
        assert rows.execute("SELECT max(n) FROM articles").fetchone() == (1,)
    assert differences(store) == []
    assert ids(store, "快报") == []


def test_many_rows_come_in_whole_however_they_are_parted(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "MANY", 4)
    monkeypatch.setattr(embedded, "ROUND", 2)
    monkeypatch.setattr(embedded, "ROUND_OF_MANY", 7)
    store = archive.store
    for last in (20, 23, 9):
        many = [article(f"m{number}", extraction(f"第{number}号")) for number in range(last)]
        store.replace_articles(SITE, many)
        assert len(ids(store, "号")) == last
        assert differences(store) == []


@pytest.mark.parametrize("loss", ["all of it", "its files", "one file"])
def test_a_lost_index_is_made_again_from_the_store(data: Path, loss: str) -> None:
    index = data / "index"
    if loss == "one file":
        (index / "tantivy" / "meta.json").unlink()
    else:
        shutil.rmtree(index if loss == "all of it" else index / "tantivy")
    with open_archive(data) as archive:
        assert ids(archive.store, "党员") == ["a1", "a2", "a3"]
        assert differences(archive.store) == []


@contextmanager
def stopped_while_made_again(store: Store, after: int) -> Iterator[None]:
    """The index is made again in rounds of two, and that ends when ``after`` articles are in."""

    def stop(done: int, _total: int) -> None:
        if done > after:
            raise KeyboardInterrupt

    store.watch_index(stop)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(remaking, "ROUND", 2)
        with pytest.raises(KeyboardInterrupt):
            yield
    store.watch_index(lambda done, total: None)


def test_the_index_there_is_answers_until_the_one_made_again_is_whole(archive: Archive) -> None:
    store = archive.store
    many = [article(f"m{number}", extraction(f"第{number}号")) for number in range(9)]
    store.replace_articles(SITE, many)
    assert len(ids(store, "号")) == 9
    with stopped_while_made_again(store, 5):
        store.reindex()
    assert len(ids(store, "号")) == 9
    told: list[tuple[int, int]] = []
    store.watch_index(lambda done, total: told.append((done, total)))
    assert store.reindex() == 9
    assert told == [(number, 9) for number in range(5, 10)]  # four were there: it went on
    assert len(ids(store, "号")) == 9
    assert differences(store) == []


def test_an_index_half_made_again_is_gone_on_with_by_whoever_opens_the_archive_next(
    data: Path,
) -> None:
    with open_archive(data) as archive:
        many = [article(f"m{number}", extraction(f"第{number}号")) for number in range(9)]
        archive.store.replace_articles(SITE, many)
    shutil.rmtree(data / "index")
    with open_archive(data) as archive, stopped_while_made_again(archive.store, 5):
        ids(archive.store, "号")
    with open_archive(data) as archive:
        archive.store.replace_articles(SITE, [*many[:2], article("m5", extraction("改过了"))])
    with open_archive(data) as archive:
        assert ids(archive.store, "号") == ["m0", "m1"]
        assert ids(archive.store, "改过") == ["m5"]
        assert differences(archive.store) == []
    assert sorted(one.name for one in (data / "index").iterdir()) == ["tantivy", "writer.lock"]


def test_what_was_written_to_an_index_before_the_other_was_whole_is_in_no_other(
    archive: Archive, data: Path
) -> None:
    store = archive.store
    with stopped_while_made_again(store, 2):
        store.reindex()
    assert (data / "index" / "tantivy-made").is_dir()
    store.replace_articles(SITE, [article("x", extraction("新近的消息"))])
    assert ids(store, "新近") == ["x"]
    assert not (data / "index" / "tantivy-made").exists()
    assert store.reindex() == 1
    assert differences(store) == []


def test_whoever_waits_for_an_index_that_is_made_again_is_told_why(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(data / "index")
    assert main(["search", "党员", "--data", str(data), "--format", "csv"]) == 0
    said = capsys.readouterr()
    assert said.err.count("the search index is made again from 3 articles") == 1
    assert said.out.count("\n") == 4
    assert main(["search", "党员", "--data", str(data)]) == 0
    assert "made again" not in capsys.readouterr().err


def test_a_damaged_index_is_made_again_when_asked_for(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for one in (data / "index" / "tantivy").iterdir():
        if one.suffix in {".store", ".fast", ".term"}:
            one.write_bytes(b"damaged")
    assert main(["search", "党员", "--data", str(data)]) == 70
    assert "clean --reindex" in capsys.readouterr().err
    assert main(["clean", "--reindex", "--data", str(data)]) == 0
    assert main(["verify", "--data", str(data)]) == 0


def test_an_index_of_another_layout_is_made_again(data: Path) -> None:
    files = Files(data / "index")
    assert files.own()
    files.start_anew()
    files.commit(State(1, 1, "of old"))
    files.release()
    with open_archive(data) as archive:
        assert ids(archive.store, "党员") == ["a1", "a2", "a3"]


def test_what_a_killed_writer_left_is_not_in_the_way_of_the_next(data: Path) -> None:
    meta = data / "index" / "tantivy" / "meta.json"
    for number in range(2):
        with open_archive(data) as archive:
            committed = meta.read_bytes()
            archive.store.replace_articles(SITE, [article(f"b{number}"), mirrored("a2")])
            assert ids(archive.store, "党员") == sorted([f"b{number}", "a2"])
        # Killed before the last step: the files are there, and what makes them seen is not.
        meta.write_bytes(committed)
    with open_archive(data) as archive:
        assert ids(archive.store, "党员") == ["a2", "b1"]
        assert differences(archive.store) == []


def test_an_index_of_other_fields_is_made_again(data: Path) -> None:
    place = data / "index" / "tantivy"
    shutil.rmtree(place)
    place.mkdir()
    fields = tantivy.SchemaBuilder().add_text_field("something").build()
    tantivy.Index(fields, path=str(place)).writer().commit()
    with open_archive(data) as archive:
        assert ids(archive.store, "党员") == ["a1", "a2", "a3"]
        assert differences(archive.store) == []


def test_a_store_from_a_backup_does_not_trust_a_newer_index(data: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.db"
    with closing(sqlite3.connect(data / "palimpsest.db")) as store:
        store.execute("VACUUM INTO ?", (str(backup),))
    with open_archive(data) as archive:
        archive.store.replace_articles(SITE, [article("later", extraction("后来"))])
        assert ids(archive.store, "后来") == ["later"]
    for name in ("palimpsest.db", "palimpsest.db-wal", "palimpsest.db-shm"):
        (data / name).unlink(missing_ok=True)
    shutil.copy(backup, data / "palimpsest.db")
    with open_archive(data) as archive:
        archive.store.replace_articles(SITE, [article("other", extraction("另外"))])
        assert ids(archive.store, "后来") == []
        assert ids(archive.store, "另外") == ["other"]
        assert differences(archive.store) == []


def test_a_backup_taken_while_others_write_is_an_archive_elsewhere(
    archive: Archive, data: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    writer = sqlite3.connect(data / "palimpsest.db")
    with closing(writer), closing(sqlite3.connect(data / "palimpsest.db")) as store:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM articles")
        store.execute("VACUUM INTO ?", (str(elsewhere / "palimpsest.db"),))
        writer.execute("ROLLBACK")
    with open_archive(elsewhere) as restored:
        assert ids(restored.store, "党员") == ["a1", "a2", "a3"]
        assert list(restored.iterate()) == list(archive.iterate())
        assert differences(restored.store) == []


def test_a_difference_is_named(archive: Archive, data: Path) -> None:
    assert differences(archive.store) == []
    with closing(sqlite3.connect(data / "palimpsest.db")) as store, store:
        store.execute("UPDATE articles SET digest = 'f' || substr(digest, 2) WHERE id = 'a1'")
        (number,) = store.execute("SELECT n FROM articles WHERE id = 'a1'").fetchone()
    assert differences(archive.store) == [Difference(number, "is in the index as it was before")]
    archive.close()
    assert main(["verify", "--data", str(data)]) == 70
    assert main(["clean", "--reindex", "--data", str(data)]) == 0
    assert main(["verify", "--data", str(data)]) == 0


def test_a_reader_waits_for_no_writer_and_only_one_writes(data: Path) -> None:
    other = Files(data / "index")
    assert other.own()
    try:
        with open_archive(data) as archive:
            assert ids(archive.store, "党员") == ["a1", "a2", "a3"]
            archive.store.replace_articles(SITE, [article("x", extraction("迟到"))])
            assert ids(archive.store, "迟到") == []
            with pytest.raises(LockedError, match="another process"):
                archive.store.reindex()
    finally:
        other.release()
    with open_archive(data) as archive:
        assert ids(archive.store, "迟到") == ["x"]


def test_a_store_of_the_first_schema_is_migrated_and_searched(tmp_path: Path) -> None:
    with open_archive(tmp_path / "today", create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, [article("old")])
    path = tmp_path / "palimpsest.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        upgrade(connection, "0001")
    engine.dispose()
    _copy_rows(tmp_path / "today" / "palimpsest.db", path)
    with open_archive(tmp_path) as archive:
        assert ids(archive.store, "党员") == ["old"]
        assert replace(archive.get("old"), versions=1) == article("old")
        assert differences(archive.store) == []


def _copy_rows(source: Path, target: Path) -> None:
    """Copy what both stores have columns for, of what makes an article."""
    tables = ("sites", "branches", "articles", "documents", "versions", "witnesses", "repairs")
    with closing(sqlite3.connect(target)) as store, store:
        store.execute("ATTACH ? AS source", [str(source)])
        for table in tables:
            there, here = (
                [row[1] for row in store.execute(f"PRAGMA {where}.table_info({table})")]
                for where in ("source", "main")
            )
            columns = ", ".join(name for name in here if name in there)
            store.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM source.{table}")


def test_short_runs_leave_no_journal_of_what_the_index_has(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "FORGET_EVERY", 4)
    for number in range(8):
        with open_archive(data) as archive:
            some = [edited("a3", number + 2), article(f"b{number}"), mirrored("a2")]
            archive.store.replace_articles(SITE, some)
    with closing(sqlite3.connect(data / "palimpsest.db")) as store:
        written, kept = store.execute("SELECT max(seq), count(*) FROM journal").fetchone()
    assert written > 20
    assert kept <= 10
