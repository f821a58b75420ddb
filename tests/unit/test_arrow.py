"""The dependency arrow spiders -> crawler -> archive, held by reading every import."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = {
    "archive": {"scrapy", "twisted", "crawler", "spiders", "tests", "benchmarks"},
    "crawler": {"spiders", "tests", "benchmarks"},
    "spiders": {"tests", "benchmarks"},
}


def imported_names(source: str) -> set[str]:
    """Top-level names of everything a module imports, wherever in it the import stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("room", sorted(FORBIDDEN))
def test_a_room_imports_nothing_against_the_arrow(room: str) -> None:
    modules = list((ROOT / room).rglob("*.py"))
    assert modules
    wrong = {
        str(module.relative_to(ROOT)): bad
        for module in modules
        if (bad := imported_names(module.read_text(encoding="utf-8")) & FORBIDDEN[room])
    }
    assert wrong == {}


LATER_ROOMS = {
    "script": ("markup", "facts", "body", "writing", "unmasking"),
    "markup": ("facts", "body", "writing", "unmasking"),
    "facts": ("body", "writing", "unmasking"),
    "body": ("writing", "unmasking"),
    "writing": ("facts", "body", "unmasking"),
}
"""Of ``archive.cleaning``: what each of its rooms must not know of."""


@pytest.mark.parametrize("room", sorted(LATER_ROOMS))
def test_a_room_of_cleaning_knows_nothing_of_later_ones(room: str) -> None:
    cleaning = ROOT / "archive" / "cleaning"
    modules = list((cleaning / room).glob("*.py"))
    assert modules
    wrong = {
        module.name: later
        for module in modules
        for later in LATER_ROOMS[room]
        if f"archive.cleaning.{later}" in module.read_text(encoding="utf-8")
    }
    assert wrong == {}


def test_the_command_line_starts_without_loading_scrapy() -> None:
    program = (
        "import sys, archive.cli, archive.search, archive.sitepass.derive;"
        "print([m for m in sys.modules if m.split('.')[0] in ('scrapy', 'twisted')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


def test_a_crawl_that_derives_nothing_loads_no_reading_of_articles_queries_or_odd_pages() -> None:
    program = (
        "import sys, crawler.run, crawler.robots, crawler.handler, crawler.pipeline, spiders.site;"
        "from archive.cleaning.page import read_page;"
        "read_page('<html><meta charset=\"utf-8\"><p>所'.encode()); read_page(b'<p>');"
        "late = ('archive.cleaning.extraction', 'archive.witnesses', 'luqum', 'warcio', 'bs4');"
        "print([m for m in late if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("folder", ["archive", "crawler", "spiders", "tests", "benchmarks"])
def test_no_module_is_longer_than_four_hundred_lines(folder: str) -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / folder).rglob("*.py")
    }
    assert lengths
    assert {name: length for name, length in lengths.items() if length > 400} == {}
