"""Pages out of templates: escaped without exception, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from archive.search.snippet import Snippet
from archive.web.language import COOKIE, LANGUAGES, NAMES, PARAMETER, Speech, language_of
from archive.web.links import host_of, safe_address

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
COOKIE_SECONDS = 365 * 24 * 3600


@cache
def environment() -> Environment:
    """The templates; an unknown name in one is an error, not an empty string."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.filters.update(marked=marked, host=host_of, safe_address=safe_address)
    return found


def marked(snippet: Snippet) -> Markup:
    """The piece of text, escaped, with what was searched for in ``mark`` elements."""
    return _with_marks(snippet.text, snippet.marks)


def _with_marks(text: str, marks: Sequence[tuple[int, int]]) -> Markup:
    pieces: list[str] = []
    done = 0
    for start, end in marks:
        pieces += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return Markup("".join([*pieces, escape(text[done:])]))


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The template as an answer; ``t`` in it speaks the reader's language."""
    speech = Speech(language_of(request))
    switches = [
        (code, NAMES[code], str(request.url.include_query_params(**{PARAMETER: code})))
        for code in LANGUAGES
    ]
    text = (
        environment()
        .get_template(template)
        .render(
            t=speech,
            here=request.url.path,
            switches=[(code, name, _path(address)) for code, name, address in switches],
            **values,
        )
    )
    answer = HTMLResponse(text, status, {"Vary": "Accept-Language, Cookie"})
    answer.headers["Content-Language"] = speech.language
    if request.query_params.get(PARAMETER) in LANGUAGES:
        answer.set_cookie(
            COOKIE, speech.language, max_age=COOKIE_SECONDS, httponly=True, samesite="strict"
        )
    return answer


def _path(address: str) -> str:
    """The address without scheme and host, so that it holds behind any proxy."""
    return "/" + address.split("//", 1)[-1].partition("/")[2]
