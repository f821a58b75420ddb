"""What the archive tells of mirrors and break-ins: roles, lists, alarms."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from random import Random

import pytest

from archive.cli import main
from archive.model import Site
from archive.store import open_archive
from tests.tampering import copied, originals
from tests.tampering.archived import put
from tests.tampering.kinds import hidden, sown

OFFICIAL, MIRROR, LAB = "www.qskyzx.com", "www.hx7788.com", "lab.example.org.cn"
NOBODY = Site("s", ())
STRANGE = "鎏岳骏珑彩金秒提铂濠"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An archive of an institute and a mirror that nobody has named; the mirror has more."""
    rng = Random(11)
    names, pages = originals(rng, 8, OFFICIAL)
    copy = copied(pages, names, "name", rng)
    with open_archive(tmp_path / "data", create=True) as archive:
        own = [(one.path, one.html) for one in pages[:6]]
        put(
            archive,
            NOBODY,
            {OFFICIAL: own, MIRROR: [(path, html) for path, html, _ in copy.pages]},
            kind="backfill",
        )
    return tmp_path / "data"


def test_a_mirror_that_nobody_named_gets_no_live_article(data: Path) -> None:
    with open_archive(data) as archive:
        found = {a.status: 0 for a in archive.store.articles()}
        for one in archive.store.articles():
            found[one.status] += 1
            roles = {w.url.split("/")[2]: w.role for w in one.witnesses}
            assert roles.get(MIRROR, "mirror") == "mirror"
            assert roles.get(OFFICIAL, "original") == "original"
    assert found == {"live": 6, "mirror-only": 2}


def test_mirrors_are_listed_with_their_evidence_in_every_format(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mirrors", "list", "--format", "json", "--data", str(data)]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["host"], one["of"], one["hinted"]) == (MIRROR, [OFFICIAL], False)
    assert (one["articles"], one["only_here"], one["captures"]) == (8, 2, 8)
    assert one["kinds"] == ["A"]
    assert one["brands"]
    assert one["evidence"]
    assert main(["mirrors", "list", "--format", "csv", "--data", str(data)]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["host"] == MIRROR
    assert row["only_here"] == "2"
    assert main(["mirrors", "list", "--data", str(data)]) == 0
    assert MIRROR in capsys.readouterr().out


def test_a_mirror_is_shown_with_each_piece_of_evidence(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mirrors", "show", MIRROR, "--format", "json", "--data", str(data)]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert main(["mirrors", "show", MIRROR, "--data", str(data)]) == 0
    shown = capsys.readouterr().out
    assert all(line.split(":")[0] in shown for line in one["evidence"])
    assert "A  " in shown
    assert main(["mirrors", "show", "no.example", "--data", str(data)]) == 66
    assert "mirrors list" in capsys.readouterr().err


def test_an_official_host_that_begins_to_serve_spam_raises_an_alarm(tmp_path: Path) -> None:
    rng = Random(4)
    names, pages = originals(rng, 6, OFFICIAL)
    disguise = copied(pages, names, "plain", rng).disguise
    broken = [
        (one.path, hidden(sown(one.html, disguise, rng, 1.0), disguise, rng, 0.5)) for one in pages
    ]
    site = Site("s", (OFFICIAL,))
    with open_archive(tmp_path, create=True) as archive:
        first = put(archive, site, {OFFICIAL: [(one.path, one.html) for one in pages]})
        second = put(archive, site, {OFFICIAL: broken}, night=2)
    assert first.alarms == ()
    assert first.mirrors == second.mirrors == ()
    assert any("hidden links on 6 pages" in line for line in second.alarms)
    told = " ".join(second.alarms)
    assert any(phrase[:6].lower() in told for phrase in disguise.phrases)


def test_a_sentence_of_the_institutes_own_on_many_pages_raises_no_alarm(tmp_path: Path) -> None:
    _, pages = originals(Random(9), 6, OFFICIAL)
    own = max(pages[0].text.replace("\n", "。").split("。"), key=len)
    edited = [(one.path, one.html.replace("。", f"。{own}。", 1)) for one in pages[1:]]
    strange = [(path, html.replace(own, f"{own}。{STRANGE}")) for path, html in edited]
    site = Site("s", (OFFICIAL,))
    with open_archive(tmp_path, create=True) as archive:
        put(archive, site, {OFFICIAL: [(one.path, one.html) for one in pages]})
        assert put(archive, site, {OFFICIAL: edited}, night=2).alarms == ()
        (alarm,) = put(archive, site, {OFFICIAL: strange}, night=3).alarms
    assert STRANGE in alarm


def test_what_a_mirror_begins_to_serve_raises_no_alarm(tmp_path: Path) -> None:
    rng = Random(4)
    names, pages = originals(rng, 6, OFFICIAL)
    disguise = copied(pages, names, "plain", rng).disguise
    own = [(one.path, one.html) for one in pages]
    broken = [(path, hidden(html, disguise, rng, 0.5)) for path, html in own]
    site = Site("s", (OFFICIAL,), (MIRROR,))
    with open_archive(tmp_path, create=True) as archive:
        put(archive, site, {OFFICIAL: own, MIRROR: own})
        assert put(archive, site, {OFFICIAL: own, MIRROR: broken}, night=2).alarms == ()


def test_what_has_always_stood_on_a_page_raises_no_alarm_when_the_page_is_edited(
    tmp_path: Path,
) -> None:
    rng = Random(4)
    names, pages = originals(rng, 6, OFFICIAL)
    disguise = copied(pages, names, "plain", rng).disguise
    before = [(one.path, hidden(one.html, disguise, rng, 0.5)) for one in pages]
    edited = [(path, html.replace("。", "，特此说明。", 1)) for path, html in before[:2]]
    site = Site("s", (OFFICIAL,))
    with open_archive(tmp_path, create=True) as archive:
        put(archive, site, {OFFICIAL: before})
        assert put(archive, site, {OFFICIAL: edited}, night=2).alarms == ()


def test_edited_pages_raise_no_alarm(tmp_path: Path) -> None:
    _, pages = originals(Random(9), 6, OFFICIAL)
    edited = [(one.path, one.html.replace("。", "，特此说明。", 1)) for one in pages[:2]]
    site = Site("s", (OFFICIAL,))
    with open_archive(tmp_path, create=True) as archive:
        put(archive, site, {OFFICIAL: [(one.path, one.html) for one in pages]})
        report = put(archive, site, {OFFICIAL: edited}, night=2)
    assert report.alarms == ()


def test_two_hidden_links_to_strangers_raise_an_alarm_and_a_hidden_counter_none(
    tmp_path: Path,
) -> None:
    _, pages = originals(Random(9), 6, OFFICIAL)
    own = [(one.path, one.html) for one in pages]

    def hiding(links: str) -> list[tuple[str, str]]:
        return [(path, f'{html}<div style="display:none">{links}</div>') for path, html in own]

    counter = '<a href="http://www.tongji.example/">站长统计</a>'
    spam = '<a href="http://a.one.example/">甲</a><a href="http://b.two.test/">乙</a>'
    site = Site("s", (OFFICIAL,))
    with open_archive(tmp_path, create=True) as archive:
        put(archive, site, {OFFICIAL: own})
        assert put(archive, site, {OFFICIAL: hiding(counter)}, night=2).alarms == ()
        (alarm,) = put(archive, site, {OFFICIAL: hiding(counter + spam)}, night=3).alarms
    assert "hidden links on 6 pages" in alarm


def test_a_mirror_is_told_of_with_the_host_that_it_copied_not_with_all_of_the_site(
    tmp_path: Path,
) -> None:
    rng = Random(19)
    names, pages = originals(rng, 6, OFFICIAL)
    others = originals(rng, 6, LAB)[1]
    made = copied(pages, names, "plain", rng)
    site = Site("institute", (OFFICIAL, LAB))
    with open_archive(tmp_path / "data", create=True) as archive:
        hosts = {
            OFFICIAL: [(one.path, one.html) for one in pages],
            LAB: [(one.path, one.html) for one in others],
            MIRROR: [(path, html) for path, html, _ in made.pages],
        }
        put(archive, site, hosts)
        [mirror] = archive.store.mirrors(site.name)
    assert (mirror.host, mirror.of) == (MIRROR, (OFFICIAL,))
