"""Pages to which a link leads only through a function of the page: ``javascript:goPage(2)``.

``function goPage(n) { location.href = "list_" + n + ".html" }`` is how many institutes turn the
pages of their lists; others put the number into a field and send the form. The functions are not
run: those are understood that join literals, their own arguments and variables set by the same
means. It promises no address of which a part is not known, none of a form that is sent by POST
(an archive could not show its answer under an address), and to take bounded time for any script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlencode

from lxml.etree import _Element as Element

MAX_CALLS = 1_000
"""Calls of one page that are looked at."""

MAX_FUNCTIONS = 200
MAX_BODY = 2_000
"""Characters of a function's body."""

MAX_CODE = 400
"""Characters of a handler."""

MAX_ADDRESS = 1_000

_NAME = r"[A-Za-z_$][\w$]{0,60}+"
_FUNCTION = (
    r"\bfunction\s+{name}\s{{0,9}}\(([^()]{{0,200}})\)\s{{0,9}}\{{"
    r"|(?<![\w$]){name}\s{{0,9}}=\s{{0,9}}function\s{{0,9}}\(([^()]{{0,200}})\)\s{{0,9}}\{{"
)
_MAY_OPEN = re.compile(r"location|\bopen\s*\(|submit\s*\(")
_CALL = re.compile(rf"(?:^|[;:\s])({_NAME})\s{{0,9}}\(([^()]{{1,300}})\)")
_CAST = r"(?:parseInt|Number|String|encodeURI(?:Component)?)"
_TERM = (
    r"\s{0,9}(?:'[^'\n]{0,300}'|\"[^\"\n]{0,300}\""
    rf"|\(\s{{0,9}}{_NAME}\s{{0,9}}[-+]\s{{0,9}}[0-9]{{1,3}}\s{{0,9}}\)"
    rf"|{_CAST}\(\s{{0,9}}{_NAME}\s{{0,9}}(?:,\s{{0,9}}10\s{{0,9}})?\)|{_NAME}|[0-9]{{1,6}})\s{{0,9}}"
)
_EXPRESSION = rf"({_TERM}(?:\+{_TERM}){{0,9}})"
_END = r"(?=[;,)}\n]|$)"
_PART = re.compile(
    r"'(?P<single>[^'\n]*)'|\"(?P<double>[^\"\n]*)\"|(?P<number>[0-9]{1,6})"
    rf"|\(\s*(?P<base>{_NAME})\s*(?P<sign>[-+])\s*(?P<step>[0-9]{{1,3}})\s*\)"
    rf"|{_CAST}\(\s*(?P<cast>{_NAME})[^()]*\)|(?P<name>{_NAME})"
)
_GOES = re.compile(
    r"(?:\blocation(?:\.href)?\s{0,9}=(?!=)|\blocation\.(?:replace|assign)\s{0,9}\("
    r"|\bwindow\.open\s{0,9}\()" + _EXPRESSION + _END
)
_SETS = re.compile(rf"(?<![\w$.])({_NAME})\s{{0,9}}=(?!=)" + _EXPRESSION + _END)
_FIELD = re.compile(
    r"(?:\.|[\"'#=])([A-Za-z_][\w.-]{0,60}?)[\"'\])\s]{0,6}\.(?:value\s{0,9}=(?!=)|val\s{0,9}\()"
    + _EXPRESSION
    + _END
)
_ASSIGNED = re.compile(rf"(?<![\w$.])({_NAME})\s{{0,9}}(?:[-+]?=(?!=)|\+\+|--)")
_ARGUMENT = re.compile(r"\s*(?:'([^']*)'|\"([^\"]*)\"|(-?[0-9]{1,9})|[^,]*)\s*(?:,|$)")
_SENDS = re.compile(r"\bsubmit\s{0,9}\(")

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Function:
    parameters: tuple[str, ...]
    body: str


class Functions:
    """The functions that the ``scripts`` of one page define; ``encoding`` is the page's, in which
    its forms are sent."""

    def __init__(self, scripts: Sequence[str], encoding: str) -> None:
        self._encoding = encoding
        self._scripts = [script for script in scripts if "function" in script]
        self._known: dict[str, _Function | None] = {}
        self._globals: dict[str, str] | None = None

    def _function(self, name: str) -> _Function | None:
        if name not in self._known and len(self._known) < MAX_FUNCTIONS:
            defined = (_defined(name, script) for script in self._scripts if name in script)
            self._known[name] = next((one for one in defined if one), None)
        return self._known.get(name)

    def _page_variables(self) -> dict[str, str]:
        if self._globals is None:
            self._globals = {}
            for script in self._scripts:
                for match in _SETS.finditer(script):
                    value = _value(match[2], {})
                    if value is not None:
                        self._globals.setdefault(match[1], value)
        return self._globals

    def pages(self, code: str, element: Element) -> Iterator[str]:
        """References to the pages that ``code``, which stands on ``element``, would open."""
        for call in _CALL.finditer(unquote(code[:MAX_CODE])):
            function = self._function(call[1])
            if function is not None:
                yield from self._opened(function, _arguments(call[2]), element)

    def _opened(
        self, function: _Function, arguments: list[str | None], element: Element
    ) -> Iterator[str]:
        known = dict(self._page_variables())
        for name, value in zip(function.parameters, arguments, strict=False):
            known.pop(name, None)
            if value is not None:
                known[name] = value
        _set_locals(function, known)
        for match in _GOES.finditer(function.body):
            address = _value(match[1], known)
            if address and len(address) <= MAX_ADDRESS:
                yield address
        if _SENDS.search(function.body):
            for match in _FIELD.finditer(function.body):
                value = _value(match[2], known)
                if value is not None:
                    yield from _sent(element, match[1], value, self._encoding)


def _defined(name: str, script: str) -> _Function | None:
    escaped = re.escape(name)
    found = re.search(_FUNCTION.format(name=escaped), script)
    if found is None:
        return None
    parameters = tuple(part.strip() for part in (found[1] or found[2] or "").split(","))
    body = _body(script, found.end())
    return _Function(parameters, body) if _MAY_OPEN.search(body) else None


def _body(script: str, start: int) -> str:
    depth = 1
    for place in range(start, min(len(script), start + MAX_BODY)):
        letter = script[place]
        depth += (letter == "{") - (letter == "}")
        if depth == 0:
            return script[start:place]
    return ""


def _set_locals(function: _Function, known: dict[str, str]) -> None:
    """Variables that the body sets by what is known; what it sets otherwise is known no more."""
    for assigned in _ASSIGNED.finditer(function.body):
        match = _SETS.match(function.body, assigned.start())
        value = _value(match[2], known) if match else None
        if value is not None:
            known[assigned[1]] = value
        else:
            known.pop(assigned[1], None)


def _arguments(listed: str) -> list[str | None]:
    values: list[str | None] = []
    for match in _ARGUMENT.finditer(listed):
        if match.start() >= len(listed):
            break
        values.append(next((group for group in match.groups() if group is not None), None))
    return values


def _value(expression: str, known: Values) -> str | None:
    """What ``expression`` comes to; None where a part of it is not known."""
    value = ""
    for part in _PART.finditer(expression):
        piece = _piece(part, known)
        if piece is None:
            return None
        value += piece
    return value


def _piece(part: re.Match[str], known: Values) -> str | None:
    for literal in ("single", "double", "number"):
        if part[literal] is not None:
            return part[literal]
    if part["base"] is None:
        return known.get(part["cast"] or part["name"])
    number = known.get(part["base"], "")
    if not number.isdecimal():
        return None
    step = int(part["step"])
    reached = int(number) + (step if part["sign"] == "+" else -step)
    # index_0.html is no page of a list that begins with index.html.
    return str(reached) if reached > 0 else None


def _sent(element: Element, field: str, value: str, encoding: str) -> Iterator[str]:
    """The address to which the form goes that has ``field``, with ``value`` in it."""
    # document.form.field.value: which part is the form's name, and which the field's?
    named = (field, field.rpartition(".")[2])
    inputs = element.getroottree().iter("input")
    found = next((one for one in inputs if {one.get("name"), one.get("id")} & {*named}), None)
    form = None if found is None else next(found.iterancestors("form"), None)
    name = None if found is None else found.get("name")
    if form is None or not name or (form.get("method") or "get").strip().lower() != "get":
        return
    action = (form.get("action") or "").strip().partition("?")[0].partition("#")[0]
    sent = urlencode(_fields(form) | {name: value}, encoding=encoding, errors="replace")
    if len(action) + len(sent) < MAX_ADDRESS:
        yield f"{action}?{sent}"


def _fields(form: Element) -> dict[str, str]:
    sent: dict[str, str] = {}
    for field in form.iter("input"):
        name, kind = field.get("name"), (field.get("type") or "text").lower()
        if name and kind in ("text", "hidden", "number", "search"):
            sent[name] = field.get("value") or ""
    return sent
