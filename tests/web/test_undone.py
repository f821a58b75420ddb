"""Pages of the institute's own that were tampered with: told of where their captures are listed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.store import Archive, open_archive
from archive.web import Settings
from tests.unit.own_nights import Institute, Kept, broken_into, newest
from tests.web.serving import Served, serving


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder: Path = tmp_path_factory.mktemp("undone")
    institute = Institute()
    with open_archive(folder / "data", create=True) as archive:
        kept = Kept(archive, institute.host)
        kept.walked(0, institute.own())
        kept.walked(1, broken_into(institute))
        yield archive


@pytest.fixture(scope="module")
def room(archive: Archive) -> Iterator[Served]:
    with serving(archive, Settings(rate=0)) as served:
        yield served


def test_the_captures_of_an_article_tell_which_was_tampered_with_and_which_is_read(
    archive: Archive, room: Served
) -> None:
    for one in archive.store.articles("s"):
        answer = room.get(f"/article/{one.id}")
        rows = answer.words("//section[@aria-labelledby='evidence']//tbody/tr")
        undone = ["put in or exchanged, and undone" in row for row in rows]
        read = ["the reading is made from this one" in row for row in rows]
        assert sorted(undone) == sorted(read) == [False, True]
        assert undone != read
        assert answer.words("//section[@aria-labelledby='repairs']") == []


def test_a_witness_tells_what_was_undone_in_it(archive: Archive, room: Served) -> None:
    for one in archive.store.articles("s"):
        tampered = newest(one)
        answer = room.get(f"/article/{one.id}/witness/{one.witnesses.index(tampered)}")
        shown = answer.words("//section[@aria-labelledby='repairs']//dd//del")
        made = {" ".join(r.before.split()) for r in tampered.clean.repairs if r.field == "text"}
        assert set(shown) == made
        assert made
        whole = room.get(f"/article/{one.id}/witness/{one.reading_of}")
        assert whole.words("//section[@aria-labelledby='repairs']") == []


def test_what_was_put_into_an_own_page_is_struck_through_beside_the_page_as_it_was(
    archive: Archive, room: Served
) -> None:
    for one in archive.store.articles("s"):
        made = [r.before for r in newest(one).clean.repairs if r.field == "text"]
        answer = room.get(f"/article/{one.id}/witnesses")
        assert answer.words("//th")[1] == "What the page showed while it was tampered with"
        struck = answer.page.xpath("//tr[@lang]/td[2]//del")
        assert sorted(found.text for found in struck) == sorted(made)
        assert "the same as the reading" in answer.words("//tr[@class='facts']/td")[2]
        listed = answer.words("//nav[@data-count]//li")
        assert len(listed) == len(made)
        assert all("while it was tampered with" in line for line in listed)
