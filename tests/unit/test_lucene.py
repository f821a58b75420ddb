"""The grammar's tables come with luqum, whatever Python makes of its docstrings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import luqum

OTHER_DOCSTRINGS = """
from ply.yacc import ParserReflect
ParserReflect.signature = lambda self: "of another Python"
from archive.search.lucene import parse
print(parse("党员 AND NOT 团员"))
"""


def _files() -> dict[str, int]:
    """The modules' folder, without the caches of compiled ones."""
    return {one.name: one.stat().st_mtime_ns for one in Path(luqum.__file__).parent.glob("pars*")}


def test_no_tables_are_made_told_of_or_written_where_docstrings_are_kept_otherwise() -> None:
    before = _files()

    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", OTHER_DOCSTRINGS],
        capture_output=True,
        text=True,
        check=True,
    )

    assert (ended.stdout, ended.stderr) == ("党员 AND NOT 团员\n", "")
    assert _files() == before
