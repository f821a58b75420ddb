"""luqum's parser, made of the tables that luqum brings.

PLY compares the grammar's docstrings with those its tables were made of. Python 3.13 keeps
docstrings otherwise than those before it: there the first import made the tables anew, told
standard error of it and wrote them beside luqum, into a file that another process may be reading.
This module promises that nothing is made, said or written; the grammar is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from luqum.tree import Item
from ply import yacc


def _parser() -> Callable[[str], Item]:
    making = yacc.yacc
    yacc.yacc = partial(making, optimize=True, write_tables=False, debug=False)
    try:
        from luqum.thread import parse
    finally:
        yacc.yacc = making
    return cast("Callable[[str], Item]", parse)


parse = _parser()
"""Reads a query in Lucene's grammar; raises luqum.exceptions.ParseError. Safe among threads."""
