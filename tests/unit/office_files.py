"""Small files of the formats that institutes attach, as their programs write them."""

from __future__ import annotations

import struct
from io import BytesIO

import docx
import openpyxl

WORDS = "离退休党支部学习材料"


def docx_file(words: str = WORDS) -> bytes:
    made = docx.Document()
    made.add_paragraph(words)
    table = made.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "姓名", "王伟"
    made.add_paragraph("完")
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def xlsx_file() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["姓名", "人数"])
    sheet.append([WORDS, 12])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def pdf_file(words: str = "Notice of the meeting") -> bytes:
    """The least file that shows one line."""
    drawn = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%b endobj\n" % (number, part)
    table = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % table
    return bytes(out)


def word_streams(text: str) -> dict[str, bytes]:
    """The streams of a Word 97 file with one piece of UTF-16 and one of single bytes."""
    wide = text.encode("utf-16-le")
    tail = b" (end)\r"
    word = bytearray(2048)
    struct.pack_into("<H", word, 0, 0xA5EC)
    struct.pack_into("<H", word, 0x0A, 0x0200)
    place = len(word)
    word += wide + tail
    ends = struct.pack("<III", 0, len(text), len(text) + len(tail))
    pieces = struct.pack("<HIH", 0, place, 0)
    pieces += struct.pack("<HIH", 0, (place + len(wide)) * 2 | 0x40000000, 0)
    clx = b"\x01\x02\x00ab" + b"\x02" + struct.pack("<I", len(ends + pieces)) + ends + pieces
    struct.pack_into("<II", word, 0x01A2, 3, len(clx))
    return {"WordDocument": bytes(word), "1Table": b"xyz" + clx}


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE2 file ([MS-CFB]) of these streams, each padded past the mini stream's limit."""
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    fat, data, entries = [0xFFFFFFFD, end], b"", []
    for name, content in streams.items():
        padded = content.ljust(4096, b"\0")
        padded += b"\0" * (-len(padded) % sector)
        start, count = len(fat), len(padded) // sector
        fat += [*range(start + 1, start + count), end]
        entries.append((name, 2, start, len(padded)))
        data += padded
    directory = b""
    for number, (name, kind, start, size) in enumerate([("Root Entry", 5, end, 0), *entries]):
        raw = name.encode("utf-16-le") + b"\0\0"
        right = number + 1 if 0 < number < len(entries) else free
        child = 1 if number == 0 else free
        directory += raw.ljust(64, b"\0") + struct.pack(
            "<HBBIII16sI8s8sIQ",
            len(raw),
            kind,
            1,
            free,
            right,
            child,
            b"",
            0,
            b"",
            b"",
            start,
            size,
        )
    directory = directory.ljust(sector, b"\0")[:sector]
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(sector, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0
    )
    return (
        head + struct.pack("<I", 0) + b"\xff" * (sector - len(head) - 4) + table + directory + data
    )


def records(*parts: tuple[int, bytes]) -> bytes:
    """Records of a worksheet file ([MS-XLS], section 2.1.4)."""
    return b"".join(struct.pack("<HH", code, len(body)) + body for code, body in parts)


def old_xls_file() -> bytes:
    """A worksheet of Excel 2: one stream without a container."""
    label = struct.pack("<HH3sB", 0, 0, b"", 5) + b"Total"
    number = struct.pack("<HH3sd", 0, 1, b"", 12.0)
    head = struct.pack("<HH", 2, 0x10)
    return records((0x0009, head), (0x0004, label), (0x0003, number), (0x000A, b""))


def xls_file() -> bytes:
    """A workbook of Excel 5 with one sheet, in its container."""
    globals_head = struct.pack("<HHHH", 0x0500, 0x0005, 0, 0)
    sheet_head = struct.pack("<HHHH", 0x0500, 0x0010, 0, 0)
    place = len(records((0x0809, globals_head), (0x0085, bytes(8)), (0x000A, b"")))
    bound = struct.pack("<IHB", place, 0, 1) + b"A"
    label = struct.pack("<HHHH", 0, 0, 0, 5) + b"Total"
    number = struct.pack("<HHHd", 0, 1, 0, 12.5)
    workbook = records((0x0809, globals_head), (0x0085, bound), (0x000A, b""))
    sheet = records((0x0809, sheet_head), (0x0204, label), (0x0203, number), (0x000A, b""))
    return compound({"Book": workbook + sheet})
