"""Reports say the same in every form, and nothing in them is obeyed."""

from __future__ import annotations

import ast
import json
import re
import sqlite3
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from archive.cli import main
from archive.evidence.pruning import candidates
from archive.messages.language import explained
from archive.model import RunReport, Site
from archive.progress import PLAIN_SECONDS, State, plain
from archive.runs.facts import TRAPS, facts_of
from archive.runs.publishing import write_files
from archive.runs.rendering import as_html, as_json, as_json_text, as_metrics, as_text
from archive.store import open_archive
from crawler import traps
from tests.unit import backfill_samples as samples

BEGAN = datetime(2026, 3, 1, 2, tzinfo=UTC)
HOSTILE = '"><script>alert(1)</script>\n# HELP evil\nevil 1\x1b[31m\\'


def report(run: int = 1, **counts: int) -> RunReport:
    return RunReport(
        run=run,
        site=HOSTILE,
        kind="nightly",
        started=BEGAN,
        ended=BEGAN + timedelta(seconds=90),
        outcome=HOSTILE,
        exit_code=2,
        counts={"articles": 7, "change:new": 3, "requests": 100, f"tonight:{HOSTILE}": 4} | counts,
        articles_by_branch={HOSTILE: 7},
        notes=(HOSTILE,),
        mirrors=(f"mirror m.com: {HOSTILE}",),
    )


def test_every_form_says_the_same_numbers() -> None:
    facts = facts_of(report())
    assert json.loads(as_json(facts)) == facts
    assert facts["seconds"] == 90
    assert "changes: new: 3\n" in as_text(facts)
    page = lxml.html.fromstring(as_html(facts))
    rows = {str(row[0].xpath("string()")): row[1].xpath("string()") for row in page.iter("tr")}
    assert rows["changes: new"] == "3"
    assert rows["exit code"] == "2"
    assert re.search(r'^palimpsest_changes\{site="[^\n]*",what="new"\} 3$', as_metrics(facts), re.M)


def test_a_report_counts_the_articles_without_a_day_of_publication(tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text(
        "\n".join([samples.title(9), *samples.body(9)]), encoding="utf-8"
    )
    dated = samples.warc(tmp_path, "a.warc.gz", range(3))
    samples.take_in(tmp_path / "data", dated, tmp_path / "undated.txt")
    with open_archive(tmp_path / "data") as archive:
        kept = archive.store.runs()[0].report
    assert kept is not None
    facts = facts_of(kept)
    assert (facts["articles"]["total"], facts["quality"]["abstained-dates"]) == (4, 1)
    assert "quality: no day of publication: 1\n" in as_text(facts)


def test_a_report_speaks_the_language_of_whoever_runs_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    facts = facts_of(report(**{"refused:off-site": 8}))
    assert "变动: 新增: 3\n" in as_text(facts)
    assert "未请求: 站外: 8\n" in as_text(facts)
    assert '<html lang="zh">' in as_html(facts)
    titles = {line.split(":")[0] for line in as_text(facts).splitlines()}
    assert [title for title in titles if title.isascii()] == []


TROUBLE: list[tuple[dict[str, Any], str]] = [
    ({"exit_code": 2, "counts": {"tonight:http-500": 9, "tonight:http-404": 90}}, "http-500 (9)"),
    ({"exit_code": 3}, "new template"),
    ({"exit_code": 1}, "--debug"),
    ({"exit_code": 143}, "it goes on where this ended"),
    ({"exit_code": 137}, "it goes on where this ended"),
    ({"exit_code": 73}, "read-only"),
    ({"exit_code": 74, "counts": {"disk:free": 5}}, "make room"),
    ({"alarms": ("ALARM",)}, "look at the alarms first"),
    (
        {"counts": {"tonight:program-error": 2}},
        "pages that met a fault of the program, and are kept: 2",
    ),
    ({"counts": {"tonight:challenge": 7}}, "pages that a firewall kept back: 7"),
    ({"counts": {"quality:unread": 1}}, "palimpsest verify"),
    ({"counts": {"change:gone": 3}}, "gone from the site: 3"),
    ({"counts": {"disk:free": 300_000_000}}, "300 MB are left"),
]


@pytest.mark.parametrize(("change", "said"), TROUBLE)
def test_a_report_of_trouble_says_at_once_what_to_do_in_either_language(
    change: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = facts_of(replace(quiet(), **change))
    (told,) = facts["to_do"]
    assert said in told
    lines = as_text(facts).splitlines()
    assert lines.index(f"what to do: {told}") < 10
    assert said in as_html(facts).replace("&#x27;", "'")
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    assert explained(told) != told


def test_a_report_of_a_good_night_leaves_nothing_to_do() -> None:
    facts = facts_of(quiet())
    assert facts["to_do"] == []
    assert "what to do" not in as_text(facts)


def quiet() -> RunReport:
    """The report of a night in which all went well."""
    counts = {"articles": 7, "tonight:http-404": 4, "asked": 99, "disk:free": 10**12}
    return RunReport(1, "s", "nightly", BEGAN, BEGAN, "finished", 0, counts)


@pytest.mark.parametrize("reason", TRAPS)
def test_an_address_that_looks_like_a_traps_is_counted_as_one(reason: str) -> None:
    assert facts_of(report(**{f"refused:{reason}": 3, "refused:off-site": 5}))["traps"] == 3


def test_every_reason_of_a_trap_is_known_to_the_report() -> None:
    source = ast.parse(Path(traps.__file__).read_text(encoding="utf-8"))
    given = {
        constant.value
        for node in ast.walk(source)
        if isinstance(node, ast.Return) and node.value is not None
        for constant in ast.walk(node.value)
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    }
    reasons = {text for text in given if re.fullmatch(r"[a-z]+(-[a-z]+)*", text)}
    assert reasons | {reason for reason, _ in traps.SHAPES} == set(TRAPS)


MET = (
    "m.com is a mirror of a.cn: ten pages",
    "m.com 是 a.cn 的镜像：十页",
    "mirror m.com: 银河 in x",
)
SEEN = (
    "ALARM, the institute's own host may be broken into: x",
    "警报：研究所自己的主机可能已被入侵：x",
)


def test_alarms_and_mirrors_are_told_apart_as_data_and_those_of_older_reports_by_their_words(
    tmp_path: Path,
) -> None:
    with open_archive(tmp_path, create=True) as archive:
        store = archive.store
        store.put_site(Site("s", ("www.a.cn",)))
        for alarms, mirrors in ((("x",), ("y",)), ((), ())):
            run = store.begin_run("s", "nightly")
            store.end_run(
                RunReport(
                    run, "s", "nightly", BEGAN, BEGAN, "", 0, {}, {}, (), SEEN, alarms, mirrors
                )
            )
            kept = store.run(run).report
            assert kept is not None
            assert (kept.alarms, kept.mirrors, kept.notes) == (alarms, mirrors, SEEN)
        plain = json.loads(json.dumps(asdict(report(run)), default=str))
    plain |= {"notes": [SEEN[0], "mirrors were asked", *MET, SEEN[1]]}
    del plain["alarms"], plain["mirrors"]
    with closing(sqlite3.connect(tmp_path / "palimpsest.db")) as database, database:
        database.execute("UPDATE runs SET report = ?", [json.dumps(plain)])
    with open_archive(tmp_path) as archive:
        old = archive.store.run(run).report
    assert old is not None
    facts = facts_of(old)
    assert (facts["alarms"], facts["mirrors"]) == (list(SEEN), list(MET))
    assert facts["notes"] == ["mirrors were asked"]
    assert 'palimpsest_alarms{site="' in as_metrics(facts)


def test_an_alarm_stands_in_front_of_the_counts_and_no_night_with_one_looks_good() -> None:
    facts = facts_of(replace(report(), exit_code=0, outcome="finished", alarms=("hidden links",)))
    lines = as_text(facts).splitlines()
    alarm = lines.index("alarms: hidden links")
    assert alarm < min(at for at, line in enumerate(lines) if line.startswith("articles:"))
    assert 'class="bad"' in as_html(facts)
    assert 'class="good"' in as_html(facts_of(replace(report(), exit_code=0)))


def test_metrics_are_as_a_scraper_wants_them() -> None:
    facts = facts_of(report(**{"articles:live": 5, "articles:gone": 2}))
    families: dict[str, list[str]] = {}
    seen: set[str] = set()
    for line in as_metrics(facts).splitlines():
        sharp, word, name = [*line.split(" ", 3), "", ""][:3]
        if sharp != "#":
            series, _, value = line.rpartition(" ")
            assert float(value) >= 0
            assert series not in seen
            seen.add(series)
            assert series.partition("{")[0] == list(families)[-1]
            continue
        # Each family once, its help in front of its type, and nothing of another in between.
        assert word not in families.setdefault(name, [])
        families[name].append(word)
        assert re.fullmatch(r"palimpsest_[a-z_]+", name)
    assert set(map(tuple, families.values())) == {("HELP", "TYPE")}
    assert "palimpsest_ended_timestamp_seconds" in families
    ended = [line for line in as_metrics(facts).splitlines() if line.startswith("palimpsest_ended")]
    assert [float(line.rpartition(" ")[2]) for line in ended] == [
        (BEGAN + timedelta(seconds=90)).timestamp()
    ]
    articles = [s for s in seen if s.startswith("palimpsest_articles{")]
    assert len(articles) == 3
    assert not any('status="total"' in one for one in articles)


def test_sites_in_other_scripts_have_metrics_of_their_own(tmp_path: Path) -> None:
    named = {name: replace(report(), site=name) for name in ("光机所", "植物所", 'a"b', "plain")}
    files = {name: write_files(tmp_path, facts_of(said))[0] for name, said in named.items()}
    assert len(set(files.values())) == len(files)
    assert files["plain"].name == "plain-palimpsest.prom"
    shared = tmp_path / "runs" / "palimpsest-palimpsest.prom"
    shared.write_text(as_metrics(facts_of(named["植物所"])), encoding="utf-8")
    write_files(tmp_path, facts_of(named["光机所"]))
    assert shared.exists()
    write_files(tmp_path, facts_of(named["植物所"]))
    assert not shared.exists()
    told = [path.read_text(encoding="utf-8") for path in (tmp_path / "runs").glob("*.prom")]
    assert sum('site="植物所"' in text for text in told) == 1


def test_nothing_that_a_page_says_is_markup_a_line_or_a_metric() -> None:
    facts = facts_of(report())
    page = lxml.html.fromstring(as_html(facts))
    assert list(page.iter("script")) == []
    assert "default-src 'none'" in as_html(facts)
    lines = as_text(facts).splitlines()
    assert not any(line.startswith(("# HELP", "evil")) for line in lines)
    assert "\x1b" not in as_text(facts)
    metrics = as_metrics(facts).splitlines()
    form = re.compile(r'palimpsest_\w+\{(\w+="(?:[^"\\]|\\.)*",?)+\} -?[\d.]+')
    assert all(line.startswith("# ") or form.fullmatch(line) for line in metrics)
    assert not any("evil 1" in line and not line.startswith("palimpsest_") for line in metrics)


def test_a_name_that_is_no_text_costs_no_report(tmp_path: Path) -> None:
    name = b"old-\xff.warc.gz".decode("utf-8", "surrogateescape")
    facts = facts_of(replace(report(), site="a", notes=(f"damaged: {name}",)))
    (told, *_) = (one for one in write_files(tmp_path, facts) if one.suffix == ".json")
    assert json.loads(told.read_bytes())["notes"] == ["damaged: old-?.warc.gz"]
    assert json.loads(as_json_text(facts).encode()) == json.loads(told.read_bytes())


def test_runs_are_shown_in_every_form_and_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "en")
    data = ["--data", str(tmp_path)]
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(Site("s", ("www.a.cn",)))
        for articles in (7, 9):
            run = archive.store.begin_run("s", "nightly")
            archive.store.end_run(report(run, articles=articles, bytes=5))
        archive.store.begin_run("s", "nightly")
    for form in ("table", "json", "text", "html", "metrics"):
        assert main(["runs", "show", "1", "--format", form, *data]) == 0
        assert "7" in capsys.readouterr().out
    assert main(["runs", "compare", "1", "2", "--format", "json", *data]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found == [{"name": "articles:total", "before": 7, "after": 9, "change": 2}]
    assert main(["runs", "compare", "2", *data]) == 0
    assert re.search(r"^articles: total +7 +9 +2$", capsys.readouterr().out, re.M)
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    assert main(["runs", "compare", "2", *data]) == 0
    assert re.search(r"^文章: 总数 +7 +9 +2$", capsys.readouterr().out, re.M)
    monkeypatch.setenv("PALIMPSEST_LANG", "en")
    assert main(["runs", "compare", "1", *data]) == 66
    assert main(["runs", "show", "3", "--format", "text", *data]) == 66
    assert main(["runs", "compare", "1", "2", "3", *data]) == 64


def test_a_log_grows_by_a_line_a_minute_with_rate_and_rest() -> None:
    now, lines = [0.0], list[str]()
    show = plain(lambda: now[0], lines.append)
    for second in range(301):
        now[0] = float(second)
        show(State(second, 600, f"{second} done"))
    assert len(lines) == 300 / PLAIN_SECONDS
    assert lines[-1] == "300 done; 50%, about 5 min left\n"
    for second in range(600, 1201):
        now[0] = float(second)
        show(State(second - 600, 6000, "the next part"))
    # Of its own pace, not that of the part before.
    assert lines[-1] == "the next part; 10%, about 90 min left\n"


def test_pruning_names_only_files_that_nothing_needs_and_takes_none_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from dataclasses import replace

    from archive.ingest import ingest
    from archive.warc import WarcWriter

    missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(Site("s", (samples.HOST,)))
        for night, head in enumerate((None, b"HTTP/1.1 304 Not Modified\r\n\r\n")):
            run = archive.store.begin_run("s", "nightly")
            with WarcWriter(archive.warc_dir, prefix=f"night{night}") as writer:
                for page in range(4):
                    one = samples.capture(page, minutes=1440 * night)
                    answer = missing if night and page == 3 else head
                    one = one if answer is None else replace(one, response=answer)
                    ingest(archive, archive.store.site("s"), run, one, writer.write(one))
        found = candidates(archive)
    assert [one.name.partition("-")[0] for one in found] == ["night1"]
    assert (found[0].confirmed, found[0].refused, found[0].failed) == (3, 1, 0)
    before = sorted((tmp_path / "warc").iterdir())
    assert main(["prune", "--data", str(tmp_path)]) == 64
    assert main(["prune", "--dry-run", "--data", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert "night1" in told.out
    assert "confirmed: 3, no page: 1" in told.out
    assert "files: 1 (" in told.err
    assert main(["prune", "--dry-run", "--format", "json", "--data", str(tmp_path)]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["what"], listed["name"]) == ("warc", found[0].name)
    assert (listed["captures"], listed["refused"]) == (4, 1)
    assert sorted((tmp_path / "warc").iterdir()) == before
