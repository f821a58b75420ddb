"""A CDX server at ``/cdx``: which captures there are, asked as pywb's or as Wayback's is.

    /cdx?url=http://www.example.ac.cn/&output=json
    /cdx?url=example.ac.cn/news/*&filter=mime:text/html&fl=timestamp,url&limit=10
    /cdx?q=type:urlquery url:http%3A%2F%2Fwww.example.ac.cn%2F          (answered in XML)

The answers are lines of the archive's CDXJ index. It promises to read no more of the index than the
question needs, and that no question costs more than a bounded number of lines.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from archive.warc.cdxj import Entry, read_line
from archive.warc.index import ELSEWHERE_NAME, INDEX_NAME, Index
from archive.warc.originals import own_name
from archive.warc.surt import surt_key
from archive.warc.timestamps import moment_of
from archive.web.interfaces.cdx_question import (
    BLOCK_LINES,
    FIELDS,
    MAX_LOOKED_AT,
    CdxError,
    CdxQuestion,
    Line,
)
from archive.web.interfaces.cdx_xml import XmlQuestion
from archive.web.room import room

router = APIRouter(include_in_schema=False)


@router.get("/cdx")
def cdx(request: Request) -> Response:
    """The captures that are asked for, a line each."""
    directory = room(request).archive.warc_dir
    try:
        if (asked := request.query_params.get("q")) is not None:
            wayback = XmlQuestion.parse(asked)
            return Response(
                wayback.written(answers(directory, wayback.question)), media_type="text/xml"
            )
        question = CdxQuestion.parse(request.query_params.multi_items())
        if question.counts_pages:
            return JSONResponse(pages(directory, question))
        lines = iter(list(answers(directory, question)))
    except CdxError as error:
        return PlainTextResponse(f"{error}\n", 400)
    kind = "application/x-ndjson" if question.output == "json" else "text/x-cdxj"
    written = (_written(line, question) for line in lines)
    return StreamingResponse(written, media_type=f"{kind}; charset=utf-8")


def answers(directory: Path, question: CdxQuestion) -> Iterator[Line]:
    """The lines that are asked for, in the order that is asked for. Raises CdxError."""
    found = (line for line in _page(directory, question) if question.wants(line))
    if question.sort == "closest":
        moment = _moment(question.closest)
        nearest = sorted(found, key=lambda line: abs(_moment(line["timestamp"]) - moment))
        return islice(nearest, question.limit)
    if question.sort == "reverse":
        return islice(reversed(list(found)), question.limit)
    return islice(found, question.limit)


def _page(directory: Path, question: CdxQuestion) -> Iterator[Line]:
    """The lines of the page that is asked for; CdxError behind the last one."""
    if question.page is None:
        yield from _read(directory, question)
        return
    first = question.page * question.page_lines
    lines = islice(_read(directory, question), first, first + question.page_lines)
    line = next(lines, None)
    if line is None and question.page:
        raise CdxError(f"there is no page {question.page}")
    if line is not None:
        yield line
        yield from lines


def pages(directory: Path, question: CdxQuestion) -> dict[str, int]:
    """How many pages there are, and how large they are."""
    lines = sum(1 for _ in _read(directory, question))
    return {
        "pages": -(-lines // question.page_lines),
        "pageSize": question.page_blocks,
        "blocks": -(-lines // BLOCK_LINES),
    }


def _read(directory: Path, question: CdxQuestion) -> Iterator[Line]:
    """The index's lines within reach of the question, in order."""
    sources = [
        Index(directory, name).starting_with(prefix)
        for prefix in _prefixes(question.url, question.match)
        for name in (INDEX_NAME, ELSEWHERE_NAME)
    ]
    for raw in islice(heapq.merge(*sources), MAX_LOOKED_AT):
        key = raw.partition(b" ")[0].decode("utf-8", "replace")
        yield _line(key, read_line(raw))


def _line(key: str, entry: Entry) -> Line:
    values = {
        "urlkey": key,
        "timestamp": entry.timestamp,
        "url": entry.url,
        "mime": entry.mime or "",
        "status": "" if entry.status is None else str(entry.status),
        "digest": entry.digest,
        "length": str(entry.length),
        "offset": str(entry.offset),
        # Files outside of the archive's folder are named by their whole path, which is nobody's
        # business.
        "filename": own_name(entry.file),
    }
    return {name: value for name, value in values.items() if value}


def _prefixes(url: str, match: str) -> list[bytes]:
    key = surt_key(url if "://" in url else f"http://{url}")
    host = key.partition(")")[0]
    found = {
        "exact": [f"{key} "],
        "prefix": [key],
        "host": [f"{host})"],
        "domain": [f"{host})", f"{host},"],
    }[match]
    return [one.encode() for one in found]


def _moment(stamp: str) -> float:
    """The moment of 14 digits in seconds; digits that are none count from the start of theirs."""
    filled = stamp[:4] + "".join(
        part if part != "00" else "01" for part in (stamp[4:6], stamp[6:8])
    )
    try:
        return moment_of(filled + stamp[8:]).timestamp()
    except ValueError:
        raise CdxError(f"{stamp} is no moment") from None


def _written(line: Line, question: CdxQuestion) -> str:
    if question.output == "json":
        chosen = {n: line[n] for n in question.fields or FIELDS if n in line}
        return json.dumps(chosen, ensure_ascii=False) + "\n"
    if question.fields:
        return " ".join(line.get(name, "-") for name in question.fields) + "\n"
    rest = {name: line[name] for name in FIELDS[2:] if name in line}
    return f"{line['urlkey']} {line['timestamp']} {json.dumps(rest, ensure_ascii=False)}\n"
