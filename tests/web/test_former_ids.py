"""What was cited under an id that an article had before is led to the article, everywhere."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from dataclasses import replace

import pytest

from archive.store import open_archive
from archive.web import Settings
from tests.unit.store_sample import INSTITUTE, SITE, article, mirrored
from tests.web.serving import Served, serving

with warnings.catch_warnings():
    # Its source has escapes that newer Pythons warn of.
    warnings.simplefilter("ignore")
    from sickle import Sickle

FORMER, NOW, LOST = "a0", "a2", "z9"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An article that was two before, and an id whose article is no more."""
    with open_archive(tmp_path_factory.mktemp("ids") / "data", create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, [article(FORMER), article(LOST), mirrored(NOW)])
        joined = replace(mirrored(NOW), former_ids=(FORMER,), address_ids=("m1",))
        archive.store.replace_articles(SITE, [joined])
        with serving(archive, Settings(rate=0)) as served:
            yield served


@pytest.mark.parametrize("id_", [FORMER, "m1"])
@pytest.mark.parametrize(
    "rest",
    [
        "",
        "?version=1",
        "/witnesses",
        "/diff?from=1",
        "/cite.bib",
        "/witness/1",
        "/witness/1/replay",
    ],
)
def test_a_page_leads_on_for_good(room: Served, id_: str, rest: str) -> None:
    answer = room.ask("GET", f"/article/{id_}{rest}")
    assert (answer.status, answer.headers["location"]) == (308, f"/article/{NOW}{rest}")


def test_what_is_asked_by_post_is_asked_again_by_post(room: Served) -> None:
    answer = room.ask("POST", f"/article/{FORMER}/witness/0")
    assert (answer.status, answer.headers["location"]) == (308, f"/article/{NOW}/witness/0")


def test_the_api_answers_with_what_it_is_called_today(room: Served) -> None:
    told = json.loads(room.get(f"/api/v1/articles/{FORMER}").body)
    assert (told["id"], told["former_ids"]) == (NOW, [FORMER])
    assert len(json.loads(room.get(f"/api/v1/articles/{FORMER}/versions").body)) == 1


def test_an_id_whose_article_is_no_more_leads_to_its_captures(room: Served) -> None:
    answer = room.get(f"/article/{LOST}")
    assert answer.status == 410
    assert "http://www.a.cn/z9" in answer.text
    assert "/captures?url=http%3A%2F%2Fwww.a.cn%2Fz9" in answer.text
    told = room.get(f"/api/v1/articles/{LOST}")
    assert (told.status, json.loads(told.body)["status"]) == (410, 410)
    assert room.get("/article/nobody").status == 404


def test_a_harvester_is_told_that_a_former_id_is_deleted(room: Served) -> None:
    harvester = Sickle(f"{room.base}/oai")
    found = {
        one.header.identifier: one.header.deleted
        for one in harvester.ListRecords(metadataPrefix="oai_dc")
    }
    assert found == {f"oai:palimpsest:{FORMER}": True, f"oai:palimpsest:{NOW}": False}
    one = harvester.GetRecord(identifier=f"oai:palimpsest:{FORMER}", metadataPrefix="oai_dc")
    assert one.header.deleted


def test_the_article_names_the_ids_it_had(room: Served) -> None:
    text = room.get(f"/article/{NOW}", {"Accept-Language": "zh"}).text
    assert "曾用编号" in text
    assert f">{FORMER}<" in text
