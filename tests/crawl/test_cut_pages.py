"""Nights on which answers are cut short that tell no length, and of pages that never had an end."""

from __future__ import annotations

import gzip
from pathlib import Path

from archive.captured import HTML_TYPES
from archive.store import open_archive
from archive.warc import read_at
from tests.crawl.night import institute, night, profile, readings, report
from tests.crawl.past import a_day_goes_by
from tests.crawl.server import Answer, Pages, served

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"


def _body(page: Answer | str) -> bytes:
    assert isinstance(page, str)
    return page.encode()


def _cut(page: Answer | str) -> Answer:
    whole = _body(page)
    return Answer(raw=HEAD + b"\r\n" + whole[: len(whole) * 2 // 3])


def _cut_gzip(page: Answer | str) -> Answer:
    packed = gzip.compress(_body(page))
    coded = b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
    half = packed[: len(packed) // 2]
    return Answer(raw=HEAD + coded % len(half) + half)


def _cut_short(data: Path, run: int) -> int:
    failed = report(data, run)["failed"]
    assert isinstance(failed, dict)
    return int(failed.get("truncated", 0))


def _changes(data: Path, run: int) -> set[str]:
    changes = report(data, run)["changes"]
    assert isinstance(changes, dict)
    return {what for what, count in changes.items() if count}


def test_articles_that_are_cut_short_keep_their_texts_and_are_asked_for_again(
    tmp_path: Path,
) -> None:
    pages = institute(24)
    own: Pages = dict(pages)
    articles = [path for path in own if path != "/"]
    with served(pages) as site:
        profile(tmp_path, site)
        assert night(tmp_path)[0] == 0
        before = readings(tmp_path)
        pages[articles[0]], pages[articles[1]] = (
            _cut(own[articles[0]]),
            _cut_gzip(own[articles[1]]),
        )
        a_day_goes_by(tmp_path)
        site.forget()
        night(tmp_path)
        assert _cut_short(tmp_path, 2) == 2
        assert _changes(tmp_path, 2) == {"unchanged"}
        assert site.times(articles[0]) == site.times(articles[1]) == 3
        pages.update({path: _cut(own[path]) for path in articles})
        a_day_goes_by(tmp_path)
        code, out, err = night(tmp_path)
        assert code == 2, out + err
        assert _changes(tmp_path, 3) == {"unchanged"}
        assert readings(tmp_path) == before
        pages.update(own)
        a_day_goes_by(tmp_path)
        assert night(tmp_path)[0] == 0
        assert _changes(tmp_path, 4) == {"unchanged"}
        assert readings(tmp_path) == before
        with open_archive(tmp_path) as archive:
            failed = [row for row in archive.store.captures("s") if row.error]
            kept = [read_at(archive.warc_dir, row.pointer) for row in failed]
    assert {row.media_type for row in failed} <= HTML_TYPES
    told = {(one.truncated, one.error.partition(":")[0]) for one in kept if one.error}
    assert told == {("disconnect", "page-cut"), (None, "content-coding")}


def test_pages_that_never_end_and_tell_no_length_are_articles_and_change(tmp_path: Path) -> None:
    pages = institute(8)
    for path, page in pages.items():
        endless = _body(page).replace(b"</body>", b"<div>").replace(b"</html>", b"")
        pages[path] = Answer(raw=HEAD + b"\r\n" + endless)
    article = next(path for path in pages if path != "/")
    with served(pages) as site:
        profile(tmp_path, site)
        assert night(tmp_path)[0] == 0
        assert len(readings(tmp_path)) == 8
        known = pages[article]
        assert isinstance(known, Answer)
        assert known.raw is not None
        more = "<p>后来加上的一段：会议还讨论了明年的工作安排，并听取了各部门的意见。</p>"
        pages[article] = Answer(
            raw=known.raw.replace(b"</div><div>", more.encode() + b"</div><div>")
        )
        a_day_goes_by(tmp_path)
        assert night(tmp_path)[0] == 0
        assert not _cut_short(tmp_path, 2)
        assert _changes(tmp_path, 2) == {"changed", "unchanged"}
