"""The article page: the text, and the whole way down to the bytes it came from."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from archive.evidence.basis import basis
from archive.evidence.certificates import pem
from archive.export.citation import bibtex, gb7714
from archive.model import Repair
from archive.store import Archive, Version
from archive.warc import read_at
from archive.web.article_page import MARK_WIDTH, TIMELINE_WIDTH, spans
from archive.web.difference import compare
from archive.web.marks import Piece
from archive.web.side_by_side import rows
from tests.unit.store_sample import NOON, article, extraction
from tests.web.holdings import (
    CERTIFICATE,
    EDITED,
    FILE_URL,
    KEPT,
    MIRROR_ONLY,
    MIRRORED,
    PICTURE,
    PICTURE_URL,
)
from tests.web.serving import Served


def test_an_article_is_read_with_its_values_and_where_they_come_from(room: Served) -> None:
    answer = room.get(f"/article/{KEPT}")
    assert answer.words("//h1") == ["关于召开党员大会的通知"]
    facts = dict(zip(answer.words("//aside//dt"), answer.words("//aside//dd"), strict=True))
    assert facts["Published"] == "9 December 2010"
    assert facts["Evidence of the date"] == "label"
    assert facts["Encoding (rule)"] == "gb18030 (declared)"
    assert "离退休党总支" in answer.words("//article")[0]


def test_images_and_attachments_come_from_the_archive(room: Served) -> None:
    answer = room.get(f"/article/{KEPT}")
    (source,) = answer.page.xpath("//article//img/@src")
    image = room.ask("GET", source)
    assert (image.body, image.headers["content-type"]) == (PICTURE, "image/png")
    attachment = room.get("/kept", site="institute", url=FILE_URL)
    assert attachment.headers["content-type"] == "application/octet-stream"
    assert attachment.headers["content-disposition"] == "attachment; filename*=UTF-8''n.doc"
    assert "sandbox" in attachment.headers["content-security-policy"]
    assert "缺 (not kept)" in answer.words("//section[@aria-labelledby='attachments']//li")
    assert room.get("/kept", site="institute", url="http://www.a.cn/no").status == 404


def test_a_link_in_a_text_leads_to_the_archives_article(room: Served) -> None:
    (link,) = room.get(f"/article/{KEPT}").page.xpath("//article//a/@href")
    answer = room.ask("GET", link)
    assert (answer.status, answer.headers["location"]) == (303, f"/article/{MIRRORED}")
    unknown = room.get("/find", url="http://elsewhere.example/")
    assert unknown.status == 404
    assert "http://elsewhere.example/" in unknown.text
    assert "http://elsewhere.example/" not in unknown.page.xpath("//@href")


def test_what_a_mirror_put_in_is_struck_through_beside_the_reading(room: Served) -> None:
    answer = room.get(f"/article/{MIRRORED}/witnesses")
    columns = [answer.page.xpath(f"//tr[@lang]/td[{number}]") for number in (1, 2, 3)]
    reading, mirror, official = (" ".join(c.text_content() for c in one) for one in columns)
    assert "银河" not in reading + official
    (struck,) = answer.page.xpath("//tr[@lang]/td[2]//del")
    assert struck.text == "银河"
    assert "98%" in struck.get("title")
    assert "银河" in mirror
    assert "the same as the reading" in official or "the same as the reading" in answer.text


@pytest.mark.parametrize("place", ["0", "1", "2"])
def test_a_witness_of_thousands_of_digits_is_no_error(room: Served, place: str) -> None:
    asked = f"{place:0>9}{'0' * 5_000}"
    assert room.ask("GET", f"/article/{MIRRORED}/witnesses?mirror={asked}").status == 200


@pytest.mark.parametrize(
    ("mirror", "expected"),
    [
        (["广告", "头", "尾"], [["-广告", "头"], [], ["尾"]]),
        (["头", "改过", "尾", "后"], [["头"], ["改过"], ["尾", "-后"]]),
        ([], [[], [], []]),
    ],
)
def test_a_mirrors_paragraph_stands_beside_the_readings_own_or_is_left_out(
    mirror: list[str], expected: list[list[str]]
) -> None:
    shown = rows("头\n身\n尾", [[Piece("kept", line)] for line in mirror], [])
    assert [row.reading for row in shown] == ["头", "身", "尾"]
    told = [
        [("-" if one.left_out else "") + one.pieces[0].text for one in row.mirror] for row in shown
    ]
    assert told == expected


def test_a_reader_sees_at_once_whose_page_he_reads_and_how_sure_it_is(room: Served) -> None:
    told = "//p[contains(@class, 'basis')]"
    (own,) = room.get(f"/article/{KEPT}").words(told)
    assert own.startswith("Read from the institute's own page (www.a.cn), captured 9 Dec 2010")
    assert own.endswith("Nothing was repaired.")
    answer = room.get(f"/article/{MIRROR_ONLY}")
    assert answer.words(told)[0].startswith("Read from a mirror's page (m2.com), captured")
    (capture,) = answer.page.xpath(f"{told}/a[1]/@href")
    assert capture == f"/article/{MIRROR_ONLY}/witness/0"
    assert room.get(f"/article/{EDITED}", version="1").words(told) == []


def test_the_least_sure_repair_and_the_lost_places_are_counted() -> None:
    places = (("text", "pinyin", 0.99), ("title", "name-restored", 0.9), ("text", "name-lost", 0.7))
    again = ("html", "pinyin", 0.5)
    repairs = tuple(
        Repair(field, 0, 1, "银", "", rule, "e", sure) for field, rule, sure in (*places, again)
    )
    found = basis(article("x", extraction(repairs=repairs)))
    assert (found.repaired, found.least_sure, found.lost) == (2, 0.9, 1)


def test_an_article_only_mirrors_have_says_so(room: Served) -> None:
    answer = room.get(f"/article/{MIRROR_ONLY}/witnesses")
    assert "The official host's own page is not in the archive." in answer.text
    assert room.get(f"/article/{KEPT}/witnesses").status == 200


def test_versions_lie_on_a_line_of_time(room: Served) -> None:
    assert len(room.get(f"/article/{EDITED}").page.xpath("//ol[@class='spans']//rect")) == 4
    day = timedelta(days=1)
    seen = [(NOON, NOON + day), (NOON + 2 * day, NOON + 4 * day)]
    versions = [Version(n, *span, n == 2, extraction()) for n, span in enumerate(seen, 1)]
    (left, width), (second, rest) = spans(versions)
    assert left == 0
    assert second == pytest.approx(2 * width, abs=1)
    assert rest == pytest.approx(2 * width, abs=1)
    assert second + rest <= TIMELINE_WIDTH
    assert spans([Version(1, NOON, NOON, True, extraction())]) == [(0, MARK_WIDTH)]


def test_two_versions_are_compared_character_by_character(room: Served) -> None:
    answer = room.get(f"/article/{EDITED}/diff")
    assert answer.words("//div[@class='diff']//del") == ["原"]
    assert answer.words("//div[@class='diff']//ins") == ["改后的"]
    same = room.get(f"/article/{EDITED}/diff?from=2&to=2")
    assert "The text is the same" in same.text
    old = room.get(f"/article/{EDITED}?version=1")
    assert "This is version 1." in old.text
    assert room.get(f"/article/{EDITED}?version=9").status == 404


def test_a_sentence_put_behind_others_stays_in_its_paragraph() -> None:
    (first, second) = compare("头一句。\n次段。", "头一句。又一句。\n次段。")
    assert [(one.kind, one.text) for one in first] == [("same", "头一句。"), ("added", "又一句。")]
    assert [one.kind for one in second] == ["same"]


def test_a_record_is_verified_when_asked(room: Served, archive: Archive) -> None:
    pointer = archive.get(KEPT).witnesses[0].pointer
    answer = room.ask("POST", f"/article/{KEPT}/witness/0")
    assert "its digest is the one that was kept" in answer.text
    assert pointer.payload_digest in answer.words("//p[@role='status']")[0]
    # The others' records were never written.
    assert "cannot be read" in room.ask("POST", f"/article/{MIRRORED}/witness/0").text


def test_the_raw_exchange_is_shown_decoded_and_given_out_byte_for_byte(
    room: Served, archive: Archive
) -> None:
    capture = read_at(archive.warc_dir, archive.get(KEPT).witnesses[0].pointer)
    shown = room.get(f"/article/{KEPT}/witness/0")
    assert "离退休党总支召开党员大会" in shown.words("//pre[@lang='zh']")[0]
    raw = room.get(f"/article/{KEPT}/witness/0/exchange.bin")
    assert raw.body == capture.request + capture.response
    assert raw.headers["content-type"] == "application/octet-stream"


def test_the_certificate_is_told_and_given_out(room: Served) -> None:
    told = room.get(f"/article/{KEPT}/witness/0")
    link = f"/article/{KEPT}/witness/0/certificate.pem"
    assert told.words(f"//a[@href='{link}']/code") == [CERTIFICATE.digest]
    assert r"O=\<script\>alert(1)" in "".join(told.words("//dd"))
    given = room.get(link)
    assert given.text == pem(CERTIFICATE)
    assert given.headers["content-type"] == "application/pem-certificate-chain"
    assert room.get(f"/article/{MIRRORED}/witness/0/certificate.pem").status == 404


@pytest.mark.parametrize("path", ["/article/zz", f"/article/{KEPT}/witness/9", "/article/zz/diff"])
def test_what_is_not_there_is_a_404_page(room: Served, path: str) -> None:
    answer = room.get(path)
    assert answer.status == 404
    assert answer.words("//h1") == ["Not found"]


def test_citations_name_address_day_and_digest(room: Served, archive: Archive) -> None:
    digest = archive.get(KEPT).witnesses[0].pointer.payload_digest
    line = room.get(f"/article/{KEPT}/cite.txt").text
    assert line.startswith(
        "张三. 关于召开党员大会的通知[EB/OL]. (2010-12-09)[2010-12-09]. http://www.a.cn/a1. "
    )
    assert digest in line
    assert f"{room.base}/article/{KEPT}" in line
    (item,) = json.loads(room.get(f"/article/{KEPT}/cite.json").text)
    assert item["issued"] == {"date-parts": [[2010, 12, 9]]}
    assert item["archive_location"] == f"{room.base}/article/{KEPT}"
    assert "@online{palimpsest-a1," in room.get(f"/article/{KEPT}/cite.bib").text
    assert room.get(f"/article/{KEPT}/cite.ris").text.startswith("TY  - ELEC\r\n")


def test_a_page_tells_reference_managers_what_it_is(room: Served) -> None:
    answer = room.get(f"/article/{KEPT}")
    told = {one.get("name"): one.get("content") for one in answer.page.iter("meta")}
    assert told["DC.title"] == answer.words("//h1")[0]
    assert told["DC.identifier"].endswith(f"/article/{KEPT}")
    for one in answer.page.iter("link"):
        if one.get("rel") == "alternate":
            cited = room.get(one.get("href"))
            assert cited.status == 200
            assert cited.headers["content-type"].startswith(one.get("type"))


def test_similar_articles_share_words_of_the_title(room: Served) -> None:
    titles = room.get("/article/d3/similar").words("//a[@class='title']")
    assert len(titles) == 10
    assert all(title.startswith("学习之") for title in titles)


def test_a_picture_is_kept_under_the_address_it_had(room: Served) -> None:
    assert room.get("/kept", site="institute", url=PICTURE_URL).body == PICTURE


def test_a_citation_keeps_its_form_whatever_the_title_holds() -> None:
    wild = extraction(title="50% of {A} & B_1 \\x\n}}, note = {", author="a{b}", source=None)
    entry = bibtex(article("w1", wild))
    assert entry.count("{") - entry.count("\\{") == entry.count("}") - entry.count("\\}")
    assert r"50\% of \{A\} \& B\_1 \textbackslash{}x" in entry
    assert [line for line in entry.splitlines() if not line.startswith((" ", "@", "}"))] == []
    assert "\n" not in gb7714(article("w1", wild))


def test_a_page_is_light_and_sent_compressed(room: Served) -> None:
    answer = room.get("/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    shared = sum(len(room.get(f"/static/{n}").body) for n in ("style.css", "reading.js"))
    assert shared + len(room.get("/").body) < 150_000
