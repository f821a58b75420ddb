"""A capture has an address of its own for good, whether or not an article is read from it."""

from __future__ import annotations

from tests.web.holdings import EVIL, KEPT, PAGE_BODY, PICTURE_URL
from tests.web.serving import Answer, Served

URL = "http://www.a.cn/a1"


def record_of(room: Served, url: str) -> str:
    """The address of the only capture of ``url``."""
    listed = room.get("/captures", url=url)
    (link,) = listed.page.xpath("//tbody//td[1]/a/@href")
    return str(link)


def links(answer: Answer) -> list[str]:
    return [str(one) for one in answer.page.xpath("//main//a/@href")]


def test_all_captures_of_an_address_are_listed_and_lead_to_theirs(room: Served) -> None:
    address = record_of(room, URL)
    assert address.startswith("/capture/urn:uuid:")
    shown = room.get(address)
    assert (shown.status, URL in shown.text, "sha256:" in shown.text) == (200, True, True)
    assert {f"/article/{KEPT}", f"/article/{KEPT}/witness/0"} <= set(links(shown))
    assert any(one.startswith("/memento/") for one in links(shown))


def test_the_captures_of_an_address_lead_to_its_article_or_to_the_page_itself(room: Served) -> None:
    article = room.get("/captures", url=URL)
    assert f"/article/{KEPT}" in links(article)
    picture = room.get("/captures", url=PICTURE_URL)
    assert not any(one.startswith("/article/") for one in links(picture))
    assert "the article" not in picture.words("//main//p")
    assert any(one.endswith(PICTURE_URL) for one in links(picture) if one.startswith("/memento/"))


def test_a_witness_leads_to_the_address_of_its_capture(room: Served) -> None:
    witness = room.get(f"/article/{KEPT}/witness/0")
    assert record_of(room, URL) in links(witness)
    assert "/captures?url=http%3A%2F%2Fwww.a.cn%2Fa1" in links(witness)


def test_what_no_article_is_read_from_is_shown_and_verified_all_the_same(room: Served) -> None:
    address = record_of(room, PICTURE_URL)
    assert not any(one.startswith("/article/") for one in links(room.get(address)))
    checked = room.ask("POST", address)
    assert "its digest is the one that was kept" in checked.text


def test_its_exchange_is_given_byte_for_byte(room: Served) -> None:
    shown = room.get(record_of(room, URL))
    (download,) = shown.page.xpath("//a[@download]/@href")
    raw = room.ask("GET", str(download))
    assert raw.body.startswith(b"GET http://www.a.cn/a1 HTTP/1.1\r\n")
    assert raw.body.endswith(PAGE_BODY)
    assert raw.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in raw.headers["content-security-policy"]


def test_where_in_the_file_it_lies_is_told_in_bytes(room: Served) -> None:
    facts = room.get(record_of(room, URL)).words("//dd")
    assert sum(one.isdecimal() for one in facts) >= 3  # status, offset, length
    assert not any("kB" in one for one in facts)


def test_what_is_not_kept_is_not_found(room: Served) -> None:
    assert room.get("/captures", url="http://elsewhere.example/").status == 404
    assert room.get("/captures", url=EVIL).status == 404
    for path in ("/capture/urn:uuid:nothing", "/exchange/urn:uuid:nothing", "/capture/a/../b"):
        assert room.get(path).status == 404
