"""The reader's language: that of the switch, else of the browser; English or Chinese.

It promises that a text is asked for by a key both languages have (a test holds them complete), and
that numbers and dates are written as the language writes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Literal, cast

from babel.core import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape
from starlette.requests import Request

from archive.evidence.english import in_english
from archive.evidence.flags import flag_in_words
from archive.evidence.texts import in_chinese
from archive.messages.language import explained_in_chinese
from archive.web.texts import TEXTS

Language = Literal["en", "zh"]

LANGUAGES: tuple[Language, ...] = ("en", "zh")
NAMES: dict[Language, str] = {"en": "English", "zh": "中文"}
COOKIE = "palimpsest-language"
PARAMETER = "lang"
_LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN"}
_PLACES = {"en": 0, "zh": 1}
_MAX_HEADER = 1_000
_KEPT_NUMBERS = 10_000
_KEPT_DAYS = 20_000


def language_of(request: Request) -> Language:
    """The language to answer in."""
    for wish in (request.query_params.get(PARAMETER), request.cookies.get(COOKIE)):
        if wish in _PLACES:
            return cast(Language, wish)
    return accepted(request.headers.get("accept-language", ""))


def accepted(header: str) -> Language:
    """The language an Accept-Language header (RFC 9110, section 12.5.4) likes best.

    >>> accepted("de, zh-TW;q=0.9, en;q=0.5")
    'zh'
    """
    best: tuple[float, Language] = (0.0, "en")
    for part in header[:_MAX_HEADER].split(","):
        tag, _, rest = part.strip().partition(";")
        known = next((one for one in LANGUAGES if one == tag[:2].lower()), None)
        weight = _weight(rest)
        if known is not None and weight > best[0]:
            best = (weight, known)
    return best[1]


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


@cache
def _text(key: str, language: Language) -> Markup:
    return Markup(TEXTS[key][_PLACES[language]])


@lru_cache(_KEPT_NUMBERS)
def _number(value: float, language: Language) -> str:
    # A page of results has dozens of counts, and most of them are small.
    return format_decimal(value, locale=_LOCALES[language])


@lru_cache(_KEPT_DAYS)
def _day(value: date, language: Language) -> str:
    return format_date(value, "long", locale=_LOCALES[language])


@dataclass(frozen=True, slots=True)
class Speech:
    """One language as the templates speak it."""

    language: Language

    def __call__(self, key: str, **values: object) -> Markup:
        """The text of ``key`` with the values (escaped) filled in."""
        text = _text(key, self.language)
        if not values:
            return text
        # Escaped first and filled in as plain text: Markup's own way takes ten times as long.
        return Markup(str.format(text, **{name: escape(value) for name, value in values.items()}))

    @property
    def colon(self) -> str:
        """What stands between a name and its value."""
        return "：" if self.language == "zh" else ": "

    def number(self, value: float) -> str:
        """1,234 or 1,234.5."""
        return _number(value, self.language)

    def articles(self, count: int) -> Markup:
        """1 article, 1,234 articles."""
        key = "sentence.count.one" if count == 1 else "sentence.count.many"
        return self(key, count=self.number(count))

    def percent(self, share: float) -> str:
        """98% from 0.98."""
        return format_percent(share, locale=_LOCALES[self.language])

    def day(self, value: date | None) -> str:
        """9 December 2010, 2010年12月9日; nothing for None."""
        return "" if value is None else _day(value, self.language)

    def month(self, number: int) -> str:
        """Mar, 3月."""
        return str(Locale.parse(_LOCALES[self.language]).months["format"]["abbreviated"][number])

    def weekdays(self) -> list[tuple[str, str]]:
        """The days of a week from Monday on, short and whole."""
        days = Locale.parse(_LOCALES[self.language]).days["stand-alone"]
        return [(str(days["narrow"][n]), str(days["wide"][n])) for n in range(7)]

    def moment(self, value: datetime | None) -> str:
        """The day and time in UTC; nothing for None."""
        if value is None:
            return ""
        text = format_datetime(
            value.astimezone(UTC), "medium", tzinfo=UTC, locale=_LOCALES[self.language]
        )
        return f"{text} UTC"

    def bytes(self, value: int) -> str:
        """A size in bytes, kB, MB or GB (powers of ten)."""
        for unit, size in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
            if value >= size:
                return f"{self.number(round(value / size, 1))} {unit}"
        return f"{self.number(value)} B"

    def counted(self, name: str, value: float) -> str:
        """A number of a run's report as its name wants it: bytes as a size."""
        return self.bytes(int(value)) if name in ("bytes", "disk") else self.number(value)

    def choice(self, name: str, value: str | None) -> str:
        """The word for one of a field's few values; other values as they are."""
        key = f"{name}.{value}"
        if value is None:
            return str(self("unknown"))
        return str(self(key)) if key in TEXTS else value

    def choices(self, name: str, values: Iterable[str]) -> str:
        """The words for several of a field's values, parted as the language parts them."""
        return self._parted(self.choice(name, value) for value in values)

    def flags(self, flags: Iterable[str]) -> str:
        """What should be looked at, in words."""
        return self._parted(self.flag(one) for one in flags)

    def _parted(self, words: Iterable[str]) -> str:
        return ("；" if self.language == "zh" else "; ").join(words)

    def outcome(self, said: str | None) -> str:
        """How a run ended, in words: it is kept as an English sentence of the program's."""
        if not said:
            return str(self("runs.unfinished"))
        told = self.choice("outcome", said)
        return explained_in_chinese(told) if self.language == "zh" else told

    def evidence(self, text: str | None) -> str | None:
        """What the archive gives as evidence; None for None."""
        if not text:
            return text
        return in_chinese(text) if self.language == "zh" else in_english(text)

    def flag(self, flag: str) -> str:
        """What should be looked at, in words; a flag that is a sentence is one already."""
        return flag_in_words(flag, chinese=self.language == "zh")

    def tongue(self, code: str | None) -> str | None:
        """The name of a language; None for None."""
        if code is None:
            return None
        names = Locale.parse(_LOCALES[self.language]).languages
        return str(names.get(code, code))

    def joined(self, parts: Iterable[object]) -> Markup:
        """The parts as a list in a sentence."""
        comma = "；" if self.language == "zh" else ", "
        return Markup(comma).join(escape(part) for part in parts)
