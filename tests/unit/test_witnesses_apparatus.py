"""The apparatus: every place where witnesses differ, with what each of them has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from archive.cli import main
from archive.cli.show_text import as_apparatus
from archive.model import Article
from archive.store import open_archive
from archive.witnesses.apparatus import apparatus
from tests.unit.store_sample import article, extraction, witness

TEXT = "离退休党总支召开党员大会，共有八十人参加。\n会后举行了座谈。"


def of(*texts: str, reading: str = TEXT) -> Article:
    made = article()
    members = tuple(
        witness(extraction(text), f"http://m{n}.com/1", "mirror") for n, text in enumerate(texts)
    )
    return replace(made, reading=extraction(reading), witnesses=members)


def test_a_place_where_one_differs_shows_what_everyone_has() -> None:
    (entry,) = apparatus(of(TEXT, TEXT.replace("八十", "九十"))).entries
    assert (entry.lemma, entry.readings) == ("八", {"A": "八", "B": "九"})
    assert (entry.line, TEXT[entry.start : entry.end]) == (1, "八")
    assert (entry.before, entry.after) == ("员大会，共有", "十人参加。")


def test_something_put_in_or_left_out_is_shown_against_nothing() -> None:
    found = apparatus(of(TEXT.replace("会后", "会后查看官网"), TEXT.replace("座谈", "")))
    assert [(e.lemma, e.readings) for e in found.entries] == [
        ("", {"A": "查看官网", "B": ""}),
        ("座谈", {"A": "座谈", "B": ""}),
    ]
    assert {entry.line for entry in found.entries} == {2}


def test_script_width_and_punctuation_are_no_differences() -> None:
    traditional = TEXT.replace("党", "黨").replace("会", "會").replace("，", ",")
    assert apparatus(of(traditional)).entries == ()


def test_each_witness_has_its_letter_role_and_address() -> None:
    sigla = apparatus(of(TEXT, TEXT)).sigla
    assert [(s.letter, s.role, s.url) for s in sigla] == [
        ("A", "mirror", "http://m0.com/1"),
        ("B", "mirror", "http://m1.com/1"),
    ]


@given(st.lists(st.text(alphabet="党员大会召开\n，一二", max_size=30), min_size=1, max_size=4))
def test_every_place_is_one_of_the_reading_and_names_every_witness(texts: list[str]) -> None:
    found = apparatus(of(*texts))
    letters = {s.letter for s in found.sigla}
    places = [(e.start, e.end) for e in found.entries]
    assert places == sorted(places)
    for entry in found.entries:
        assert TEXT[entry.start : entry.end] == entry.lemma
        assert set(entry.readings) == letters


def test_damaged_dates_of_an_imported_text_are_listed_with_their_readings(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    text = "总结\n\n927日，组织了参观。\n1115日，大会顺利召开。\n\n办公室\n2010129日\n"
    (folder / "a.txt").write_text(text, encoding="utf-8")
    data = str(tmp_path / "data")
    assert main(["backfill", str(folder), "--site", "s", "--data", data]) == 0
    with open_archive(Path(data)) as archive:
        (imported,) = archive.store.articles()
    found = apparatus(imported)
    assert "1115日" in imported.reading.text
    assert imported.reading.published == date(2010, 12, 9)
    told = imported.reading.published_evidence or ""
    assert told.startswith("2010129日 read as 2010年12月9日 (")
    assert "excluded 2010年1月29日: " in told
    assert [d.before for d in found.damages] == ["927日", "1115日", "2010129日"]
    assert [o.text for o in found.damages[1].offers] == ["11月15日"]
    assert not found.damages[2].ambiguous
    kept = {o.text: bool(o.excluded_by) for o in found.damages[2].offers}
    assert kept == {"2010年12月9日": False, "2010年1月29日": True}
    shown = as_apparatus(found)
    assert "[1115日]" in shown
    assert "11月15日" in shown
