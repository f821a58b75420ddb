"""One reading room for all tests of a module: nothing they ask changes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archive.store import Archive
from archive.web import Settings
from tests.web.holdings import holdings
from tests.web.serving import Served, serving


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with holdings(tmp_path_factory.mktemp("room") / "data") as made:
        yield made


@pytest.fixture(scope="module")
def room(archive: Archive) -> Iterator[Served]:
    with serving(archive, Settings(rate=0)) as served:
        yield served
