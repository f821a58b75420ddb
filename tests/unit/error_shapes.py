"""Every sentence that says what is wrong, as the source of the rooms has it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("archive", "crawler")
ROOT_ERROR = "PalimpsestError"


def sentences() -> dict[str, str]:
    """What is raised or judged, a value for each "{}", and the file where."""
    trees = {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
    }
    kinds = _kinds(list(trees.values()))
    return {
        text: str(path.relative_to(ROOT))
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds
        for argument in node.args
        for text in _texts(argument)
        if " " in text.replace("{}", "").strip()
    }


def _kinds(trees: list[ast.Module]) -> set[str]:
    """The names of all error classes, and of the judgement of a run."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
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
