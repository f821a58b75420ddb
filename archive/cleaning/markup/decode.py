"""From bytes to text, with the evidence why this encoding.

Pages of Chinese institutes lie about their encoding in both directions, and one broken byte must
not turn a whole page into another language. So the bytes are asked first, the label second,
statistics last. It promises to return text for any bytes, and to count what had to be replaced.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from archive.cleaning.markup.scripts import LABELS, by_script, escaped_encoding
from archive.cleaning.markup.twice import bytes_before
from archive.model import Decoding

# Characters so frequent in Chinese prose that a wrong reading of it nearly never shows them.
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能"
    "下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量"
    "都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各"
    "重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代"
    "想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接"
    "知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北"
    "造百规热领七海口东导器压志世金增争济阶油思术极交受联认六共权收证改清己美再采转更单风切打白"
    "教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集"
    "這為個國時來們對會發動過產後學經進著電裡現實體機當點從業應開還無與關數線內問變條沒結題黨"
    "員總資邊統較將組見計別運農幾區強決幹戰則據處隊給門報導壓領東爭濟聯認權證採轉單風車務萬"
)
PUNCTUATION = frozenset("，。、；：！？“”（）《》【】")
# How many bytes are read to tell how Chinese a reading looks.
SAMPLE_BYTES = 60_000
SAMPLE_CHARS = 8_000
# Within the first of them Beautiful Soup looks for an XML declaration; for a meta element within
# twice as many, or a twentieth of a longer page.
LABEL_BYTES = 1024
# An otherwise sound UTF-8 page may hold this share of broken sequences (and always a few).
TOLERATED_SHARE = 0.02
TOLERATED_ALWAYS = 3
# A declared encoding is believed when it reads this well, compared with the best reading.
BELIEVED_SHARE = 0.75
# A reading without any broken byte and with this share of common characters is right.
SURE_SHARE = 0.5
# Western words that happen to be Chinese bytes show next to none of the common characters.
TWICE_SHARE = 0.3
# A reading with less of them may be of bytes that are text in some other script.
OTHER_SHARE = 0.25
RESYNC_WINDOW_BYTES = 240
# After this many broken places a page is no text worth the care.
MAX_RESYNCS = 200
# No encoding of Chinese has a character with this byte in it.
STRAY_BYTE = 0xFF
STRICT_UTF8 = "strict utf-8"
"""The rule of bytes that are UTF-8 throughout: the text's encoding gives them back."""
_CHINESE = frozenset({"gb18030", "big5hkscs"})
_MULTIBYTE = _CHINESE | {"utf-8"}
_FAMILY = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "ms936": "gb18030",
    "windows-936": "gb18030",
    "euc-cn": "gb18030",
    "gb18030": "gb18030",
    "chinese": "gb18030",
    "utf8": "utf-8",
    "unicode": "utf-8",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
} | LABELS
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_PLAIN_LABEL = re.compile(rb"<meta[^<>]+?charset=[\"']?([a-z0-9_-]+)[\"' /;>]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ASCII_BYTES, _HIGH_BYTES = bytes(range(0x80)), bytes(range(0x80, 0x100))
_HIGH = re.compile(rb"[\x80-\xff]")
_ASCII_TEXT = re.compile(r"[\x00-\x7f]+")
_EXPECTED = COMMON | PUNCTUATION
_EXPECTED_RUN = re.compile(f"[{''.join(sorted(_EXPECTED))}]+")
_ASCII = re.compile(rb"[\x00-\x3f]")


@dataclass(frozen=True, slots=True)
class _Reading:
    encoding: str
    text: str
    replaced: int


def decode(body: bytes, content_type: str | None = None) -> tuple[str, Decoding]:
    """The text of ``body`` and how it was found; ``replaced`` counts stray bytes left out, too.

    ``content_type`` is the value of the HTTP header, whose charset outranks the page's own label.
    The ladder: byte order mark, strict UTF-8 (unless it was made from Chinese bytes that somebody
    took for Western ones: "encoded twice"), UTF-8 with a few broken sequences, UTF-16 by its
    zero bytes, the declared encoding (every gb label read as gb18030), statistics. Where
    the bytes hardly look Chinese, other scripts are asked.
    """
    declared = _declared(body, content_type)
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return _finish(_read(body[len(bom) :], encoding), "byte order mark", declared)
    if not _HIGH.search(body) and b"\x00" not in body:
        escaped = escaped_encoding(body)
        rule = "escape sequences" if escaped else "ascii"
        return _finish(_read(body, escaped or "utf-8"), rule, declared)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        wide = _utf16_by_zeros(body)
        if wide is None:
            # To look for one sign takes a tenth of the time of counting it.
            replaced = text.count("\ufffd") if "\ufffd" in text else 0
            plain = _Reading("utf-8", text, replaced)
            twice = _encoded_twice(body, text)
            rule = STRICT_UTF8 if twice is None else "encoded twice"
            return _finish(twice or plain, rule, declared)
    wide = _utf16_by_zeros(body)
    if wide is not None:
        return _finish(_read(body, wide), "utf-16 by zero bytes", declared)
    if _may_be_utf8(body):
        loose = _read(body, "utf-8")
        if loose.replaced <= max(TOLERATED_ALWAYS, _multibyte(loose.text) * TOLERATED_SHARE):
            return _finish(loose, "utf-8 but for broken bytes", declared)
    return _by_label_or_statistics(body, declared)


def _encoded_twice(body: bytes, text: str) -> _Reading | None:
    encodings = ("utf-8", "gb18030", "big5hkscs")
    readings = [_read(one, name) for one in bytes_before(body, text) for name in encodings]
    best = max(readings, key=_plausible, default=None)
    if best is None or best.replaced > TOLERATED_ALWAYS or _plausible(best) < TWICE_SHARE:
        return None
    return best


def _may_be_utf8(body: bytes) -> bool:
    """Whether a careful reading as UTF-8 is worth its time: not when a part of the bytes above
    ASCII has more broken sequences than are tolerated in all of them, even if careful reading
    should mend four of them as one."""
    high = body.translate(None, _ASCII_BYTES)
    broken = high[: max(len(high) // 4, SAMPLE_CHARS // 8)].decode("utf-8", "replace")
    return broken.count("\ufffd") <= 4 * max(TOLERATED_ALWAYS, len(high) * TOLERATED_SHARE)


def _by_label_or_statistics(body: bytes, declared: str | None) -> tuple[str, Decoding]:
    labelled = _known(declared)
    names = [labelled] if labelled and labelled != "utf-8" else []
    names += [name for name in ("gb18030", "big5hkscs") if name not in names]
    readings: list[_Reading] = []
    marks: dict[str, float] = {}
    for name in [*names, "utf-8"]:
        reading = _read(body, name)
        readings.append(reading)
        marks[name] = _plausible(reading)
        if reading.replaced == 0 and marks[name] >= SURE_SHARE:
            break  # no other reading of these bytes is whole and Chinese too
    best = max(readings, key=lambda r: marks[r.encoding])
    if marks[best.encoding] < OTHER_SHARE and labelled not in _CHINESE:
        own = labelled if labelled != "utf-8" else None
        other = by_script(body, own)
        if other is not None:
            rule = "declared" if other == own else "statistics"
            return _finish(_read(body, other), rule, declared)
    first = readings[0]
    # A label is believed unless another reading is clearly more Chinese.
    if names[0] == labelled and marks[first.encoding] >= marks[best.encoding] * BELIEVED_SHARE:
        return _finish(first, "declared", declared)
    return _finish(best, "statistics", declared)


def _declared(body: bytes, content_type: str | None) -> str | None:
    header = _HEADER_CHARSET.search(content_type or "")
    if header:
        return header[1].lower()
    sample = body[:SAMPLE_BYTES]
    if (told := _plainly_declared(sample)) is not None:
        return told or None
    # Not before a page is met that asks for it: it takes as long to load as thirty pages.
    from bs4.dammit import EncodingDetector

    found = EncodingDetector.find_declared_encoding(sample, is_html=True)
    return found.lower() if found else None


def _plainly_declared(sample: bytes) -> str | None:
    """The label, as most pages give it, empty where the page gives none; None where it has to be
    looked for in other ways."""
    if sample[:LABEL_BYTES].lstrip().startswith(b"<?"):
        return None
    head = sample[: max(2 * LABEL_BYTES, len(sample) // 20)].lower()
    named = head.find(b"charset")
    if named < 0:
        return ""
    start = head.rfind(b"<", 0, named)
    label = _PLAIN_LABEL.match(head, start) if start >= 0 else None
    if label is None or b"charset" in head[named + 1 :].partition(b">")[0]:
        return None
    return label[1].decode("ascii")


def _known(label: str | None) -> str | None:
    if label is None:
        return None
    name = _FAMILY.get(label, label)
    try:
        return codecs.lookup(name).name if "".encode(name) == b"" else None
    except (LookupError, ValueError, TypeError):
        return None


def _read(body: bytes, encoding: str) -> _Reading:
    if encoding not in _MULTIBYTE:
        text = body.decode(encoding, "replace")
        return _Reading(encoding, text, text.count("\ufffd"))
    pieces: list[str] = []
    at = dropped = 0
    whole = memoryview(body)
    for _ in range(MAX_RESYNCS):
        try:
            pieces.append(str(whole[at:], encoding))
        except UnicodeDecodeError as error:
            bad = at + error.start
            pieces.append(str(whole[at:bad], encoding))
            mended, at = _resync(body, bad, at + error.end, encoding)
            pieces.append(mended)
            dropped += "\ufffd" not in mended
        else:
            break
    else:
        pieces.append(str(whole[at:], encoding, "replace"))
    text = "".join(pieces)
    return _Reading(encoding, text, text.count("\ufffd") + dropped)


def _finish(reading: _Reading, rule: str, declared: str | None) -> tuple[str, Decoding]:
    return reading.text, Decoding(reading.encoding, rule, declared, reading.replaced)


def _multibyte(text: str) -> int:
    return len(text) - len(text.encode("utf-8", "replace").translate(None, _HIGH_BYTES))


def _utf16_by_zeros(body: bytes) -> str | None:
    sample = body[:4000]
    if len(sample) < 8 or sample.count(0) * 8 < len(sample):
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 4 * min(even, odd) + 4:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _plausible(reading: _Reading) -> float:
    """Share of the non-ASCII characters that are common Chinese ones, less what was lost."""
    wide = _ASCII_TEXT.sub("", reading.text[:SAMPLE_BYTES])
    if len(wide) < SAMPLE_CHARS:
        wide = _ASCII_TEXT.sub("", reading.text)
    wide = wide[:SAMPLE_CHARS]
    if not wide:
        return 0.0
    good = sum(map(len, _EXPECTED_RUN.findall(wide)))
    return (good - 2 * wide.count("\ufffd")) / len(wide)


def _stray_inside(data: bytes, start: int, codec: str) -> tuple[str, int] | None:
    """A character broken by one stray byte in its middle, read without that byte.

    Only for bytes that no character of the encoding can hold at that place.
    """
    length = 2 if codec != "utf-8" else _utf8_length(data[start])
    for place in range(start + 1, start + length):
        stray = data[place : place + 1]
        possible = 0x40 <= stray[0] < 0xFF and stray[0] != 0x7F if stray else True
        if codec == "utf-8":
            possible = not stray or stray[0] < 0xF5
        if possible:
            continue
        whole = data[start:place] + data[place + 1 : start + length + 1]
        try:
            character = whole.decode(codec)
        except UnicodeDecodeError:
            continue
        if len(character) == 1:
            return character, start + length + 1
    return None


def _utf8_length(lead: int) -> int:
    """How many bytes the sequence begun by ``lead`` has (RFC 3629, section 3)."""
    return 1 if lead < 0xC2 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4


def _resync(data: bytes, start: int, end: int, codec: str) -> tuple[str, int]:
    """What to put for the broken bytes from ``start`` (``end`` by the codec's own judgement), and
    where to go on: where the rest of the run reads most Chinese.

    Without this, one stray byte shifts every pair up to the next ASCII character.
    """
    inside = _stray_inside(data, start, codec)
    if inside is not None:
        return inside
    if data[start] == STRAY_BYTE:
        return "", start + 1
    if codec == "utf-8":
        return "\ufffd", end
    best, best_mark = start + 1, -1.0
    for skip in (1, 2, 3):
        begin = start + skip
        if skip > 1 and (begin > len(data) or data[begin - 1] < 0x30):
            break  # never swallow markup
        mark = _reads_well(data[begin : begin + RESYNC_WINDOW_BYTES], codec) - 0.001 * skip
        if mark > best_mark:
            best, best_mark = begin, mark
    return "\ufffd", min(best, len(data))


def _reads_well(window: bytes, codec: str) -> float:
    """Share of common Chinese characters in ``window`` up to its first ASCII sign."""
    end = _ASCII.search(window)
    text = (window[: end.start()] if end else window).decode(codec, "replace")
    wide = [c for c in text if c > "\x7f"]
    good = sum(map(_EXPECTED.__contains__, wide))
    return (good - 2 * text.count("\ufffd")) / (len(wide) or 1)
