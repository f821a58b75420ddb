"""The Python API: what its page shows is what it does."""

from __future__ import annotations

import doctest
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import archive as package
from archive import Filters, open_archive
from archive.errors import StoreError
from tests.unit.store_sample import INSTITUTE, SITE, article, edited, extraction, mirrored

PAGE = Path(__file__).resolve().parents[2] / "docs" / "python.md"


@pytest.fixture
def data(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    with open_archive("data", create=True) as made:
        made.store.put_site(INSTITUTE)
        changed = edited("a3")
        made.store.replace_articles(SITE, [article("a1"), mirrored("a2"), changed])
    return tmp_path / "data"


@pytest.mark.usefixtures("data")
def test_every_example_of_the_page_gives_what_it_shows() -> None:
    page = doctest.DocTestParser().get_doctest(
        PAGE.read_text(encoding="utf-8").replace("```", ""), {}, PAGE.name, str(PAGE), 0
    )
    said: list[str] = []
    outcome = doctest.DocTestRunner().run(page, out=said.append)
    assert "".join(said) == ""
    assert outcome.attempted > 10


def test_searching_counting_and_iterating_agree(data: Path) -> None:
    with open_archive(data) as opened:
        for query in ("", "党员", "-党员", "改后 OR 党", "！"):
            found = opened.search(query, limit=100)
            assert found.total == len(found) == opened.count(query)
            assert sorted(hit.id for hit in found) == [one.id for one in opened.iterate(query)]
        assert opened.count("", Filters(witness="mirror")) == 1


def test_pages_of_results_hold_every_article_once(data: Path) -> None:
    with open_archive(data) as opened:
        more = [article(f"m{n:02d}", extraction(f"第{n}次会议")) for n in range(25)]
        opened.store.replace_articles(SITE, more)
        pages = [opened.search("会议", limit=10, offset=at).hits for at in (0, 10, 20, 30)]
    assert [len(page) for page in pages] == [10, 10, 5, 0]
    assert len({hit.id for page in pages for hit in page}) == 25


def test_a_closed_archive_says_so_and_answers_nothing(data: Path) -> None:
    with open_archive(data) as opened:
        store, begun = opened.store, opened.iterate("")
        assert opened.count("党员") == 3
    opened.close()
    asked: list[Callable[[], object]] = [
        lambda: opened.search("党员"),
        lambda: opened.count("党员"),
        lambda: opened.get("a1"),
        lambda: next(begun),
        lambda: store.replace_articles(SITE, [article("a9")]),
    ]
    for ask in asked:
        with pytest.raises(StoreError, match="was closed"):
            ask()
    with open_archive(data) as again:
        assert again.count() == 3


def test_importing_the_package_loads_no_database() -> None:
    program = "import sys, archive; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"
    with pytest.raises(AttributeError):
        _ = package.nothing
    assert all(getattr(package, name) for name in package.__all__)
