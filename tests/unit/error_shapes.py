"""Every sentence that says what is wrong, as the source of the rooms has it."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("archive", "crawler")
ROOT_ERROR = "PalimpsestError"
_CLASS = re.compile(r"(?m)^[ \t]*class (\w+)\(([^()]*)\)")


def sentences() -> dict[str, str]:
    """What is raised or judged, a value for each "{}", and the file where."""
    sources = {
        path: path.read_text(encoding="utf-8")
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
    }
    kinds = _kinds(sources.values())
    called = re.compile(rf"\b(?:{'|'.join(sorted(kinds))})\(")
    return {
        text: str(path.relative_to(ROOT))
        for path, source in sources.items()
        # Every process of the tests asks for them, and to read a tree takes long.
        if called.search(source)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds
        for argument in node.args
        for text in _texts(argument)
        if " " in text.replace("{}", "").strip()
    }


def _kinds(sources: Collection[str]) -> set[str]:
    """The names of all error classes, and of the judgement of a run."""
    bases = {
        name: set(re.findall(r"\w+", of))
        for source in sources
        for name, of in _CLASS.findall(source)
    }
    known = {ROOT_ERROR}
    while more := {name for name, of in bases.items() if of & known} - known:
        known |= more
    return known | {"Judgement"}


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        pairs = [list(_texts(side)) or ["{}"] for side in (node.left, node.right)]
        yield pairs[0][0] + pairs[1][0]
    elif isinstance(node, ast.List):
        for one in node.elts:
            yield from _texts(one)
