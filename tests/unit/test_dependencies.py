"""Every library that is imported is one that the project says it needs; none is named in vain."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Collection, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OWN = {"archive", "crawler", "spiders", "tests", "benchmarks"}
IS_NEW = sys.version_info >= (3, 14)
NOT_INSTALLED = {"_typeshed", "backports" if IS_NEW else "compression"}
"""Of type checkers alone, and of Pythons before 3.14 or from it on."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
OPTIONAL = PROJECT["optional-dependencies"]


def named(lines: Collection[str]) -> set[str]:
    wanted = [line for line in lines if not (IS_NEW and "python_version < '3.14'" in line)]
    return {_plain(re.split(r"[\[><=;\s]", line, maxsplit=1)[0]) for line in wanted}


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


def imported(rooms: Collection[str]) -> Iterator[tuple[str, Path]]:
    """The libraries that modules of ``rooms`` import, by what is installed, with the module."""
    known = packages_distributions()
    for room in rooms:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                for name in _roots(node):
                    if name not in OWN | NOT_INSTALLED and name not in sys.stdlib_module_names:
                        yield from ((_plain(found), path) for found in known[name])


def _roots(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name.partition(".")[0] for one in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return [(node.module or "").partition(".")[0]]
    return []


@pytest.mark.parametrize(
    ("rooms", "extras"),
    [(("archive", "crawler", "spiders"), ("cluster",)), (("tests", "benchmarks"), OPTIONAL)],
)
def test_what_is_imported_is_named(rooms: Collection[str], extras: Collection[str]) -> None:
    allowed = named(PROJECT["dependencies"]) | named([n for e in extras for n in OPTIONAL[e]])
    found = [*imported(rooms)]
    assert found
    assert {name: path.name for name, path in found if name not in allowed} == {}


def test_what_is_named_is_imported() -> None:
    used = {name for name, _ in imported(("archive", "crawler", "spiders"))}
    assert named(PROJECT["dependencies"]) - used == set()
