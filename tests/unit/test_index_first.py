"""A search that comes while another process makes the first index."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archive.errors import LockedError
from archive.search import search
from archive.store import Store, open_archive
from archive.store.index import embedded
from archive.store.index.files import Files
from tests.unit.store_sample import INSTITUTE, SITE, article


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, [article("a1")])
    shutil.rmtree(tmp_path / "data" / "index")
    return tmp_path / "data"


def ids(store: Store, query: str) -> list[str]:
    return [hit.id for hit in search(store, query)]


def test_a_search_waits_for_the_first_index_that_another_process_makes(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Files(data / "index")
    assert other.own()
    looked = []

    def sleep(seconds: float) -> None:
        looked.append(seconds)
        if len(looked) == 3:
            other.release()

    monkeypatch.setattr("archive.store.index.embedded.time.sleep", sleep)
    with open_archive(data) as archive:
        assert ids(archive.store, "党员") == ["a1"]
    assert len(looked) == 3


def test_a_search_says_that_the_index_is_being_made_where_that_takes_long(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "BEING_MADE_S", 0.1)
    other = Files(data / "index")
    assert other.own()
    try:
        with open_archive(data) as archive, pytest.raises(LockedError, match="try again"):
            ids(archive.store, "党员")
    finally:
        other.release()
