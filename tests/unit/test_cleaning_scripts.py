"""Pages of institutes that write neither Chinese nor English, in the encodings of their time."""

from __future__ import annotations

import pytest

from archive.cleaning.markup.decode import decode

JAPANESE = "研究チームは湖沼の水質を三年間にわたり調査しました。成果は学術誌に掲載されました。"
KOREAN = "연구팀은 삼 년 동안 호수의 수질을 조사하였다. 결과는 국제 학술지에 게재되었다."
RUSSIAN = "Институт начал новую программу исследований горных озёр. Учёные представили результаты."
GREEK = "Το Ινστιτούτο ανακοίνωσε ένα νέο πρόγραμμα για τις ορεινές λίμνες της περιοχής."
HEBREW = "המכון השיק תוכנית חדשה לחקר אגמי ההרים. החוקרים הציגו את תוצאותיהם בכנס השנתי."
ARABIC = "أطلق المعهد برنامجا جديدا لدراسة بحيرات الجبال. قدم الباحثون نتائجهم في الاجتماع."
THAI = "นักวิจัยนำเสนอผลงานในการประชุมประจำปี คณะผู้แทนเข้าเยี่ยมชมห้องปฏิบัติการ"
FRENCH = "L'été dernier, les équipes du département ont présenté leurs résultats à Genève."


@pytest.mark.parametrize(
    ("label", "encoding", "words"),
    [
        ("euc-jp", "euc_jp", JAPANESE),
        ("Shift_JIS", "cp932", JAPANESE),
        ("x-sjis", "cp932", JAPANESE),
        ("euc-kr", "cp949", KOREAN),
        ("ks_c_5601-1987", "cp949", KOREAN),
        ("koi8-r", "koi8-r", RUSSIAN),
        ("windows-1251", "cp1251", RUSSIAN),
        ("iso-8859-5", "iso8859-5", RUSSIAN),
        ("iso-8859-7", "iso8859-7", GREEK),
        ("iso-8859-8-i", "iso8859-8", HEBREW),
        ("windows-1256", "cp1256", ARABIC),
        ("tis-620", "cp874", THAI),
        ("iso-8859-1", "cp1252", FRENCH),
        ("iso-8859-2", "iso8859-2", "Ústav zahájil výzkum horských jezer a představil výsledky."),
    ],
)
def test_a_page_is_read_in_the_encoding_that_its_label_names(
    label: str, encoding: str, words: str
) -> None:
    page = f"<meta charset={label}><p>{words}</p>"
    text, found = decode(page.encode(encoding))
    assert text == page
    assert (found.rule, found.replaced) == ("declared", 0)


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("euc_jp", JAPANESE),
        ("cp932", JAPANESE),
        ("cp949", KOREAN),
        ("koi8-r", RUSSIAN),
        ("cp1251", RUSSIAN),
        ("cp1253", GREEK),
        ("cp1255", HEBREW),
        ("cp1256", ARABIC),
        ("cp874", THAI),
        ("cp1252", FRENCH),
    ],
)
@pytest.mark.parametrize("label", ["", "<meta charset=utf-8>"])
def test_a_page_without_a_true_label_is_read_in_the_script_it_is_in(
    label: str, encoding: str, words: str
) -> None:
    page = f"{label}<h1>News</h1><p>{words}</p>"
    text, found = decode(page.encode(encoding))
    assert text == page
    assert (found.encoding, found.rule) == (encoding, "statistics")


@pytest.mark.parametrize("label", ["koi8-r", "euc-kr", "shift_jis", "iso-8859-1", "tis-620", "gbk"])
@pytest.mark.parametrize("words", ["张志远　李海波　王晓燕　陈立新", "会议由党委书记主持。"])
@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs"])
def test_chinese_under_another_label_stays_chinese(label: str, words: str, encoding: str) -> None:
    words = words if encoding == "gb18030" else "會議由黨委書記主持，與會人員一致認為成果豐碩。"
    page = f"<meta charset={label}><p>{words * 3}</p>"
    assert decode(page.encode(encoding))[0] == page


def test_japanese_that_shifts_by_escape_sequences_is_read() -> None:
    page = f"<html lang=ja><p>{JAPANESE}</p>"
    text, found = decode(page.encode("iso2022_jp"), "text/html; charset=iso-2022-jp")
    assert (text, found.rule) == (page, "escape sequences")
