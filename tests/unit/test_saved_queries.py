"""Saved queries: one name, one query, the same answer as when it was typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from archive.cli import main
from archive.errors import NotFoundError, UsageError
from archive.store import Archive, Filters, open_archive
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction


@pytest.fixture
def archive(tmp_path: Path, database: str) -> Iterator[Archive]:
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(INSTITUTE)
        old = extraction("银河学院成立。", published=date(2009, 1, 1), branch="学院")
        new = extraction("银河学院改名。", published=date(2012, 1, 1))
        archive.store.replace_articles(SITE, [article("old", old), article("new", new)])
        yield archive


def ids(archive: Archive, query: str, filters: Filters | None = None) -> list[str]:
    found = sorted(hit.id for hit in archive.search(query, filters))
    assert archive.count(query, filters) == len(found)
    assert sorted(one.id for one in archive.iterate(query, filters)) == found
    return found


def test_a_saved_query_finds_what_the_typed_one_found(archive: Archive) -> None:
    saved = archive.store.saved
    saved.put("学院", "学院 OR 银河", Filters(date_to=date(2010, 1, 1), branch="学院"))
    assert ids(archive, "@学院") == ["old"]
    assert ids(archive, "@学院 改名") == []
    assert ids(archive, "@学院 改名", Filters(date_to=date(2020, 1, 1), branch="离退休党总支")) == [
        "new"
    ]
    saved.put("@学院", "成立 OR 改名")
    assert ids(archive, "@学院 银河") == ["new", "old"]
    assert [one.name for one in saved.all()] == ["学院"]


def test_filters_alone_can_be_saved(archive: Archive) -> None:
    archive.store.saved.put("early", "", Filters(date_to=date(2010, 1, 1)))
    assert ids(archive, "@early") == ["old"]
    assert ids(archive, "@early 改名") == []


def test_a_name_that_nobody_saved_is_text(archive: Archive) -> None:
    assert ids(archive, "@银河") == ["new", "old"]
    assert ids(archive, "@") == []


def test_a_removed_query_is_gone_and_an_unknown_one_is_named(archive: Archive) -> None:
    archive.store.saved.put("a", "银河")
    archive.store.saved.put("b", "成立")
    archive.store.saved.remove("b")
    with pytest.raises(NotFoundError, match=r"'b'.*there are: a"):
        archive.store.saved.get("b")
    with pytest.raises(NotFoundError, match="'b'"):
        archive.store.saved.remove("b")


@pytest.mark.parametrize("name", ["", "@", "two words", 'a"b', "x" * 101, "a\x00b"])
def test_a_name_that_cannot_be_typed_is_refused(archive: Archive, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be called"):
        archive.store.saved.put(name, "银河")


def test_the_command_line_saves_asks_again_lists_and_forgets(
    archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "data")]
    json_hits = ["--format", "json", *data]
    assert main(["search", "银河", "--to", "2010", "--save", "旧", *json_hits]) == 0
    first = json.loads(capsys.readouterr().out)["hits"]
    assert [hit["id"] for hit in first] == ["old"]
    assert main(["search", "@旧", *json_hits]) == 0
    assert json.loads(capsys.readouterr().out)["hits"] == first
    assert main(["export", "@旧", *data]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "old"
    assert main(["queries", "list", *json_hits]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["query"], listed["filters"]) == ("银河", {"date_to": "2010-12-31"})
    assert main(["queries", "list", *data]) == 0
    assert "银河" in capsys.readouterr().out
    assert main(["queries", "remove", "旧", *data]) == 0
    capsys.readouterr()
    assert main(["search", "@旧", *data]) == 0
    assert "no search is saved as 旧" in capsys.readouterr().err
    assert main(["export", "@旧", *data]) == 0
    answer = capsys.readouterr()
    assert answer.out == ""
    assert "no search is saved as 旧" in answer.err
    assert main(["queries", "remove", "旧", *data]) == NotFoundError.exit_code
