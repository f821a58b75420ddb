"""The JSON API: what the pages show, for programs, as its description says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archive.export import record
from archive.store import Archive
from tests.web.holdings import EDITED, EVIL, HOSTILE, KEPT
from tests.web.serving import Answer, Served


def _json(answer: Answer, status: int = 200) -> Any:
    assert answer.status == status, answer.text
    return json.loads(answer.body)


def test_an_article_has_the_keys_and_values_of_the_export(room: Served, archive: Archive) -> None:
    for one in archive.iterate():
        assert _json(room.get(f"/api/v1/articles/{one.id}")) == record(one)


def test_a_search_answers_as_the_archive_does(room: Served, archive: Archive) -> None:
    answer = _json(room.get("/api/v1/articles?q=党员&facets=true&limit=2"))
    found = archive.search("党员", limit=2, facets=True)
    assert answer["total"] == found.total == 3
    assert [hit["id"] for hit in answer["hits"]] == [hit.id for hit in found]
    title = answer["hits"][0]["title"]
    assert [title["text"][a:b] for a, b in title["marks"]] == ["党员"]
    assert answer["facets"]["witness"][0] == {"value": "original", "count": found.total}
    paged = _json(room.get("/api/v1/articles?q=党员&limit=1&offset=1"))
    assert [hit["id"] for hit in paged["hits"]] == [list(found)[1].id]


def test_versions_and_their_difference_are_told(room: Served) -> None:
    versions = _json(room.get(f"/api/v1/articles/{EDITED}/versions"))
    assert [(one["number"], one["text"]) for one in versions] == [
        (1, "原文。"),
        (2, "改后的文。"),
    ]
    (line,) = _json(room.get(f"/api/v1/articles/{EDITED}/diff?from=1&to=2"))["paragraphs"]
    assert "".join(one["text"] for one in line if one["kind"] != "added") == "原文。"


def test_a_record_is_checked_on_request(room: Served) -> None:
    found = _json(room.ask("POST", f"/api/v1/articles/{KEPT}/witnesses/0/check"))
    assert found["problem"] is None
    assert found["found_digest"] == found["kept_digest"]


def test_overviews_are_there_for_programs(room: Served) -> None:
    (site,) = _json(room.get("/api/v1/sites"))
    assert {"value": "新闻", "count": 1} in site["branches"]
    (run,) = _json(room.get("/api/v1/runs"))
    assert _json(room.get(f"/api/v1/runs/{run['id']}")) == run
    assert _json(room.get("/api/v1/new?since=2010-12-10"))["total"] == 1
    only = _json(room.get("/api/v1/new?since=2001-01-01&only_changed=true"))
    assert [one["versions"] > 1 for one in only["articles"]] == [True]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/articles?limit=-1", 400),
        ("/api/v1/articles?offset=10000000000", 400),
        ("/api/v1/articles?order=x", 400),
        ("/api/v1/articles?published_from=yesterday", 400),
        ("/api/v1/articles?published_from=2012-01-01&published_to=2010-12-31", 400),
        ("/api/v1/articles/zz", 404),
        ("/api/v1/articles/zz/versions", 404),
        ("/api/v1/runs/999", 404),
        ("/api/v1/runs/x", 400),
        ("/api/v1/nothing", 404),
    ],
)
def test_what_goes_wrong_is_a_problem_with_a_true_status(
    room: Served, path: str, status: int
) -> None:
    answer = room.get(path)
    assert answer.headers["content-type"] == "application/problem+json"
    assert _json(answer, status)["status"] == status


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("/api/v1/articles?from=2012", "published_from may be meant"),
        ("/api/v1/articles?q=党员&stauts=gone", "status may be meant"),
        ("/api/v1/articles?nothing=1", "q, site, branch"),
        (f"/api/v1/articles/{KEPT}?q=1", "no such parameter, and no other"),
        (f"/api/v1/articles/{EDITED}/diff?from=1&to=2&x=3", "from, to"),
    ],
)
def test_a_parameter_that_there_is_not_is_no_silent_everything(
    room: Served, asked: str, told: str
) -> None:
    assert told in _json(room.get(asked), 400)["detail"]


def test_a_hostile_title_is_only_a_string(room: Served) -> None:
    answer = room.get(f"/api/v1/articles/{HOSTILE}")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert _json(answer)["title"] == EVIL


def test_the_description_names_every_call_and_its_answer(room: Served) -> None:
    described = _json(room.get("/api/openapi.json"))
    assert described["openapi"].startswith("3.1")
    for methods in described["paths"].values():
        for call in methods.values():
            assert call["description"]
            schema = call["responses"]["200"]["content"]["application/json"]["schema"]
            assert "$ref" in schema or "$ref" in schema["items"]
    page = room.get("/api")
    for path in described["paths"]:
        assert path in page.text


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("/api/v1/articles?nosuch=1", 400),
        ("/api/v1/articles?limit=many", 400),
        ("/api/v1/new", 400),
        ("/api/v1/nights", 400),
        ("/api/v1/articles/nosuch", 404),
        ("/api/v1/captures?url=nosuch", 404),
        ("/api/v1/runs/99", 404),
    ],
)
def test_what_goes_wrong_is_what_the_description_says(
    room: Served, asked: str, status: int
) -> None:
    answer = room.get(asked)
    problem = _json(answer, status)
    for methods in _json(room.get("/api/openapi.json"))["paths"].values():
        for call in methods.values():
            assert "422" not in call["responses"]
            content = call["responses"][str(status)]["content"][answer.headers["content-type"]]
            assert content["schema"]["required"] == list(problem)


@pytest.mark.parametrize("day", ["0", "86400", "2010-12-09T00:00:00", "２０１０-１２-０９"])
@pytest.mark.parametrize(
    "asked",
    ["new?since=", "articles?published_from=", "articles?published_to=", "nights/{}?host=a.cn"],
)
def test_no_number_is_a_day(room: Served, asked: str, day: str) -> None:
    path = asked.format(day) if "{}" in asked else asked + day
    assert "YYYY-MM-DD" in _json(room.get(f"/api/v1/{path}"), 400)["detail"]


@pytest.mark.parametrize("path", ["/api/v1/sites", "/new.atom", "/"])
def test_a_method_that_is_none_is_told_which_there_are(room: Served, path: str) -> None:
    answer = room.ask("TRACE", path)
    assert answer.status == 405
    assert "GET" in answer.headers["allow"]


def test_search_engines_are_asked_to_stay_away(room: Served) -> None:
    assert "Disallow: /" in room.get("/robots.txt").text
    assert room.get("/").headers["x-robots-tag"] == "noindex, nofollow"
