"""A site's profile names where things stand, and only then it goes before what is found."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from archive.backfill.run import backfill
from archive.cleaning import HostModel, extract
from archive.cleaning.selectors import NAMES, NO_SELECTORS, Selectors
from archive.errors import ConfigurationError
from archive.model import Capture, Extraction
from archive.profiles import profile_folder, read_profile, selectors_of
from archive.sitepass.derive import derive
from archive.store import open_archive
from archive.warc import WarcWriter
from crawler.run import crawl_site

URL = "http://www.a.cn/dj/7.html"
LONG = "支部召开了学习会，会议由支部书记主持，与会党员进行了讨论，大家认为会议开得很好。" * 3
NOTE = "注释之一，供大家在学习时参考，并请各支部组织党员认真阅读，于月底以前将学习情况报送党办。"
PAGE = f"""<html><head><meta charset="utf-8"><title>学习会</title></head><body>
<div class="column">党建 <b>支部</b></div><h2 class="t">学习会召开</h2>
<p class="by"><i>王伟</i><u>办公室</u><s>2010-12-09</s></p>
<div class="intro"><p>{LONG}</p></div><div class="notes"><p>{NOTE}</p></div>
</body></html>"""
PROFILE = 'name = "甲"\nstart = ["http://www.a.cn/"]\n'


def read(**chosen: str) -> Extraction:
    model = HostModel("www.a.cn", 0, frozenset(), (), (), Selectors(**chosen))
    return extract(PAGE.encode(), URL, model=HostModel.from_json(model.to_json()))


def test_the_container_of_the_profile_holds_though_another_one_is_denser() -> None:
    assert read().text.startswith(LONG[:20])
    found = read(container="div.notes")
    assert found.text == NOTE
    assert found.conserved


def test_what_stands_in_the_places_of_the_profile_goes_before_what_is_found() -> None:
    found = read(
        title="h2.t", branch=".column b", author=".by i", source=".by u", published=".by s"
    )
    assert (found.title, found.branch) == ("学习会召开", "支部")
    assert (found.author, found.source) == ("王伟", "办公室")
    assert found.published == date(2010, 12, 9)
    assert found.published_evidence == "profile: .by s"


def test_a_selector_that_finds_nothing_changes_nothing() -> None:
    assert read(**dict.fromkeys(NAMES, "q")) == read()


@pytest.mark.parametrize("value", ['{ container = "div[" }', '{ body = "div" }', '"div"'])
def test_a_wrong_selector_is_told_with_its_line(value: str, tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(f"{PROFILE}selectors = {value}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"line 3: .*selectors?"):
        read_profile(path)


def test_the_site_pass_reads_with_the_profile_of_its_site(tmp_path: Path) -> None:
    request = b"GET /dj/7.html HTTP/1.1\r\nHost: www.a.cn\r\n\r\n"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(PAGE.encode())}"
    answer = f"{head}\r\n\r\n{PAGE}".encode()
    with WarcWriter(tmp_path / "in", prefix="a") as writer:
        writer.write(Capture(URL, datetime(2020, 1, 1, tzinfo=UTC), request, answer))
    with open_archive(tmp_path / "data", create=True) as archive:
        backfill(archive, [tmp_path / "in"], "甲")
        folder = profile_folder(archive.data)
        folder.mkdir()
        chosen = '[selectors]\ncontainer = "div.notes"\n'
        (folder / "b.toml").write_text(PROFILE + chosen, encoding="utf-8")
        (folder / "a.toml").write_text("name = ", encoding="utf-8")
        assert derive(archive, "甲").articles == 1
        assert archive.store.article(URL).reading.text == NOTE
        with pytest.raises(ConfigurationError, match=r"a\.toml"):
            selectors_of(archive.data, "乙")
        # Neither a file nor a page is read then.
        with pytest.raises(ConfigurationError, match=r"a\.toml"):
            backfill(archive, [tmp_path / "in"], "乙")
        with pytest.raises(ConfigurationError, match=r"a\.toml"):
            crawl_site(archive.data, ["http://127.0.0.1:1/"], name="乙")
        assert [site.name for site in archive.store.sites()] == ["甲"]
        # One that says it is another site's is not this one's.
        (folder / "a.toml").write_text('name = "丙"\nstart = 1\n', encoding="utf-8")
        assert selectors_of(archive.data, "乙") == NO_SELECTORS
