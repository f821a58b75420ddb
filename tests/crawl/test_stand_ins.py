"""Nights on which a site answers every question with something else, under status 200."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.crawl.night import ENVIRONMENT, institute, night, profile, readings, report
from tests.crawl.past import a_day_goes_by
from tests.crawl.server import Answer, links, served

SOLD = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p></body></html>"


def _sold(path: str) -> Answer:
    """What a domain gives that somebody else has bought: a text of its own for each address."""
    number = sum(map(ord, path))
    words = f"第{number}号旺铺低价转让，交通便利，客流稳定，手续齐全，"
    return Answer(SOLD.format(f"第{number}号旺铺", words * 4 + f"有意者请致电{number}。"))


KILLED_BEHIND_THE_WALK = """\
import os, signal
import crawler.run as run
run.Run.finish = lambda *some: os.kill(os.getpid(), signal.SIGKILL)
"""


def test_nobody_sees_what_a_sold_domain_gave_to_a_night_that_was_killed(tmp_path: Path) -> None:
    pages, data = institute(8), tmp_path / "data"
    own = dict(pages)
    (tmp_path / "sitecustomize.py").write_text(KILLED_BEHIND_THE_WALK)
    with served(pages) as site:
        profile(data, site)
        assert night(data)[0] == 0
        before = readings(data)
        pages.update({path: _sold(path) for path in own})
        pages["/"] = links(*own, "/new")
        pages["/new"] = _sold("/new")
        a_day_goes_by(data)
        code, _, _ = night(data, env=ENVIRONMENT | {"PYTHONPATH": str(tmp_path)})
        assert (code, site.times("/new")) == (-9, 1)
        assert readings(data) == before
        code, out, err = night(data)
        assert code == 3, out + err
        assert readings(data) == before


def test_a_domain_that_was_sold_ends_each_night_with_3_and_changes_no_article(
    tmp_path: Path,
) -> None:
    pages = institute(8)
    own = dict(pages)
    with served(pages) as site:
        profile(tmp_path, site)
        assert night(tmp_path)[0] == 0
        before = readings(tmp_path)
        pages.update({path: _sold(path) for path in own})
        for run in (2, 3):
            a_day_goes_by(tmp_path)
            code, out, err = night(tmp_path, env=ENVIRONMENT | {"PALIMPSEST_LANG": "zh"})
            assert code == 3, out + err
            assert "有 8 个文章网址给出其他内容" in out + err
            told: dict[str, Any] = report(tmp_path, run)
            assert len(told["alarms"]) == 1
            assert "8 addresses of articles give other texts since " in told["alarms"][0]
            assert told["quality"]["stand-ins"] == 8
            assert told["outcome"].startswith("8 addresses of articles give other texts")
            assert readings(tmp_path) == before
        pages.update(own)
        a_day_goes_by(tmp_path)
        code, out, err = night(tmp_path)
        assert code == 0, out + err
        assert readings(tmp_path) == before
        told = dict(report(tmp_path, 4))
        assert not told["alarms"]
        changes: dict[str, int] = told["changes"]
        assert {what for what, count in changes.items() if count} == {"unchanged"}
