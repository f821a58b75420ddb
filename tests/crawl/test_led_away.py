"""All articles of a host lead to a login for a while: nothing is lost, and a note tells of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.evidence.texts import in_chinese
from tests.crawl.night import institute, night, profile, report
from tests.crawl.past import a_day_goes_by
from tests.crawl.server import Answer, Pages, served

LOGIN = (
    "<html><title>统一身份认证</title><body><h1>统一身份认证</h1><form>密码</form></body></html>"
)


def _told(data: Path, run: int) -> tuple[int, list[str]]:
    """Articles that are as they were, and the notes on where addresses lead."""
    said = report(data, run)
    changes, notes = said["changes"], said["notes"]
    assert isinstance(changes, dict)
    assert isinstance(notes, list)
    return changes["unchanged"], [note for note in notes if " lead to " in note]


@pytest.mark.parametrize("led", [8, 5, 4])
def test_where_many_addresses_lead_is_a_note_for_as_long_as_it_lasts(
    tmp_path: Path, led: int
) -> None:
    own = institute(8)
    pages: Pages = dict(own) | {"/login": LOGIN}
    with served(pages) as site:
        profile(tmp_path, site)
        assert night(tmp_path)[0] == 0
        assert _told(tmp_path, 1) == (0, [])
        for path in [path for path in own if path != "/"][:led]:
            pages[path] = Answer("", 302, headers={"Location": f"/login?service={path}"})
        told = []
        for run in (2, 3):
            a_day_goes_by(tmp_path)
            code, out, err = night(tmp_path)
            assert code == 0, out + err
            told.append(_told(tmp_path, run))
        host = site.url.split("/")[2]
        line = (
            f"{host}: {led} addresses that gave pages lead to {site.url}login now; what they said "
            "before stays as it was"
        )
        assert told == [(8, [line] if led >= 5 else [])] * 2
        assert in_chinese(line) == (
            f"{host}：曾有网页的 {led} 个网址现在都转到 {site.url}login；原先的内容保持不变"
        )
        pages.update(own)
        a_day_goes_by(tmp_path)
        assert night(tmp_path)[0] == 0
        assert _told(tmp_path, 4) == (8, [])
