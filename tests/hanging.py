"""A file whose disk does not answer: opening it waits for ever, also in processes begun here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = "waits-for-ever"
"""What stands in it is taken for a file, which a pipe is not."""
_PATCH = f"""
import pathlib
_is_file = pathlib.Path.is_file
pathlib.Path.is_file = lambda self, **given: "{FOLDER}" in self.parts or _is_file(self, **given)
"""


def hanging(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Such a file called ``name``, below ``folder``: a pipe into which nobody ever writes."""
    place = folder / FOLDER
    place.mkdir()
    os.mkfifo(place / name)
    is_file = Path.is_file
    monkeypatch.setattr(
        Path, "is_file", lambda self, **given: FOLDER in self.parts or is_file(self, **given)
    )
    (place / "sitecustomize.py").write_text(_PATCH)
    monkeypatch.setenv("PYTHONPATH", str(place))
    return place / name
