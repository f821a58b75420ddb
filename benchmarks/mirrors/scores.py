"""The figures of one article and of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rapidfuzz.distance import LCSseq, Levenshtein

from archive.cleaning.unmasking.marks import LACUNA
from archive.model import Article
from tests.tampering import Disguise, Original

RESTORING = "name-restored"


@dataclass(frozen=True, slots=True)
class Score:
    """One article as it was read back. ``told``: some page of the archive still has the
    institute's name, without which nobody can restore it. ``f1`` and ``clean_f1`` (the same page
    untampered) are character LCS against the truth, as is ``best_f1``, of the untampered text
    without the name where no page tells it: nobody can give more; ``unmarked_f1`` that of the text
    without the marks where a name is lost. ``error`` and ``clean_error`` are
    Levenshtein distance over the truth's length. ``hosts``: mirrors that leave any trace, and how
    many of them were ``recognised``; ``traceless`` ones are equal to the original and name no host.
    ``names``: the full names in text and title, but for a title that is lost as a whole, which
    ``title_right`` counts."""

    told: bool
    found: bool
    joined: bool
    hosts: int
    recognised: int
    traceless: int
    f1: float
    clean_f1: float
    best_f1: float
    unmarked_f1: float
    error: float
    clean_error: float
    brand_left: bool
    title_left: bool
    phrase_left: bool
    names: int
    restored: int
    wrong: int
    title_right: bool


def score_of(
    truth: Original,
    articles: Sequence[Article],
    clean: Article | None,
    disguises: Sequence[Disguise],
    hosts: tuple[int, int, int],
    name: str,
    told: bool,
) -> Score:
    """Compare what was read back with the truth; of several articles the first counts. ``hosts``:
    mirrors with a trace, those of them that were recognised, mirrors without a trace."""
    text = articles[0].reading.text if articles else ""
    title = (articles[0].reading.title or "") if articles else ""
    said = bare(truth.text)
    in_title = truth.title.count(name) if title else 0
    untampered = bare(clean.reading.text) if clean else ""
    put_in = [b for d in disguises for b in (d.brand, d.second, d.neutral)]
    brands = [brand for brand in put_in if brand not in truth.text]
    phrases = [p for d in disguises for p in d.phrases if p not in truth.text]
    repairs = articles[0].reading.repairs if articles else ()
    return Score(
        told=told,
        found=bool(articles),
        joined=len(articles) == 1,
        hosts=hosts[0],
        recognised=hosts[1],
        traceless=hosts[2],
        f1=f1(bare(text), said),
        clean_f1=f1(untampered, said),
        best_f1=f1(untampered if told else untampered.replace(name, ""), said),
        unmarked_f1=f1(bare(text).replace(LACUNA, ""), said),
        error=Levenshtein.distance(bare(text), said) / max(len(said), 1),
        clean_error=Levenshtein.distance(untampered, said) / max(len(said), 1),
        brand_left=any(b in text for b in brands),
        title_left=any(b in title for b in [*brands, *phrases]),
        phrase_left=any(p in text for p in phrases),
        names=truth.text.count(name) + in_title,
        restored=min(text.count(name), truth.text.count(name)) + min(title.count(name), in_title),
        wrong=sum(r.rule == RESTORING and r.after not in (name, "") for r in repairs),
        title_right=bare(title) == bare(truth.title),
    )


def bare(text: str) -> str:
    """Without white space."""
    return "".join(text.split())


def f1(one: str, other: str) -> float:
    """Twice the longest common subsequence over both lengths."""
    return 2 * LCSseq.similarity(one, other) / (len(one) + len(other)) if one or other else 1.0


@dataclass(slots=True)
class Totals:
    """Sums over articles; behind the bar over those whose institute's name some page tells."""

    HEAD: ClassVar[str] = (
        "articles found joined recog.     F1  clean   diff   best  error% brand% title% phras% "
        "title=% wrong | told   diff  error%  clean%  names  right%"
    )
    articles: int = 0
    found: int = 0
    joined: int = 0
    hosts: int = 0
    recognised: int = 0
    traceless: int = 0
    f1: float = 0
    clean_f1: float = 0
    best_f1: float = 0
    unmarked_f1: float = 0
    error: float = 0
    brand_left: int = 0
    title_left: int = 0
    phrase_left: int = 0
    names: int = 0
    restored: int = 0
    wrong: int = 0
    title_right: int = 0
    told: int = 0
    told_diff: float = 0
    told_error: float = 0
    told_clean_error: float = 0

    def add(self, one: Score) -> None:
        """Count one article."""
        self.articles += 1
        for name in (
            "found", "joined", "hosts", "recognised", "traceless", "f1", "clean_f1", "best_f1",
            "unmarked_f1", "error", "brand_left", "title_left", "phrase_left", "wrong",
            "title_right",
        ):  # fmt: skip
            setattr(self, name, getattr(self, name) + getattr(one, name))
        if one.told:
            self.told += 1
            self.told_diff += one.clean_f1 - one.f1
            self.told_error += one.error
            self.told_clean_error += one.clean_error
            self.names += one.names
            self.restored += one.restored

    def line(self) -> str:
        """The figures in one line under ``HEAD``."""
        n, told = max(self.articles, 1), max(self.told, 1)
        right = 100 * self.restored / self.names if self.names else 100.0
        return (
            f"{self.articles:8}{self.found:6}{self.joined:7}"
            f"{self.recognised / max(self.hosts, 1):7.3f}"
            f"{self.f1 / n:7.4f}{self.clean_f1 / n:7.4f}{(self.clean_f1 - self.f1) / n:7.4f}"
            f"{(self.best_f1 - self.f1) / n:7.4f}"
            f"{100 * self.error / n:8.3f}{100 * self.brand_left / n:7.1f}"
            f"{100 * self.title_left / n:7.1f}{100 * self.phrase_left / n:7.1f}"
            f"{100 * self.title_right / n:8.1f}{self.wrong:6} |{self.told:5}"
            f"{self.told_diff / told:7.4f}{100 * self.told_error / told:8.3f}"
            f"{100 * self.told_clean_error / told:8.3f}"
            f"{self.names:7}{right:8.1f}"
        )

    def missing(self) -> str:
        """What the difference to the untampered pages consists of, in one line."""
        n = max(self.articles, 1)
        untold = (self.clean_f1 - self.best_f1) / n
        marks = (self.unmarked_f1 - self.f1) / n
        rest = (self.best_f1 - self.unmarked_f1) / n
        return (
            f"F1 less than untampered {(self.clean_f1 - self.f1) / n:.4f}, of that names told "
            f"nowhere {untold:.4f}, their marks {marks:.4f}, all else {rest:.4f}"
        )
