"""The dependency arrow spiders -> crawler -> archive, held by reading every import."""

from __future__ import annotations

import ast
import re
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


def needed_modules(path: Path) -> set[str]:
    """Whatever a module imports at run time, wherever in it the import stands, in full: modules,
    and names that may be modules."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def needs_of_rooms(folder: str) -> dict[str, set[str]]:
    """For each room of ``folder``, and each module that is one by itself, those it needs."""
    root = ROOT / folder
    rooms = {path.stem for path in root.iterdir() if path.suffix == ".py" or path.is_dir()}
    rooms -= {"__init__", "__pycache__", "py"}
    needs: dict[str, set[str]] = {room: set() for room in rooms}
    for room in rooms:
        one = root / f"{room}.py"
        for path in [one] if one.exists() else (root / room).rglob("*.py"):
            for name in needed_modules(path):
                first, *rest = name.split(".")
                if first == folder and rest and rest[0] in rooms:
                    needs[room].add(rest[0])
        needs[room].discard(room)
    return needs


def test_each_room_of_the_archive_needs_only_what_the_map_has_above_it() -> None:
    needs = needs_of_rooms("archive")
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    _, _, table = page.partition("### The archive, from the ground up")
    rows = [
        re.findall("`([a-z_]+)`", line)
        for line in table.partition("## The way")[0].splitlines()
        if line.startswith("|")
    ]
    named = [room for row in rows for room in row]
    assert sorted(named) == sorted(needs)
    height = {room: place for place, row in enumerate(rows) for room in row}
    wrong = {
        room: level
        for room, needed in needs.items()
        if (level := sorted(one for one in needed if height[one] >= height[room]))
    }
    assert wrong == {}


def test_no_modules_of_the_crawler_need_each_other() -> None:
    needs = needs_of_rooms("crawler")
    assert needs
    while free := {room for room, needed in needs.items() if not needed & needs.keys()}:
        needs = {room: needed for room, needed in needs.items() if room not in free}
    assert needs == {}


def test_no_test_module_needs_another() -> None:
    """What tests share stands in a module of its own, which may change with no test in mind."""
    tests = list((ROOT / "tests").rglob("*.py"))
    assert tests
    wrong = {
        str(path.relative_to(ROOT)): found
        for path in tests
        if (found := {n for n in needed_modules(path) if re.match(r"tests\.\w+\.test_", n)})
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
