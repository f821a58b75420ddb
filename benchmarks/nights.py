"""Nights of a large site that hardly changes: ./scripts/bench nights [--pages N]

Serves N generated articles (every one with an ETag, as a file server gives it) with their list
pages on loopback, and runs `palimpsest nightly` three times:

- the first night takes everything in;
- on the second one nothing has changed: how many of the articles were answered by 304 or not asked
  for, and how many bytes came, beside the first night;
- before the third one some articles are edited, some removed (410), some new: the report must say
  these numbers and nothing else.

Ends with 1 where a share is missed (95 % of the articles, 1 % of the bytes) or a number is wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from archive.profiles import add_profile
from archive.store import open_archive
from benchmarks.capture.site import SIGNS
from tests.crawl.server import Answer, served

PALIMPSEST = Path(sys.executable).with_name("palimpsest")
SITE = "nights"
PER_LIST = 200
EDITED, REMOVED, ADDED = 0.01, 0.005, 0.006
"""Shares of the articles that the third night finds so."""
LEAST_SPARED = 0.95
MOST_BYTES = 0.01
STYLE = (
    "<style>" + "".join(f".c{n}{{margin:0 auto;padding:2px}}\n" for n in range(500)) + "</style>"
)
"""With it a page is as large as a real one: about 20 kB."""
NAVIGATION = "".join(f'<li><a href="/list_{n}.html">栏目{n}</a></li>' for n in range(1, 13))


class ChangingSite:
    """So many articles, in lists of PER_LIST; ``edited`` ones say something else."""

    def __init__(self, pages: int) -> None:
        self.pages = pages
        self.edited: set[int] = set()
        self.removed: set[int] = set()

    def __call__(self, path: str) -> Answer | None:
        name = path.strip("/").removesuffix(".html")
        if not name:
            return _answer(_page("首页", "".join(map(_list_link, range(self._lists())))))
        kind, _, number = name.partition("_")
        if not number.isdecimal():
            return None
        return self._list(int(number)) if kind == "list" else self._article(path, int(number))

    def _lists(self) -> int:
        return -(-self.pages // PER_LIST)

    def _list(self, number: int) -> Answer | None:
        shown = range(number * PER_LIST, min(self.pages, (number + 1) * PER_LIST))
        rows = (f'<li><a href="{_path(n)}">{_title(n)}</a></li>' for n in shown)
        return _answer(_page(f"第{number}页", f"<ul>{''.join(rows)}</ul>")) if shown else None

    def _article(self, path: str, number: int) -> Answer | None:
        if number in self.removed:
            return Answer("gone", 410)
        if number >= self.pages or path != _path(number):
            return None
        rng = Random(number)
        rows = ["".join(rng.choices(SIGNS, k=120)) + "。" for _ in range(6)]
        if number in self.edited:
            rows.append(f"本文于次日作了更正，涉及第{number}号文件中的数据。")
        body = "".join(f"<p>{row}</p>" for row in rows)
        day = f"<p>发布时间：2010-{number % 12 + 1:02d}-09</p>"
        return _answer(_page(_title(number), f"<h1>{_title(number)}</h1>{day}<div>{body}</div>"))


def _path(number: int) -> str:
    return f"/t2010{number % 12 + 1:02d}09_{number}.html"


def _list_link(number: int) -> str:
    return f'<li><a href="/list_{number}.html">第{number}页</a></li>'


def _title(number: int) -> str:
    return "".join(Random(-number).choices(SIGNS, k=14)) + f"第{number}号"


def _page(title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}-研究所</title>'
        f"{STYLE}</head>"
        f"<body><ul>{NAVIGATION}</ul>{body}<div>版权所有 研究所</div></body></html>"
    )


def _answer(page: str) -> Answer:
    tag = hashlib.blake2b(page.encode(), digest_size=8).hexdigest()
    return Answer(page, headers={"ETag": f'"{tag}"'})


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark and print its figures; returns the exit code."""
    parser = argparse.ArgumentParser(prog="bench nights", description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000)
    pages = parser.parse_args(arguments).pages
    site = ChangingSite(pages)
    with tempfile.TemporaryDirectory() as folder, served(site) as served_site:
        data = Path(folder)
        add_profile(data, [served_site.url], name=SITE)
        first = _night(data, "first night")
        second = _night(data, "second night, nothing changed")
        share = first["counts"]["bytes"] and second["counts"]["bytes"] / first["counts"]["bytes"]
        whole = second["statuses"][200]
        print(f"articles answered by 304 or not asked for: {1 - whole / pages:.2%}")
        print(f"bytes of the first night that came again: {share:.2%}")
        _change(site, pages)
        third = _night(data, "third night, changed")
        wanted = _wanted(site, pages)
        print(f"reported {third['changes']}, true {wanted}")
    is_good = 1 - whole / pages >= LEAST_SPARED and share <= MOST_BYTES
    is_true = first["changes"] == {"new": pages} and second["changes"] == {"unchanged": pages}
    return int(not (is_good and is_true and third["changes"] == wanted))


def _change(site: ChangingSite, pages: int) -> None:
    chance = Random(1)
    some = chance.sample(range(pages), int(pages * (EDITED + REMOVED)))
    site.edited = set(some[: int(pages * EDITED)])
    site.removed = set(some[int(pages * EDITED) :])
    site.pages += int(pages * ADDED)


def _wanted(site: ChangingSite, pages: int) -> dict[str, int]:
    same = pages - len(site.edited) - len(site.removed)
    return {
        "new": site.pages - pages,
        "changed": len(site.edited),
        "unchanged": same,
        "gone": len(site.removed),
    }


def _night(data: Path, name: str) -> dict[str, Any]:
    """One night as a process: what its report counts, what it changed, how articles answered."""
    began, used = time.perf_counter(), os.times()
    done = subprocess.run(
        [PALIMPSEST, "nightly", "--data", data], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{name}: exit code {done.returncode}\n{done.stdout}{done.stderr[-2000:]}")
    seconds, now = time.perf_counter() - began, os.times()
    busy = sum(now[2:4]) - sum(used[2:4])
    with open_archive(data) as archive:
        row = archive.store.runs(SITE)[0]
        assert row.report is not None
        counts = row.report.counts
        statuses = Counter(
            one.status
            for one in archive.store.captures(SITE)
            if one.run == row.id and "/t2010" in one.url
        )
    print(f"{name}: {seconds:.0f} s, {busy:.0f} s of processor time, {counts['bytes']:,} bytes")
    changes = {k.removeprefix("change:"): n for k, n in counts.items() if "change:" in k and n}
    return {"counts": counts, "changes": changes, "statuses": statuses}


if __name__ == "__main__":
    sys.exit(main())
