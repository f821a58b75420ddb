"""A robots.txt that begins to forbid what the archive has been reading."""

from __future__ import annotations

from pathlib import Path

from tests.crawl.night import ARTICLES, institute, night, profile, report
from tests.crawl.server import Answer, served

FORBIDS = Answer(b"User-agent: *\nDisallow: /zhxw/\n", content_type="text/plain")
ALLOWS = Answer(b"User-agent: *\nDisallow:\n", content_type="text/plain")
TOLD = "may not be asked for any more, as robots.txt has it"


def test_pages_that_robots_begin_to_forbid_are_told_and_kept_and_asked_for_when_it_ends(
    tmp_path: Path,
) -> None:
    data, pages = tmp_path / "data", institute()
    pages["/robots.txt"] = ALLOWS
    with served(pages, robots=None) as site:
        profile(data, site)
        assert night(data)[0] == 0
        pages["/robots.txt"] = FORBIDS
        assert night(data)[0] == 0
        asked = len(site.asked)
        pages["/robots.txt"] = ALLOWS
        assert night(data)[0] == 0
        assert sum(path.startswith("/zhxw/") for path in site.asked[asked:]) == ARTICLES
    told = [[note for note in _notes(data, run) if TOLD in note] for run in (1, 2, 3)]
    assert [len(notes) for notes in told] == [0, 1, 0]
    assert told[1][0].startswith(f"{site.host}: {ARTICLES} pages ")
    counts = report(data, 2)["articles"]
    assert isinstance(counts, dict)
    assert (counts["total"], counts["live"], counts["gone"]) == (ARTICLES, ARTICLES, 0)


def _notes(data: Path, run: int) -> list[str]:
    notes = report(data, run)["notes"]
    assert isinstance(notes, list)
    return notes
