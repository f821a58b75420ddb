"""What may not be looked at is not said to be absent, whichever Python runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archive.presence import is_file, mode_of
from archive.store.opening import open_store


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that may not be entered, also not by root."""
    folder = tmp_path / "closed"
    folder.mkdir()
    real = os.stat

    def refusing(path: str, *, follow_symlinks: bool = True) -> os.stat_result:
        if str(path).startswith(f"{folder}{os.sep}"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(os, "stat", refusing)
    return folder


def test_what_is_not_there_is_told_from_what_may_not_be_looked_at(
    tmp_path: Path, closed: Path
) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for absent in (tmp_path / "none", tmp_path / "none" / "in", loop, Path("a\0b")):
        assert mode_of(absent) is None
        assert not is_file(absent)
    assert not is_file(tmp_path)
    with pytest.raises(PermissionError):
        mode_of(closed / "file")
    with pytest.raises(PermissionError):
        is_file(closed / "file")


def test_an_archive_in_a_closed_folder_is_not_said_to_be_none(closed: Path) -> None:
    with pytest.raises(PermissionError):
        open_store(closed / "palimpsest.db", create=False)
