"""One crawl of the sample institute, as a user would start it, shared by all tests of a session.

The tests run in several processes; the first that needs the crawl makes it, the others wait and
read its files.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from filelock import FileLock

from tests.site import SampleInstitute, TruthArticle, truth

PALIMPSEST = str(Path(sys.executable).with_name("palimpsest"))
CRAWL_LIMIT_SECONDS = 600
SITE = "sample"
SAME_WORK = 0.5
"""Share of common characters from which a text is taken for a damaged copy of a truth."""


@dataclass(frozen=True, slots=True)
class SampleRun:
    """What a finished crawl left: exit code, what it printed, how long it took, what was asked of
    the hosts, and the articles as ``export`` gives them."""

    data: str
    official: str
    mirrors: tuple[str, ...]
    stranger: str
    exit_code: int
    output: str
    complaints: str
    seconds: float
    requests: tuple[tuple[str, str], ...]
    articles: tuple[dict[str, Any], ...]

    @property
    def official_host(self) -> str:
        """The official host's authority."""
        return urlsplit(self.official).netloc

    def asked(self, host: str) -> list[str]:
        """The targets asked of ``host``, in order."""
        return [target for one, target in self.requests if one == host]


def palimpsest(*arguments: str, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would; never raises for its exit code."""
    return subprocess.run(
        [PALIMPSEST, *arguments], capture_output=True, text=True, check=False, timeout=timeout
    )


def crawl(sample: SampleInstitute, data: Path, *more: str) -> SampleRun:
    """Crawl a served sample with its mirrors into ``data`` and export what was found."""
    named = [part for mirror in sample.mirrors for part in ("--mirror", mirror)]
    began = time.monotonic()
    done = palimpsest(
        *("crawl", sample.official, *named, "--site", SITE, "--data", str(data), *more),
        timeout=CRAWL_LIMIT_SECONDS,
    )
    seconds = time.monotonic() - began
    exported = palimpsest("export", "--format", "jsonl", "--data", str(data))
    return SampleRun(
        data=str(data),
        official=sample.official,
        mirrors=sample.mirrors,
        stranger=sample.stranger,
        exit_code=done.returncode,
        output=done.stdout,
        complaints=done.stderr + exported.stderr,
        seconds=seconds,
        requests=tuple(sample.requests),
        articles=tuple(json.loads(line) for line in exported.stdout.splitlines()),
    )


def shared_run(folder: Path, make: Callable[[Path], SampleRun]) -> SampleRun:
    """The run in ``folder``, made by whoever comes first."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "run.json"
    with FileLock(folder / "lock"):
        if not kept.exists():
            kept.write_text(json.dumps(asdict(make(folder / "data"))), encoding="utf-8")
    plain = cast(dict[str, Any], json.loads(kept.read_text(encoding="utf-8")))
    for name in ("requests", "articles", "mirrors"):
        plain[name] = tuple(plain[name])
    plain["requests"] = tuple((host, target) for host, target in plain["requests"])
    return SampleRun(**plain)


def target_of(url: str) -> str:
    """Path and query."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


@dataclass(frozen=True, slots=True)
class Matched:
    """Stored articles beside the truth: ``pairs`` by truth key, what is ``missing``, what was
    ``invented`` and which truths were found more than once (``doubled``)."""

    pairs: dict[str, tuple[TruthArticle, dict[str, Any]]]
    missing: tuple[TruthArticle, ...]
    invented: tuple[dict[str, Any], ...]
    doubled: tuple[str, ...]


def match(articles: tuple[dict[str, Any], ...], night: int = 1) -> Matched:
    """Match by address where a witness has a page's own address, else by the text."""
    truths = truth(night)
    by_target = {page: t for t in truths for page in t.pages}
    pairs: dict[str, tuple[TruthArticle, dict[str, Any]]] = {}
    doubled, invented = [], []
    for article in articles:
        targets = [target_of(w["url"]) for w in article["witnesses"]]
        found = next((by_target[t] for t in targets if t in by_target), None)
        found = found or _by_text(article, truths)
        if found is None:
            invented.append(article)
        elif found.key in pairs:
            doubled.append(found.key)
        else:
            pairs[found.key] = (found, article)
    missing = tuple(t for t in truths if t.key not in pairs)
    return Matched(pairs, missing, tuple(invented), tuple(doubled))


def _by_text(article: dict[str, Any], truths: tuple[TruthArticle, ...]) -> TruthArticle | None:
    def likeness(one: TruthArticle) -> float:
        matcher = SequenceMatcher(None, one.text, article["text"], autojunk=False)
        return matcher.ratio() if matcher.real_quick_ratio() > SAME_WORK else 0.0

    best = max((t for t in truths if t.mirrors), key=likeness)
    return best if likeness(best) >= SAME_WORK else None


def bare(text: str | None) -> str:
    """Without white space."""
    return "".join((text or "").split())
