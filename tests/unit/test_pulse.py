"""A site pass can be ended at any of its beats, and the next one makes what it would have made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.errors import StoppedError
from archive.export.digest import digest_of
from archive.model import Site
from archive.sitepass import pulse
from archive.sitepass.derive import derive
from archive.store import Archive, open_archive
from tests.tampering.archived import put
from tests.unit.quiet_nights import page

SITE = Site("s", ("www.a.ac.cn",))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path, create=True) as opened:
        put(opened, SITE, {"www.a.ac.cn": map(page, range(1, 8))})
        yield opened


def ending(at: int, heard: list[tuple[int, int]]) -> Callable[[int, int], None]:
    def told(done: int, total: int) -> None:
        heard.append((done, total))
        if len(heard) == at:
            raise StoppedError(143)

    return told


def test_it_beats_in_all_its_parts_and_may_be_ended_in_each(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "BEAT_SECONDS", 0.0)
    beats: list[tuple[int, int]] = []
    derive(archive, "s", None, 1, ending(0, beats), anew=True)
    expected = digest_of(archive.store.articles("s"))
    # While captures are read from the store, before pages are, and after the last one was read.
    assert beats.count((0, 0)) >= 7
    assert beats.count((14, 14)) >= 14
    for at in range(1, len(beats) + 1):
        with pytest.raises(StoppedError):
            derive(archive, "s", None, 1, ending(at, []), anew=True)
        assert digest_of(archive.store.articles("s")) == expected
    assert derive(archive, "s", None, 1, anew=True).articles == 7


def test_between_steps_it_says_what_was_said_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "BEAT_SECONDS", 0.0)
    heard: list[tuple[int, int]] = []
    beating = pulse.Pulse(ending(0, heard))
    beating.step(3, 9)
    assert list(beating.beating("ab")) == ["a", "b"]
    assert heard == [(3, 9)] * 3
    monkeypatch.setattr(pulse, "BEAT_SECONDS", 3600.0)
    beating.beat()
    assert len(heard) == 3
