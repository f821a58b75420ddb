"""A data directory of somebody else's, with links where the program writes: none is followed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.errors import DataDirectoryError
from archive.lock import locked
from archive.model import RunReport
from archive.profiles import add_profile
from archive.runs.ending import NAME, RESERVE_BYTES, begin_run
from archive.runs.facts import facts_of
from archive.runs.publishing import metrics_name, write_files
from archive.store import open_archive
from archive.warc import WarcWriter
from archive.warc.recovery import recover
from tests.unit import backfill_samples as samples
from tests.unit.backfill_samples import take_in
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction
from tests.unit.warc_samples import sample

DAY = datetime(2026, 3, 1, tzinfo=UTC)
REPORT = RunReport(1, samples.SITE, "nightly", DAY, DAY, "finished", 0, {})
PRECIOUS = b"nobody else has this\n"


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    path = tmp_path / "precious"
    path.write_bytes(PRECIOUS)
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data" / "warc").mkdir(parents=True)
    return tmp_path / "data"


def test_an_index_is_written_beside_what_a_link_leads_to(data: Path, precious: Path) -> None:
    (data / "warc" / ".index.cdxj.new").symlink_to(precious)
    with WarcWriter(data / "warc", prefix="a") as writer:
        writer.write(sample())
    assert (data / "warc" / "index.cdxj").stat().st_size > 0
    assert not (data / "warc" / "index.cdxj").is_symlink()
    assert precious.read_bytes() == PRECIOUS


def test_room_is_kept_back_beside_what_a_link_leads_to(data: Path, precious: Path) -> None:
    take_in(data, samples.warc(data.parent, "a.warc.gz", range(2)))
    (data / NAME).unlink(missing_ok=True)
    (data / NAME).symlink_to(precious)
    with open_archive(data) as archive:
        begin_run(archive, samples.SITE, "nightly", walks=True)
    assert (data / NAME).lstat().st_size == RESERVE_BYTES
    assert precious.read_bytes() == PRECIOUS


def test_a_lock_that_is_a_link_is_refused_before_it_is_signed(data: Path, precious: Path) -> None:
    (data / "palimpsest.lock").symlink_to(precious)
    with pytest.raises(DataDirectoryError), locked(data):
        pass
    assert precious.read_bytes() == PRECIOUS


def test_the_lock_of_the_search_index_makes_no_file_where_a_link_leads(data: Path) -> None:
    elsewhere = data.parent / "elsewhere"
    (data / "index").mkdir()
    (data / "index" / "writer.lock").symlink_to(elsewhere)
    with open_archive(data, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, [article("001", extraction("老党员参观展览。"))])
        with pytest.raises(DataDirectoryError, match=r"cannot be used for the index"):
            archive.search("老党员")
        (data / "index" / "writer.lock").unlink()
        assert archive.search("老党员").total == 1
    assert not elsewhere.exists()


def test_a_file_that_was_left_open_elsewhere_is_not_cut_off(data: Path, precious: Path) -> None:
    with WarcWriter(data / "warc", prefix="a") as writer:
        writer.write(sample())
    (whole,) = (data / "warc").glob("a-*.warc.gz")
    torn = whole.read_bytes() + b"the beginning of another record"
    precious.write_bytes(torn)
    (data / "warc" / "b.warc.gz.open").symlink_to(precious)
    assert recover(data / "warc") == []
    assert precious.read_bytes() == torn


def test_reports_and_profiles_are_written_beside_what_links_lead_to(
    data: Path, precious: Path
) -> None:
    for folder, name in (("runs", metrics_name(samples.SITE)), ("sites", "www.a.cn.toml")):
        (data / folder).mkdir()
        (data / folder / f"{name}.part").symlink_to(precious)
    write_files(data, facts_of(REPORT))
    add_profile(data, ["http://www.a.cn/"])
    assert precious.read_bytes() == PRECIOUS
