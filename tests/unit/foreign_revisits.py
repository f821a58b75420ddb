"""Revisit records as other programs write them."""

from __future__ import annotations

import gzip

URL = "http://www.a.cn/news/1.htm"
TEXT = "研究所今天召开年度工作会议，会议总结了过去一年的科研工作，部署了新一年的任务。" * 4
BODY = (
    "<html><head><title>年度工作会议</title></head><body><h1>年度工作会议</h1>"
    f"<div>发布时间：2010-12-09</div><div><p>{TEXT}</p><p>{TEXT}</p></div></body></html>"
).encode()
HEAD = (
    f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(BODY)}\r\n"
    'ETag: "a"\r\n\r\n'
).encode()
NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'


def record(kind: str, day: int, block: bytes, more: str = "") -> bytes:
    """A record as another program writes it, of ``day`` January 2020."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}-{day}>\r\n"
        f"WARC-Target-URI: {URL}\r\nWARC-Date: 2020-01-{day:02}T00:00:00Z\r\n{more}"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n")
