"""WARC files that are not there when articles are to be read: a disk that is not mounted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archive.cli import main
from archive.errors import WarcMissingError
from archive.sitepass.derive import derive
from archive.store import open_archive
from tests.crawl.night import institute, night, profile, report
from tests.crawl.past import a_day_goes_by
from tests.crawl.server import served
from tests.unit.backfill_samples import html


def _ids(data: Path) -> set[str]:
    with open_archive(data) as archive:
        return {one.id for one in archive.store.articles("s")}


def test_no_article_is_lost_while_its_file_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "en")
    pages, data = institute(8), tmp_path / "data"
    with served(pages) as site:
        profile(data, site)
        assert night(data)[0] == 0
        before = _ids(data)
        [file] = (data / "warc").glob("*.warc.gz")
        away = file.rename(tmp_path / file.name)
        assert main(["clean", "--data", str(data)]) == 65
        said = capsys.readouterr().err
        assert f"{file.name} cannot be read (one of 1 such WARC files)" in said
        assert _ids(data) == before
        # What pages said is remembered: a night needs the file no more than its readings are lost.
        pages["/zhxw/t20120309_99.html"] = html(99)
        pages["/"] = str(pages["/"]).replace(
            "<p>", '<p><a href="/zhxw/t20120309_99.html">new</a></p><p>'
        )
        shutil.rmtree(data / "readings")
        a_day_goes_by(data)
        code, out, err = night(data)
        assert code == 65, out + err
        assert file.name in out + err
        assert str(report(data, 2)["outcome"]).startswith(f"{file.name} cannot be read")
        assert _ids(data) == before
        away.rename(file)
        assert main(["clean", "--data", str(data)]) == 0
        assert len(_ids(data)) == 9
        assert before < _ids(data)


def test_what_is_lost_for_good_is_given_up_when_an_empty_file_says_so(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with served(institute(3)) as site:
        profile(data, site)
        assert night(data)[0] == 0
    [file] = (data / "warc").glob("*.warc.gz")
    file.unlink()
    with open_archive(data) as archive:
        with pytest.raises(WarcMissingError):
            derive(archive, "s", anew=True)
        file.write_bytes(b"")
        assert derive(archive, "s", anew=True).articles == 0
