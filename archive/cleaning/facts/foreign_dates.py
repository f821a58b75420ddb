"""Days as pages in other languages than Chinese and English write them: month names, other eras.

It promises to read what has a year, a month that is named (or an era), and a day, and of days in
numbers alone (05/03/2015) only those behind a word of a language that puts the day first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

# Twelve each, those of one language beside each other; the case is not asked for.
_BY_LANGUAGE = (
    # French, with its short forms
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janv fevrier _ avr _ _ juil aout sept oct nov decembre",
    "_ févr _ _ _ _ _ _ _ _ _ déc",
    # Spanish, Portuguese, Italian
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ago setiembre _ _ dic",
    "janeiro fevereiro março _ maio junho julho _ setembro outubro novembro dezembro",
    "jan fev marco _ _ _ _ _ set out _ dez",
    "gennaio febbraio _ aprile maggio giugno luglio _ settembre ottobre novembre dicembre",
    # Dutch, Swedish, Danish, Norwegian, Indonesian
    "januari februari maart april mei juni juli augustus september oktober november december",
    "januar februar marts _ maj _ _ augusti _ _ _ desember",
    "_ _ maret _ _ _ _ agustus _ _ _ _",
    # Polish, Czech, Turkish
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada"
    " grudnia",
    "ledna února března dubna května června července srpna září října listopadu prosince",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    # Russian, Ukrainian, Greek
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου"
    " νοεμβρίου δεκεμβρίου",
    # Arabic: along the Nile and the Gulf, with and without its signs, in the Maghreb, the Levant
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "_ _ _ ابريل _ يونيه يوليه اغسطس _ اكتوبر _ _",
    "جانفي فيفري _ أفريل ماي جوان جويلية أوت _ _ _ _",
    "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
    # Hebrew, Thai and its short forms
    "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
    "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.",
)
_PERSIAN = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
# Letters that patterns which ask for no case take for each other: ``Kasim`` is ``kasım``.
_ONE_LETTER = str.maketrans({"ı": "i", "İ": "i", "ſ": "s", "µ": "μ"})


def _key(name: str) -> str:
    return name.translate(_ONE_LETTER).lower()


_MONTHS = {
    _key(name.replace("_", " ")): number
    for names in _BY_LANGUAGE
    for number, name in enumerate(names.split(), 1)
    if name != "_"
}
_JALALI = {name: number for number, name in enumerate(_PERSIAN.split(), 1)}
_NAMES = "|".join(sorted(map(re.escape, (*_MONTHS, *_JALALI)), key=len, reverse=True))
# 14 de mayo de 2013, 1er mars 2015, 5 בפברואר 2013, 1 เมษายน พ.ศ. 2561, 23 сентября 2017 г.
_NAMED = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:\s?(?:er|º|°|ª|\.))?\s(?:de\s|ב)?({_NAMES})(?!\w)\.?,?\s?(?:del?\s|พ\.ศ\.\s?)?"
    r"(\d{4})(?!\d)(?:\s?г\.)?",
    re.IGNORECASE,
)
# ngày 9 tháng 12 năm 2010
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2})\stháng\s(\d{1,2}),?\snăm\s(\d{4})(?!\d)", re.IGNORECASE)
# Abril 14, 2015
_COMMA_YEAR = re.compile(r"\d,\s?\d{4}")
_MONTH_FIRST = re.compile(rf"(?<!\w)({_NAMES})\.?\s(\d{{1,2}}),\s?(\d{{4}})(?!\d)", re.IGNORECASE)
# le 05/03/2015, Publicado em 05/03/2015, פורסם בתאריך 05/03/2015, เผยแพร่เมื่อ 17/08/2557
_DAY_FIRST = re.compile(
    r"(?:\b(?:le|el|il|em|(?<!\d)(?<!\d\s)am|op|den|fecha|du|ngày(?:\sđăng)?)\b|בתאריך|วันที่|เมื่อ)\s?:?\s?"
    r"((\d{1,2})[/.-](\d{1,2})[/.-](\d{4}))(?!\d)",
    re.IGNORECASE,
)
# ۱۳۹۵/۰۱/۰۱, in Persian lines alone
_IRANIAN_NUMBERS = re.compile(r"(?<!\d)(\d{4})([/-])(\d{1,2})\2(\d{1,2})(?!\d)")
_ARABIC_SCRIPT = re.compile("[\u0600-\u06ff]")
# 令和6年3月1日, 平成元年3月1日; R6.3.1
_ERA = re.compile(r"(令和|平成|昭和)\s?(元|\d{1,2})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_ERA_LETTER = re.compile(r"(?<![A-Za-z\d])([RHS])(\d{1,2})([./．])(\d{1,2})\3(\d{1,2})(?![\d./．])")
_BEFORE_ERA = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}
# A letter outside of Chinese and ASCII's capitals, in which every name above has one.
_SIGN = re.compile(r"[a-zÀ-ӿ\u0590-\u06ff\u0e00-\u0e7f]")
_ERA_SIGN = re.compile("[和成]|[RHS]\\d")
# Buddhist years of Thailand, and years of the Iranian calendar.
_BUDDHIST, _IRANIAN = range(2500, 2700), range(1300, 1500)
BEFORE_BUDDHIST = 543
Found = tuple[date, int, int]
"""A day, and the half-open range of characters that says it."""


def foreign_dates(text: str) -> Iterator[Found]:
    """The days that ``text`` names in other languages, in no order."""
    if _ERA_SIGN.search(text):
        yield from _era_dates(text)
    if not _SIGN.search(text):
        return
    for match in _NAMED.finditer(text):
        yield from _found(match, match[3], match[2], match[1])
    for match in _MONTH_FIRST.finditer(text) if _COMMA_YEAR.search(text) else ():
        yield from _found(match, match[3], match[1], match[2])
    for match in _VIETNAMESE.finditer(text) if "tháng" in text else ():
        yield from _numbered(match, match[3], match[2], match[1])
    for match in _DAY_FIRST.finditer(text):
        for found, _, end in _numbered(match, match[4], match[3], match[2]):
            yield found, match.start(1), end
    for match in _IRANIAN_NUMBERS.finditer(text) if _ARABIC_SCRIPT.search(text) else ():
        year, month, number = int(match[1]), int(match[3]), int(match[4])
        day = iranian_day(year, month, number) if year in _IRANIAN else None
        if day is not None:
            yield day, match.start(), match.end()


def _found(match: re.Match[str], year: str, month: str, day: str) -> Iterator[Found]:
    number, named = int(year), _MONTHS.get(_key(month))
    if month in _JALALI:
        found = iranian_day(number, _JALALI[month], int(day)) if number in _IRANIAN else None
    else:
        found = _day(number, named, int(day)) if named is not None else None
    if found is not None:
        yield found, match.start(), match.end()


def _numbered(match: re.Match[str], year: str, month: str, day: str) -> Iterator[Found]:
    found = _day(int(year), int(month), int(day))
    if found is not None:
        yield found, match.start(), match.end()


def _era_dates(text: str) -> Iterator[Found]:
    for match in _ERA.finditer(text):
        era, year, month, day = match.groups()
        found = _day(_BEFORE_ERA[era] + int(year.replace("元", "1")), int(month), int(day))
        if found is not None:
            yield found, match.start(), match.end()
    for match in _ERA_LETTER.finditer(text):
        era, year, _, month, day = match.groups()
        found = _day(_BEFORE_ERA[era] + int(year), int(month), int(day))
        if found is not None:
            yield found, match.start(), match.end()


def _day(year: int, month: int, day: int) -> date | None:
    if year in _BUDDHIST:
        year -= BEFORE_BUDDHIST
    try:
        return date(year, month, day)
    except ValueError:
        return None


# Of the 33 years in which eight leap days recur, those that have one (the arithmetic calendar,
# which agrees with the astronomical one from 1178 to 1634; Heydari 2004).
_LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_EPOCH = (1375, date(1996, 3, 20))


def _is_leap(year: int) -> bool:
    return year % 33 in _LEAP


def iranian_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of one of the Iranian solar calendar, or None where it has none such."""
    length = 31 if month <= 6 else 30 if month < 12 or _is_leap(year) else 29
    if not (1 <= month <= 12 and 1 <= day <= length):
        return None
    first, begin = _EPOCH
    years = range(first, year) if year >= first else range(year, first)
    days = sum(365 + _is_leap(one) for one in years) * (1 if year >= first else -1)
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return begin + timedelta(days=days + before + day - 1)
