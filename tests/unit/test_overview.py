"""``branches``, ``stats``: exact counts, as tables, for programs, as pictures."""

from __future__ import annotations

import csv
import io
import json
import struct
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from archive import charts
from archive.cli import main
from archive.errors import UsageError
from archive.store import open_archive
from archive.store.overview import Tally
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction, mirrored, witness

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(
    tmp_path: Path,
    database: str,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Ask:
    monkeypatch.setenv("PALIMPSEST_LANG", "en")
    data = tmp_path / "data"
    lone = witness(extraction(), "http://m.com/z", "mirror")
    with open_archive(data, create=True) as archive:
        archive.store.put_site(replace(INSTITUTE, mirrors=("m.com", "silent.com")))
        archive.store.replace_articles(
            SITE,
            [
                article("a"),
                article("b", extraction(published=date(2012, 5, 1), branch="党建")),
                article("c", extraction(published=None, branch=None)),
                mirrored("d"),
                article("z", witnesses=(lone,), status="mirror-only"),
            ],
        )

    def asked(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--data", str(data)])
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return asked


def test_branches_are_counted_with_their_first_and_last_day(ask: Ask) -> None:
    rows = json.loads(ask("branches", "--format", "json")[1])
    assert [(row["branch"], row["articles"], row["first"], row["last"]) for row in rows] == [
        (None, 1, None, None),
        ("党建", 1, "2012-05-01", "2012-05-01"),
        ("离退休党总支", 3, "2010-12-09", "2010-12-09"),
    ]
    code, out, err = ask("branches", "--site", SITE)
    assert (code, err) == (0, "3 branches\n")
    assert "离退休党总支" in out
    assert ask("branches", "--site", "other")[0] == 66


def test_stats_count_each_article_once(ask: Ask) -> None:
    code, out, err = ask("stats", "--format", "csv")
    assert (code, err) == (0, "5 articles\n")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["year"], row["branch"], row["articles"]) for row in rows] == [
        ("", "", "1"),
        ("2010", "离退休党总支", "3"),
        ("2012", "党建", "1"),
    ]
    chart = ask("stats")[1]
    assert [line.split()[:2] for line in chart.splitlines()[1:5]] == [
        ["2010", "3"],
        ["2011", "0"],
        ["2012", "1"],
        ["(unknown)", "1"],
    ]
    assert ask("stats", "--from", "2012")[2] == "1 article\n"


def test_a_chart_is_drawn_as_svg_with_its_names_as_text(ask: Ask, tmp_path: Path) -> None:
    pictures = [tmp_path / "one.svg", tmp_path / "two.svg"]
    for picture in pictures:
        assert ask("stats", "--plot", str(picture))[0] == 0
    text = "".join(ElementTree.parse(pictures[0]).getroot().itertext())
    assert "离退休党总支" in text
    assert "2011" in text
    assert pictures[0].read_bytes() == pictures[1].read_bytes()
    assert ask("stats", "--plot", str(tmp_path / "x.pdf"))[:2] == (64, "")
    assert ask("stats", "--plot", str(tmp_path / "nowhere" / "x.svg"))[0] == 73


def test_a_kind_of_chart_that_there_is_not_is_refused_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere, picture = str(tmp_path / "nowhere"), str(tmp_path / "x.gif")
    assert main(["stats", "--plot", picture, "--data", nowhere]) == 64
    assert "x.gif" in capsys.readouterr().err


def test_a_chart_is_drawn_as_png_or_says_which_font_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"title": "t", "unknown": "none", "others": "others"}
    target = tmp_path / "x.png"
    charts.draw([Tally(2010, "party", 3), Tally(2012, None, 1)], target, **words)
    content = target.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == (1500, 750)
    # Where none of the usual fonts is installed any other that has the characters will do.
    monkeypatch.setattr(charts, "_CHINESE_FONTS", ())
    assert not any("Last Resort" in name for name in charts._fonts())
    monkeypatch.setattr(charts, "_fonts", list)
    with pytest.raises(UsageError, match=r"fonts-noto-cjk.*\.svg"):
        charts.draw([Tally(2010, "党建", 3)], target, **words)


def test_small_branches_are_drawn_as_one(tmp_path: Path) -> None:
    many = [Tally(2010, f"b{n:02d}", n + 1) for n in range(20)]
    assert len(charts.leading(many)) == charts.BRANCHES
    assert charts.leading(many)[0] == "b19"
    target = tmp_path / "x.svg"
    charts.draw(many, target, title="t", unknown="none", others="the others")
    text = "".join(ElementTree.parse(target).getroot().itertext())
    assert "the others" in text
    assert "b05" not in text
    charts.draw([], target, title="empty", unknown="none", others="others")


@pytest.mark.parametrize(
    ("count", "largest", "drawn"),
    [(8, 8, "█" * charts.WIDTH), (0, 8, ""), (0, 0, ""), (1, 320, "▏"), (4, 320, "▌")],
)
def test_a_bar_is_as_long_as_its_count(count: int, largest: int, drawn: str) -> None:
    assert charts.bar(count, largest) == drawn
