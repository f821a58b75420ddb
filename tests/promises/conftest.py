"""The shared crawl, and its articles beside the truth."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.promises.sample_run import Matched, SampleRun, crawl, match, shared_run
from tests.site import SampleInstitute

SECONDS_WITH_THE_CRAWL = 800


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whichever test comes first makes the crawl; the others wait for it."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.timeout(SECONDS_WITH_THE_CRAWL))


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> SampleRun:
    """One crawl of the sample institute and its mirrors."""
    base = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        base = base.parent

    def make(data: Path) -> SampleRun:
        with SampleInstitute.serve() as sample:
            return crawl(sample, data)

    return shared_run(base / "sample-run", make)


@pytest.fixture(scope="session")
def matched(run: SampleRun) -> Matched:
    """The crawl's articles beside the truth."""
    return match(run.articles)
