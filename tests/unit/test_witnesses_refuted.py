"""A mirror's copy of a page that the official host shows to be no article is none either."""

from __future__ import annotations

from archive.witnesses import without_refuted
from tests.unit.store_sample import extraction, witness

LISTED = "关于召开党员大会的通知 2010-12-09\n关于组织体检的通知 2010-12-01"
COPY = "關于召開黨員大會的通知 2010-12-09\n關于組織體檢的通知 2010-12-01"


def test_a_copy_of_a_list_goes_whatever_its_script() -> None:
    copy = witness(extraction(COPY), "http://m.com/list", "mirror")
    assert without_refuted([copy], [LISTED]) == []


def test_an_official_article_stays_even_beside_a_page_with_its_words() -> None:
    own = witness(extraction(LISTED))
    assert without_refuted([own], [LISTED]) == [own]


def test_a_likeness_is_no_equality() -> None:
    copy = witness(extraction(COPY + "\n詳情見附件。"), "http://m.com/1", "mirror")
    assert without_refuted([copy], [LISTED]) == [copy]


def test_a_few_characters_prove_nothing() -> None:
    copy = witness(extraction("詳見附件。"), "http://m.com/1", "mirror")
    assert without_refuted([copy], ["详见附件。", ""]) == [copy]
