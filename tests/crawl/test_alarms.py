"""Alarms of real nights: the institute's own pages served, walked, changed, and walked again."""

from __future__ import annotations

from pathlib import Path

from tests.crawl.night import institute, night, profile, report
from tests.crawl.server import served

NOTE = "<p>本文于发布后有修改。</p>"
SOWN = "鎏岳k8官网登录"


def test_a_note_on_all_pages_is_told_and_phrases_in_sentences_raise_an_alarm(
    tmp_path: Path,
) -> None:
    pages = institute()
    paths = [path for path in pages if path != "/"]
    with served(pages) as site:
        profile(tmp_path, site)
        assert night(tmp_path)[0] == 0
        for path in paths:
            pages[path] = str(pages[path]).replace("</p></div>", f"</p>{NOTE}</div>")
        assert night(tmp_path)[0] == 0
        for number, path in enumerate(paths):
            page = str(pages[path])
            at = page.index("<p>") + 8 + number
            pages[path] = page[:at] + SOWN + page[at:]
        assert night(tmp_path)[0] == 0
    noted, alarmed = report(tmp_path, 2), report(tmp_path, 3)
    assert noted["alarms"] == []
    assert any("本文于发布后有修改" in line for line in list(noted["notes"]))  # type: ignore[call-overload]
    assert SOWN in str(alarmed["alarms"])
