"""Worker processes that end with the process that started them.

Here and nowhere heavier, so that a worker which only reads files loads no more than it needs.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from functools import partial
from multiprocessing.process import BaseProcess

_AT_ONCE = partial(os._exit, 1)


def end_with_parent(end: Callable[[], object] = _AT_ONCE) -> None:
    """Make this worker process end when the one that started it is gone, however it died: nobody
    is left to take its answer, and it would wait for work for ever. ``end`` is called then, in a
    thread; by default it ends the process at once, and closes nothing that is open."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent, end), daemon=True).start()


def _end_after(parent: BaseProcess, end: Callable[[], object]) -> None:
    parent.join()
    end()
