"""Real files: images, a PDF with text, a rich-text document, a BIFF2 sheet."""

from __future__ import annotations

import struct
import zlib
from random import Random

from tests.site.articles import Draft
from tests.site.resources import Resource

PHOTO_WIDTH, PHOTO_HEIGHT = 400, 300
"""Pixels."""
GRAIN = 7
"""A power of two less one: tones by which neighbouring pixels differ."""

TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "png": "image/png",
}


def _chunk(kind: bytes, data: bytes) -> bytes:
    crc = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)


def png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """An image of one colour (PNG, RGB, 8 bits)."""
    row = b"\0" + bytes(colour) * width
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(row * height))
        + _chunk(b"IEND", b"")
    )


def photograph(seed: int) -> bytes:
    """Sea under a sky, with the grain of a photograph and about its weight (PNG, 256 colours)."""
    rng = Random(seed)
    horizon = rng.randrange(PHOTO_HEIGHT // 3, PHOTO_HEIGHT // 2)
    sea = (rng.randrange(60), rng.randrange(70, 130), rng.randrange(120, 190))
    grain = rng.randbytes(PHOTO_WIDTH * PHOTO_HEIGHT)
    rows = []
    for y in range(PHOTO_HEIGHT):
        tone = 120 * y // horizon if y < horizon else 128 + 112 * (y - horizon) // PHOTO_HEIGHT
        scattered = bytes(tone + (value & GRAIN) for value in range(256))
        line = grain[y * PHOTO_WIDTH : (y + 1) * PHOTO_WIDTH].translate(scattered)
        rows.append(b"\0" + line)
    head = struct.pack(">IIBBBBB", PHOTO_WIDTH, PHOTO_HEIGHT, 8, 3, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"PLTE", _sky(128) + _shades(sea, 128))
        + _chunk(b"IDAT", zlib.compress(b"".join(rows)))
        + _chunk(b"IEND", b"")
    )


def _sky(steps: int) -> bytes:
    """From blue to the haze over the horizon."""
    return b"".join(
        bytes((130 + step * 100 // steps, 180 + step * 60 // steps, 235)) for step in range(steps)
    )


def _shades(colour: tuple[int, int, int], steps: int) -> bytes:
    """``colour``, from half its light to all of it."""
    return b"".join(
        bytes(part * (2 * steps - step) // (2 * steps) for part in colour) for step in range(steps)
    )


def pdf(text: str) -> bytes:
    """A page with one line of ASCII text (PDF 1.4)."""
    stream = f"BT /F1 14 Tf 72 760 Td ({text}) Tj ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    places: list[int] = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def doc(text: str) -> bytes:
    """A rich-text document, as many a ``.doc`` on old sites is."""
    letters = "".join(
        letter if letter.isascii() else f"\\u{struct.unpack('<h', letter.encode('utf-16-le'))[0]}?"
        for letter in text
        if ord(letter) < 0x10000
    )
    return f"{{\\rtf1\\ansi\\deff0 {letters}\\par}}".encode("ascii")


def xls(rows: tuple[tuple[str, ...], ...]) -> bytes:
    """A sheet of labels in GB 18030 (BIFF2)."""
    out = bytearray(struct.pack("<HHHH", 0x0009, 4, 2, 0x0010))
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            data = text.encode("gb18030")[:255]
            cell = struct.pack("<HHBBBB", y, x, 0, 0, 0, len(data)) + data
            out += struct.pack("<HH", 0x0004, len(cell)) + cell
    return bytes(out + struct.pack("<HH", 0x000A, 0))


def files_of(draft: Draft) -> dict[str, Resource]:
    """Images and attachments of an article, by path."""
    found: dict[str, Resource] = {}
    for place, path in enumerate(draft.images):
        body = photograph(draft.number * 100 + place)
        found[path] = Resource(body=body, content_type=TYPES["png"], etag=True)
    for path, name in draft.attachments:
        kind = path.rpartition(".")[2]
        found[path] = Resource(body=_offer(kind, name, draft), content_type=TYPES[kind])
    return found


def _offer(kind: str, name: str, draft: Draft) -> bytes:
    if kind == "pdf":
        return pdf(f"Attachment of article {draft.number}")
    if kind == "doc":
        return doc(f"{name}：{draft.title}")
    return xls((("序号", "名称"), ("1", draft.title), ("2", name)))
