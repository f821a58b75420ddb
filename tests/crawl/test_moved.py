"""An institute that moves to another domain: nights before, at and after the move."""

from __future__ import annotations

from pathlib import Path

from archive.profiles import profile_folder
from archive.store import open_archive
from tests.crawl.night import institute, night, profile, report
from tests.crawl.past import a_day_goes_by
from tests.crawl.server import Answer, Pages, served


def _changes(data: Path, run: int) -> dict[str, int]:
    changes = report(data, run)["changes"]
    assert isinstance(changes, dict)
    return {what: n for what, n in changes.items() if n}


def _ids(data: Path) -> dict[str, str]:
    with open_archive(data) as archive:
        return {one.id: one.url for one in archive.store.articles("s")}


def test_the_articles_of_an_institute_go_with_it_to_another_domain(tmp_path: Path) -> None:
    pages = institute(8)
    old: Pages = dict(pages)
    # Longer paths: nothing but the redirect says that it is the same page.
    new: Pages = {
        "/" + path.lstrip("/").replace("zhxw/", "news/detail/2012/"): page
        for path, page in pages.items()
    }
    new["/"] = str(pages["/"]).replace("/zhxw/", "/news/detail/2012/")
    edited, removed, *_ = (path for path in new if path != "/")
    with served(new) as there:
        with served(old) as site:
            profile(tmp_path, site)
            assert night(tmp_path)[0] == 0
            before = _ids(tmp_path)
            for path, target in zip(pages, new, strict=True):
                location = {"Location": f"{there.url.rstrip('/')}{target}"}
                old[path] = Answer("", 301, headers=location)
            a_day_goes_by(tmp_path)
            code, out, err = night(tmp_path)
            assert code == 69, out + err
            assert there.url in out + err
            [written] = profile_folder(tmp_path).glob("*.toml")
            written.write_text(written.read_text().replace(site.url, there.url))
            a_day_goes_by(tmp_path)
            code, out, err = night(tmp_path)
            assert code == 0, out + err
            assert _changes(tmp_path, 3) == {"unchanged": 8}
            after = _ids(tmp_path)
            assert after.keys() == before.keys()
            assert all(url.startswith(there.url) for url in after.values())
        # The old domain is given up: nobody asks there any more.
        new[edited] = str(new[edited]).replace("</p>", "。会后另有通知，请各部门留意。</p>", 1)
        new[removed] = Answer("removed", 410)
        a_day_goes_by(tmp_path)
        code, out, err = night(tmp_path)
        assert code == 0, out + err
        assert _changes(tmp_path, 4) == {"changed": 1, "gone": 1, "unchanged": 6}
    assert _ids(tmp_path).keys() == before.keys()
