"""A page of which only the text is left, read as an article.

Archivists hold texts from earlier collections: what a browser or an extractor wrote down, the
page's frame above and below it. There is no tree to go by, only lines: what is repeated, what ends
like a label, what is long, what speaks of ownership. It promises that every line of the input is
either in the text, in a field, or in a removal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import regex

from archive.cleaning.facts.damaged_dates import readings
from archive.cleaning.facts.people import are_offices
from archive.cleaning.script import HAN, light
from archive.cleaning.unmask import unmask
from archive.cleaning.unmasking.footer import is_footer
from archive.cleaning.unmasking.host import dates_in
from archive.cleaning.unmasking.marks import MirrorMarks
from archive.cleaning.unmasking.slots import COPYRIGHT, affix_spans, hosts, owners, segments
from archive.model import Decoding, Extraction, PageKind, Removal

HEADER_LINES = 30
FOOTER_LINES = 15
LONG = 45
"""Characters from which a line is a paragraph whatever its end."""
SHORT = 4
"""Characters up to which a line may stand in a title by chance."""
MAX_BRANCH = 24
MAX_TITLE = 120
MAX_LABEL_LINE = 160
ZH_SHARE = 0.2

_CONTROL = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BLANKS = regex.compile(r"[ \t\xa0]+")
_STOP = regex.compile(r"[。！？!?；;…]”?$")
_LABEL = regex.compile(
    r"(?P<name>点击(?:率|数|量)?|浏览(?:次数|量|数)?|阅读(?:次数|量|数)?|访问(?:次数|量)?|人气|hits|"
    r"发布(?:时间|日期)|发表(?:时间|日期)|更新(?:时间|日期)|时间|日期|date|"
    r"作者|撰稿人?|文/图|author|责任编辑|编辑|来源|文章来源|信息来源|稿件来源|供稿单位|source)"
    r"\s*[:：]\s*(?P<value>[^\s:：|｜【】\[\]]*(?:[ ]\d{1,2}:\d\d(?::\d\d)?)?)",
    regex.IGNORECASE,
)
_CRUMB = regex.compile(r"(?:位置|所在)\s*[:：]?|(?:>+|»|›|→)\s*\S")
_NAVIGATION = regex.compile(
    r"^\W*(?:上一[篇条页]|下一[篇条页]|打印(?:本页)?|关闭(?:窗口)?|返回(?:顶部|列表|首页)?|分享到?|收藏)\b?.{0,80}$"
)
_COUNTERS = ("点击", "浏览", "阅读", "访问", "人气", "hits")
_DATES = ("时间", "日期", "date")
_OF_THE_EVENT = frozenset({"时间", "日期", "date"})
"""Labels that alone on a line are a notice's own (时间：下周五), not the page's."""
_EDITORS = ("编辑",)
_SOURCES = ("来源", "供稿", "source")
_INSTITUTION = regex.compile(
    r"(?:大学|学院|研究所|研究院|科学院|实验室|中心|医院|学校|所|院|局|委员会|协会|学会|馆)$"
)


@dataclass
class _Lines:
    """The input's lines and what was decided about each."""

    lines: list[str]
    used: set[int] = field(default_factory=set)
    removals: list[Removal] = field(default_factory=list)

    def remove(self, number: int, rule: str, evidence: str) -> None:
        self.used.add(number)
        self.removals.append(Removal(self.lines[number], rule, evidence, f"line {number + 1}"))

    def left(self) -> list[int]:
        return [n for n in range(len(self.lines)) if n not in self.used and self.lines[n]]


@dataclass(frozen=True, slots=True)
class _Footer:
    owners: tuple[str, ...]
    hosts: tuple[str, ...]


def extract_text(text: str, name: str | None = None, title: str | None = None) -> Extraction:
    """The article in a page's plain ``text``. ``name``: the file name or address it came under,
    evidence for its date; ``title``: its title, where that is known, so that no line is taken for
    it. Unknown values are None; what a mirror put in is undone and recorded."""
    work = _Lines([_tidy(line) for line in text.splitlines()])
    footer = _take_footer(work)
    frame = _frame_names(work, footer)
    labels = _take_labels(work)
    _take_frame_titles(work, frame)
    title, first = _take_title(work) if title is None else (title, _take_told(work, title))
    branch = _take_branch(work, first)
    _take_rest_of_header(work, first)
    body = "\n".join(work.lines[n] for n in work.left())
    published, evidence = _published(labels, body, name)
    by = _label(labels, ("作者", "撰稿", "author"))
    given = by if by and are_offices(by) else None
    found = Extraction(
        kind=PageKind.ARTICLE if body and title else PageKind.OTHER if body else PageKind.EMPTY,
        url=None,
        decoding=Decoding("utf-8", "plain text", None, text.count("\ufffd")),
        title=title,
        branch=branch,
        author=None if given else by,
        editor=_label(labels, _EDITORS),
        source=_label(labels, _SOURCES) or given,
        published=published,
        published_evidence=evidence,
        hits=_hits(labels),
        language=language_of(body),
        text=body,
        markdown=as_markdown(body),
        removals=tuple(sorted(work.removals, key=lambda r: int(r.place.split()[1]))),
        flags=_flags(footer, frame, body),
    )
    return unmask(found, _marks(footer, frame, body))


def _tidy(line: str) -> str:
    """A line without blanks at its ends; tabs part the cells of tables."""
    bare = _CONTROL.sub("", line).strip(" \t\u3000\xa0\ufeff")
    return _BLANKS.sub(lambda found: "\t" if "\t" in found[0] else " ", bare)


def _take_footer(work: _Lines) -> _Footer:
    """Remove what speaks of ownership at the foot, and note whom it names."""
    taken: list[str] = []
    for n in reversed(work.left()[-FOOTER_LINES:]):
        line = work.lines[n]
        reason = is_footer(line) or _owner_line(line)
        if reason is None and _NAVIGATION.match(line):
            reason = "navigation"
        if reason is None:
            break
        work.remove(n, "footer", reason)
        taken.append(line)
    return _Footer(owners(taken), hosts(taken))


def _owner_line(line: str) -> str | None:
    """A line with an ownership mark that is no sentence."""
    short = len(line) <= MAX_TITLE and not _STOP.search(line) and "，" not in line
    return "ownership line" if short and COPYRIGHT.search(line) else None


def _frame_names(work: _Lines, footer: _Footer) -> tuple[str, ...]:
    """Names that stand in the owner's place and at an end of a line near the head: the site's
    name as the page gives it, a brand or not."""
    tops = [segments(work.lines[n]) for n in work.left()[:HEADER_LINES]]
    edges = Counter(light(s) for parts in tops if parts for s in {parts[0], parts[-1]})
    return tuple(o for o in footer.owners if edges[light(o)])


def _take_labels(work: _Lines) -> list[tuple[str, str]]:
    """Label lines near the head (点击率:, 发布时间：2010-12-09) as (label, value)."""
    found: list[tuple[str, str]] = []
    for n in work.left()[:HEADER_LINES]:
        line = work.lines[n]
        if len(line) >= LONG and _STOP.search(line):
            break
        matches = list(_LABEL.finditer(line)) if len(line) <= MAX_LABEL_LINE else []
        rest = _LABEL.sub("", line)
        lone = len(matches) == 1 and matches[0]["name"] in _OF_THE_EVENT
        if (
            matches
            and not lone
            and not regex.search(rf"{HAN}{{5}}", rest)
            and not _STOP.search(line)
        ):
            found += [(m["name"].lower(), m["value"].strip()) for m in matches]
            work.remove(n, "label-line", f"labels: {', '.join(m['name'] for m in matches)}")
    return found


def _take_frame_titles(work: _Lines, frame: Sequence[str]) -> None:
    """Lines near the head that end or begin with the frame's name, or are it."""
    names = {light(f) for f in frame}
    for n in work.left()[:HEADER_LINES]:
        parts = [light(s) for _, _, s in affix_spans(work.lines[n])]
        if parts and (parts[0] in names or parts[-1] in names) and not _is_body(work.lines[n]):
            work.remove(n, "frame-title", "its end stands in the owner's place of the footer too")


def _is_body(line: str) -> bool:
    return len(line) >= LONG or bool(_STOP.search(line))


def _header(work: _Lines) -> list[int]:
    """Numbers of the lines before the first paragraph."""
    found: list[int] = []
    for n in work.left()[:HEADER_LINES]:
        if _is_body(work.lines[n]) and not _repeated(work, n):
            break
        found.append(n)
    return found


def _repeated(work: _Lines, number: int) -> bool:
    line = work.lines[number]
    return len(line) <= MAX_TITLE and sum(work.lines[n] == line for n in work.left()) > 1


def _take_title(work: _Lines) -> tuple[str | None, int]:
    """The article's own title and the number of its last line: the line said twice near the head,
    else the longest one before the first paragraph."""
    header = [n for n in _header(work) if not _CRUMB.search(work.lines[n])]
    if not header:
        return _title_of_frame(work), 0
    times = Counter(work.lines[n] for n in header)
    title = max(header, key=lambda n: (times[work.lines[n]] > 1, len(work.lines[n]), -n))
    words = work.lines[title]
    places = [n for n in header if work.lines[n] == words]
    for n in places:
        work.used.add(n)
    for n in places[1:]:
        work.remove(n, "title-again", "the title once more")
    return words, places[-1]


def _take_told(work: _Lines, title: str) -> int:
    """Remove the lines before the first paragraph that say the title, which is told elsewhere; the
    number of the last one."""
    told = light(title)
    parts = {told, *map(light, segments(title))}
    said = {n: light(work.lines[n]) for n in _header(work)}
    places = [
        n for n, line in said.items() if line in parts or (len(line) > SHORT and line in told)
    ]
    for n in places:
        work.remove(n, "title-again", "the title once more")
    return places[-1] if places else 0


def _title_of_frame(work: _Lines) -> str | None:
    """Without a heading of its own, the page's title less its affix is the article's."""
    framed = [r.text for r in work.removals if r.rule == "frame-title"]
    return next((segments(t)[0] for t in framed if len(segments(t)) > 1), None)


def _take_branch(work: _Lines, title: int) -> str | None:
    """The branch: the breadcrumb's last step, else the last short line above the title."""
    above = [n for n in work.left() if n < title]
    for n in above:
        if _CRUMB.search(work.lines[n]):
            steps = [s for s in regex.split(r"\s*(?:>+|»|›|→)\s*", work.lines[n]) if s]
            work.remove(n, "breadcrumb", "steps between arrows")
            names = [s for s in steps if s not in ("正文", "内容", "详细内容")]
            return names[-1] if len(names) > 1 else None
    short = [n for n in above if 1 < len(work.lines[n]) <= MAX_BRANCH]
    if not short:
        return None
    work.used.add(short[-1])
    return work.lines[short[-1]]


def _take_rest_of_header(work: _Lines, title: int) -> None:
    for n in [n for n in work.left() if n < title and not _is_body(work.lines[n])]:
        work.remove(n, "header-line", "a short line above the title")


def _label(labels: Sequence[tuple[str, str]], names: Sequence[str]) -> str | None:
    return next((v for k, v in labels if v and any(n in k for n in names)), None)


def _hits(labels: Sequence[tuple[str, str]]) -> int | None:
    value = _label(labels, _COUNTERS)
    return int(value) if value and value.isascii() and value.isdigit() else None


def _published(
    labels: Sequence[tuple[str, str]], body: str, name: str | None
) -> tuple[date | None, str | None]:
    """The date of a label, of a whole date under the signature, or of a damaged one there of
    which a single reading is left."""
    told = dates_in(_label(labels, _DATES) or "")
    if told:
        return told[0], "label at the head"
    last = body.split("\n")[-3:]
    signed = [d for line in last if len(line) <= MAX_BRANCH for d in dates_in(line)]
    if signed:
        return signed[-1], "date under the signature"
    tail = len(body) - len("\n".join(last))
    for reading in readings(body, name):
        signature = reading.start >= tail and reading.before in map(str.strip, last)
        if signature and len(reading.left) == 1 and reading.left[0].dates:
            best = reading.left[0]
            against = [f"{c.text}: {w}" for c in reading.candidates for w in c.excluded_by]
            why = "; ".join((*best.evidence, *(f"excluded {a}" for a in against)))
            return best.dates[-1], f"{reading.before} read as {best.text} ({why})"
    return None, None


def language_of(body: str) -> str | None:
    """``zh`` where the text is mostly Chinese; else None."""
    letters = sum(c.isalpha() for c in body)
    han = len(regex.findall(HAN, body))
    return "zh" if letters and han >= ZH_SHARE * letters else None


def as_markdown(body: str) -> str:
    """The ``body`` as markdown: one paragraph for each line, marks of the language escaped."""
    escaped = (regex.sub(r"([\\`*_\[\]<>#])", r"\\\1", line) for line in body.split("\n"))
    return "\n\n".join(escaped) if body else ""


def _foreign(footer: _Footer, frame: Sequence[str], body: str) -> list[str]:
    """Frame names that are not the owner's: beside another's host, without an institution's
    ending, and never named in the body."""
    if not footer.hosts:
        return []
    plain = light(body)
    return [f for f in frame if not _INSTITUTION.search(f) and light(f) not in plain]


def _flags(footer: _Footer, frame: Sequence[str], body: str) -> tuple[str, ...]:
    flags = [f"official host: {host} (named by the copyright line)" for host in footer.hosts]
    flags += [
        f"mirror: {brand} stands in the owner's slot beside {', '.join(footer.hosts)}"
        for brand in _foreign(footer, frame, body)
    ]
    damaged = [r for r in readings(body) if r.candidates]
    if damaged:
        places = ", ".join(f"{r.before} at {r.start}" for r in damaged[:12])
        flags.append(f"damaged dates, readings offered: {places}")
    return tuple(flags)


def _marks(footer: _Footer, frame: Sequence[str], body: str) -> MirrorMarks:
    brands = tuple(_foreign(footer, frame, body))
    return MirrorMarks(
        host="",
        brands=brands,
        kinds=("B",) if brands else (),
        evidence=tuple(f"owner's slot of the footer beside {h}" for h in footer.hosts),
        official_hosts=footer.hosts,
    )
