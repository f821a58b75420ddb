"""Changes as stops: numbered as they are shown, each with a place and a line in the list."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning.repairs import Edit, make_repairs
from archive.web import Settings
from archive.web.difference import Part, compare
from archive.web.marks import Piece, drawn, paragraphs
from archive.web.side_by_side import Line, Row
from archive.web.stops import MAX_LISTED, MAX_WORDS, numbered, stops
from tests.web.changed import MANY, REPAIRED, changed, repaired
from tests.web.holdings import EDITED, MIRRORED
from tests.web.serving import Served, serving

TEXT = st.text("甲乙丙丁戊己庚辛\n", max_size=40)
ANCHORS = "//*[starts-with(@id, 'change-')]/@id"


@given(TEXT, TEXT)
def test_every_change_has_one_number_and_all_its_words(old: str, new: str) -> None:
    lines = compare(old, new)
    begun = [one.stop for line in lines for one in line if one.stop]
    assert begun == list(range(1, len(begun) + 1))
    listed = stops(lines)
    assert [stop.number for stop in listed] == begun
    for kind in ("removed", "added"):
        words = "".join(one.text for line in lines for one in line if one.kind == kind)
        if all(len(stop.removed + stop.added) < MAX_WORDS for stop in listed):
            assert "".join(getattr(stop, kind) for stop in listed) == words


def test_what_was_put_in_the_place_of_something_is_one_change_over_all_its_lines() -> None:
    lines = compare("开头。\n旧的一段。\n结尾。", "开头。\n新来第一行。\n第二行也是新来。\n结尾。")
    (stop,) = stops(lines)
    assert (stop.number, stop.removed) == (1, "旧的一段")
    assert stop.added.startswith("新来第一行")
    assert len(stop.added) > len("新来第一行。")


def test_two_columns_are_numbered_row_by_row() -> None:
    struck, same = Piece("struck", "银河", stop=1), Piece("kept", "所")
    rows = [
        Row("所", [Line([struck, same], left_out=False)], [[Part("added", "本", stop=1)]]),
        Row("", [Line([same], left_out=True)], []),
        Row("所", [Line([same], left_out=False)], [[Part("removed", "所", stop=2)]]),
    ]
    numbers = count(1)
    found = [
        stop
        for row in rows
        for stop in row.numbered(numbers).stops(
            "witnesses.mirror_showed", "witnesses.official_showed"
        )
    ]
    assert [(stop.number, stop.removed, stop.added) for stop in found] == [
        (1, "银河", ""),
        (2, "", "本"),
        (3, "所", ""),
        (4, "所", ""),
    ]
    assert found[0].where == found[2].where != found[1].where == found[3].where


def test_marks_side_by_side_are_one_change_and_kept_words_part_two() -> None:
    edits = [Edit(0, 2, "所"), Edit(2, 3, ""), Edit(4, 5, "")]
    repairs = make_repairs("text", "银河的会讯", edits, rule="r", evidence="", confidence=1.0)
    lines = numbered(paragraphs(drawn("银河的会讯", repairs)), count(7))
    assert [stop.number for stop in stops(lines)] == [7, 8]


def test_a_long_change_is_a_short_line_of_the_list() -> None:
    (stop,) = stops(compare("", "甲" * 1000))
    assert stop.added == "甲" * (MAX_WORDS - 1) + "…"


def test_each_listed_change_leads_to_its_place_without_script(room: Served) -> None:
    for path in (f"/article/{EDITED}/diff", f"/article/{MIRRORED}/witnesses"):
        shown = room.get(path)
        links = shown.page.xpath("//nav[@class='stops screen']//li/a/@href")
        anchors = shown.page.xpath(ANCHORS)
        assert (
            [link[1:] for link in links]
            == anchors
            == [f"change-{n}" for n in range(1, len(anchors) + 1)]
        )
        assert anchors
        assert shown.words("//nav//span[@role='status']") == [f"Changes: {len(anchors)}"]
    words = room.get(f"/article/{EDITED}/diff").words("//nav[@class='stops screen']//li")
    assert words == ["taken out “原”, put in “改后的”"]
    same = room.get(f"/article/{EDITED}/diff?from=1&to=1")
    assert not same.page.xpath("//nav[@class='stops screen']")


def test_the_marks_of_an_article_are_stops_too_where_they_are_shown(tmp_path: Path) -> None:
    with repaired(tmp_path / "data", 3) as archive, serving(archive, Settings(rate=0)) as served:
        plain = served.get(f"/article/{REPAIRED}?version=1")
        assert not plain.page.xpath("//nav[@class='stops screen']")
        (way,) = plain.page.xpath("//section[@aria-labelledby='repairs']/p/a")
        shown = served.ask("GET", way.get("href"))
    assert shown.page.xpath(ANCHORS) == ["change-1", "change-2", "change-3"]
    assert shown.words("//nav[@class='stops screen']//li") == ["taken out “银河”"] * 3
    (back,) = shown.page.xpath("//section[@aria-labelledby='repairs']/p/a")
    assert back.get("href") == f"/article/{REPAIRED}?version=1"


def test_of_very_many_changes_the_first_are_listed_and_all_have_a_place(tmp_path: Path) -> None:
    count_of = MAX_LISTED + 5
    with (
        changed(tmp_path / "data", count_of) as archive,
        serving(archive, Settings(rate=0)) as served,
    ):
        shown = served.get(f"/article/{MANY}/diff")
    assert len(shown.page.xpath(ANCHORS)) == count_of
    assert len(shown.page.xpath("//nav[@class='stops screen']//li")) == MAX_LISTED
    assert shown.words("//nav[@class='stops screen']/details/p") == [
        "5 more, each reached from the one before."
    ]
