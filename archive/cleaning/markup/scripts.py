"""Which script other than Chinese bytes are in: how much a reading looks like what people write.

The encodings of one byte a character give some text for any bytes, and those of two take each
other's. It promises that a reading counts only where the characters that each language uses most
are frequent in it, which hardly any wrong reading has, and that Western text is known by bytes
above ASCII that stand alone among its letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SAMPLE_CHARS = 8_000
# A reading by the page's own label, and one without a label, is believed from this share of the
# characters below.
BELIEVED, SURE = 0.25, 0.3
# Of text in a Latin alphabet this share of its bytes above ASCII stand alone at least.
ALONE_SHARE = 0.7
# Label and name: those of the Encoding Standard (WHATWG) that Python does not know or knows for
# less than browsers do.
LABELS = {
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "euckr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "ibm866": "cp866",
    "koi8-ru": "koi8-u",
}
# Asked without a label, in this order.
UNLABELLED = (
    "euc_jp", "cp932", "cp949", "cp1251", "koi8-r", "cp1255", "cp1256", "cp874", "cp1253"
)  # fmt: skip
# The most frequent characters of prose: each of these makes up a third to three quarters of it.
_FREQUENT = tuple(
    frozenset(characters)
    for characters in (
        "оеаинтсрвл",
        "αοιετσνηυρ",
        "יוהלאתרשמבנ",
        "اليمونتربع",
        "านรกอเงมยลวดทสต่้ีั",
        "이다의는에을가고하로지은한사도기를서인어해대구자정과시수원부제일",
        "のにはをたがでてとしれさいるなもからすまこりあっくンス",
    )
)
_UPPER = bytes(range(0xA0, 0x100))
_OVER_ASCII = re.compile(rb"[\x80-\xff]+")
_ESCAPED = re.compile(rb"\x1b(?:\$[@B]|\([BJ])")
_ASCII = re.compile(r"[\x00-\x7f]+")


def escaped_encoding(body: bytes) -> str | None:
    """The encoding of bytes below 0x80 that shift to Japanese by escape sequences (ISO-2022-JP,
    RFC 1468), or None."""
    return "iso2022_jp" if b"\x1b$" in body and _ESCAPED.search(body) else None


def by_script(body: bytes, labelled: str | None) -> str | None:
    """The encoding in which ``body``, which hardly looks Chinese, is text of some other script:
    ``labelled``, Python's name of the page's own label, or the likeliest without one."""
    if labelled is not None:
        told = _share(body, labelled) >= BELIEVED or (_is_single(labelled) and _is_western(body))
        return labelled if told else None
    if _is_western(body):
        return "cp1252"
    shares = {name: _share(body, name) for name in UNLABELLED}
    best = max(UNLABELLED, key=lambda name: shares[name])
    return best if shares[best] >= SURE else None


def _share(body: bytes, encoding: str) -> float:
    """The share of the characters over ASCII that are frequent in some one language, less what the
    encoding has no character for."""
    wide = "".join(_wide_parts(body.decode(encoding, "replace")))[:SAMPLE_CHARS]
    if not wide:
        return 0.0
    most = max(sum(map(frequent.__contains__, wide)) for frequent in _FREQUENT)
    return (most - 4 * wide.count("\ufffd")) / len(wide)


def _wide_parts(text: str) -> Iterator[str]:
    room = SAMPLE_CHARS
    for part in _ASCII.split(text):
        yield part
        room -= len(part)
        if room <= 0:
            return


def _is_western(body: bytes) -> bool:
    """Whether bytes above ASCII stand alone, as accented letters, dashes and quotes do."""
    runs = [len(run) for run in _OVER_ASCII.findall(body)]
    return bool(runs) and sum(run == 1 for run in runs) >= ALONE_SHARE * len(runs)


def _is_single(encoding: str) -> bool:
    """Whether nearly each byte of an encoding is a character."""
    upper = _UPPER.decode(encoding, "replace")
    return len(upper) == len(_UPPER) and upper.count("\ufffd") < len(_UPPER) // 2
