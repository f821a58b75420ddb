"""Worker processes that end with the process that started them.

Here and nowhere heavier, so that a worker which only reads files loads no more than it needs.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.process import BaseProcess


def end_with_parent() -> None:
    """Make this worker process end when the one that started it is gone, however it died: nobody
    is left to take its answer, and it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
