"""A screen reader on an English page: each word is read in the voice of its own language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import regex
from lxml import html

from archive.store import Archive, open_archive
from archive.web import Settings
from archive.web.tongue import spoken
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction
from tests.web.holdings import EDITED, HOSTILE, KEPT, MIRROR_ONLY, MIRRORED
from tests.web.serving import Served, serving

_HAN = regex.compile(r"\p{Han}")
PAGES = (
    "/",
    "/?q=党员&branch=离退休党总支&from=x",
    "/?q=没有这样的词",
    "/?q=离退休党总枝",
    f"/article/{KEPT}",
    f"/article/{HOSTILE}",
    f"/article/{MIRRORED}?marks=1",
    f"/article/{MIRRORED}/witnesses",
    f"/article/{MIRRORED}/similar",
    f"/article/{MIRROR_ONLY}",
    f"/article/{KEPT}/witness/0",
    f"/article/{EDITED}/diff",
    f"/selection?id={KEPT}&id={MIRROR_ONLY}",
    "/sites",
    f"/coverage?site={SITE}",
    "/mirrors",
    "/new?since=二〇一〇",
    "/runs/1",
    "/alarms",
    "/storage",
)


def heard(page: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Each text of the page with the language it is in."""
    for element in page.xpath("//body//*[not(self::script or self::option)]"):
        language = element.xpath("ancestor-or-self::*[@lang][1]/@lang")[0]
        for text in element.xpath("text()"):
            yield language, text


@pytest.mark.parametrize("path", PAGES)
def test_no_chinese_word_is_left_to_an_english_voice(room: Served, path: str) -> None:
    answer = room.get(path)
    assert answer.status == 200
    found = list(heard(answer.page))
    assert any(_HAN.search(text) for _, text in found)
    assert [text for language, text in found if language == "en" and _HAN.search(text)] == []


@pytest.fixture
def foreign(tmp_path: Path) -> Iterator[Archive]:
    told = {"title": "New laboratory", "branch": "News", "author": "J. Smith", "language": "en"}
    english = extraction("The institute opened a laboratory.", **told)
    japanese = extraction(
        "研究所は開きました。", title="お知らせ", branch="お知らせ", language="ja"
    )
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, [article("en", english), article("ja", japanese)])
        yield archive


def test_english_and_japanese_names_are_not_called_chinese(foreign: Archive) -> None:
    with serving(foreign, Settings(rate=0)) as room:
        pages = [room.get(path).page for path in ("/", "/article/en", "/article/ja", "/sites")]
    said = {text.strip(): language for page in pages for language, text in heard(page)}
    assert {said[text] for text in said if "Smith" in text or text == "News"} == {"en"}
    assert said["お知らせ"] == "ja"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>党</b>", '&lt;b&gt;<span lang="zh">党</span>&lt;/b&gt;'),
        ("a、党员，大会 b", 'a、<span lang="zh">党员，大会</span> b'),
        ("", ""),
    ],
)
def test_what_is_marked_is_escaped_first(text: str, expected: str) -> None:
    assert spoken(text, "en") == expected
    assert "span" not in spoken(text, "zh")
