"""Nights of a site whose pages move to other addresses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from archive.ingest import ingest
from archive.model import Capture, RunReport
from archive.runs.changes import compared, snapshot
from archive.sitepass.derive import derive
from archive.store import Archive
from archive.warc import WarcWriter
from tests.tampering.archived import NOON, response
from tests.unit.versioned_pages import OTHER, page

OLD = "http://www.a.ac.cn"
PATH, OTHERS = "/xw/t20101209_1.html", "/xw/t20101210_2.html"
ANOTHER = (
    "学术报告厅将于下月初重新开放，座位增加到三百二十个，可在网上预约。",
    "音响和投影设备已全部更换，使用前请向会务组登记，用后请关闭电源。",
    "开放当天举行光学前沿讲座，欢迎研究生和青年科技人员到场聆听。",
)
Said = str | int | tuple[int, str]
"""A page, or a status without one, or with the address that it leads to."""
Answers = Mapping[str, Said]


def at(night: int) -> datetime:
    return NOON + timedelta(days=night)


def answer(said: Said) -> bytes:
    if isinstance(said, str):
        return response(said)
    status, target = said if isinstance(said, tuple) else (said, "/there")
    return f"HTTP/1.1 {status} X\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode()


def night(archive: Archive, number: int, answers: Answers) -> dict[str, int]:
    """A night with these answers, by address, and one that never changes; what it changed."""
    never: Answers = {OLD + OTHERS: page("图书馆通知", OTHER)}
    return silent_night(archive, number, {**answers, **never})


def silent_night(archive: Archive, number: int, answers: Answers) -> dict[str, int]:
    """A night in which nobody gives anything but these answers; what it changed."""
    store = archive.store
    run = store.begin_run("s", "nightly")
    before = snapshot(store, "s")
    with WarcWriter(archive.warc_dir, prefix=f"n{number}") as writer:
        for url, said in answers.items():
            one = Capture(url, at(number), b"", answer(said), protocols=("http/1.1",))
            ingest(archive, store.site("s"), run, one, writer.write(one))
    derive(archive, "s", run)
    store.end_run(RunReport(run, "s", "nightly", at(number), at(number), "finished", 0, {}))
    return {what: n for what, n in compared(before, snapshot(store, "s")).items() if n}
