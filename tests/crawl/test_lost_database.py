"""Work that loses its database in the middle: it is begun again when that has come back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from archive.cli import main
from archive.errors import StoreError
from archive.profiles import add_profile
from archive.runs import lost
from archive.sitepass.derive import derive
from archive.sitepass.report import DeriveReport
from archive.store import open_archive
from tests.crawl.server import Answer, Pages, links, served
from tests.unit.backfill_samples import html, title

ARTICLES = 12
PAGES: Pages = {f"/zhxw/t201203{n + 1:02d}_{n}.html": html(n) for n in range(ARTICLES)}
PAGES["/"] = links(*PAGES)
GIVEN_BACK = "the connection was lost", "being stopped or restarted", "cannot be reached"


class Server:
    """The test's own database, which lets go of all its connections once."""

    def __init__(self, database: str) -> None:
        self._database = database
        self.has_let_go = False

    def let_go(self) -> None:
        if self.has_let_go:
            return
        self.has_let_go = True
        others = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        with psycopg.connect(self._database, autocommit=True) as connection:
            connection.execute(others)


@pytest.fixture
def server(postgres_database: str, monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setenv("PALIMPSEST_DATABASE", postgres_database)
    monkeypatch.setenv("PALIMPSEST_LANG", "en")
    return Server(postgres_database)


def _titles(data: Path) -> list[str | None]:
    with open_archive(data) as archive:
        return sorted((one.reading.title for one in archive.store.articles("s")), key=str)


def _said_so(err: str) -> bool:
    return any(words in err for words in GIVEN_BACK)


@pytest.mark.parametrize("command", ["crawl", "nightly"])
def test_a_walk_goes_on_with_the_database_that_came_back(
    tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    def answer(path: str) -> Answer | str | None:
        if path.endswith("_7.html"):
            server.let_go()
        return PAGES.get(path)

    with served(answer) as site:
        add_profile(tmp_path, [site.url], name="s")
        named = [site.url, "--site", "s"] if command == "crawl" else []
        assert main([command, *named, "--data", str(tmp_path)]) == 0
    assert server.has_let_go
    assert _said_so(capsys.readouterr().err)
    assert _titles(tmp_path) == sorted(title(n) for n in range(ARTICLES))


def test_a_backfill_goes_on_with_the_database_that_came_back(
    tmp_path: Path,
    server: Server,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(*arguments: Any, **named: Any) -> DeriveReport:
        server.let_go()
        return derive(*arguments, **named)

    monkeypatch.setattr("archive.backfill.run.derive", interrupted)
    folder = tmp_path / "saved"
    folder.mkdir()
    for number in range(ARTICLES):
        (folder / f"{number}.html").write_text(html(number), encoding="utf-8")
    data = str(tmp_path / "data")
    assert main(["backfill", str(folder), "--site", "s", "--data", data]) == 0
    said = capsys.readouterr()
    assert _said_so(said.err)
    assert "the database is waited for" in said.err
    assert len(_titles(tmp_path / "data")) == ARTICLES


@pytest.mark.parametrize("command", ["crawl", "backfill"])
def test_a_database_that_nobody_reaches_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("PALIMPSEST_DATABASE", f"postgresql://nobody@/none?host={tmp_path}")
    monkeypatch.setattr(lost, "PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr(lost, "_comes_back", pytest.fail)
    (tmp_path / "a.html").write_text(html(1), encoding="utf-8")
    what = "http://127.0.0.1:9/" if command == "crawl" else str(tmp_path / "a.html")
    code = main([command, what, "--site", "s", "--data", str(tmp_path / "data")])
    assert code == StoreError.exit_code
