"""Pages out of templates: escaped without exception, in the reader's language."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from archive.warc.originals import own_name
from archive.web.asked import parameters
from archive.web.language import COOKIE, LANGUAGES, NAMES, PARAMETER, Speech, language_of
from archive.web.links import (
    calendar_page,
    capture_page,
    captures_page,
    exchange_file,
    host_calendar,
    host_of,
    in_archive,
    path_of,
    safe_address,
)
from archive.web.stops import MAX_LISTED, stop_place
from archive.web.tongue import spoken, tongue

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
    found.filters.update(
        host=host_of, path=path_of, safe_address=safe_address, own_name=own_name, tongue=tongue
    )
    found.filters["spoken"] = _spoken
    found.globals.update(
        calendar_page=calendar_page,
        capture_page=capture_page,
        captures_page=captures_page,
        exchange_file=exchange_file,
        host_calendar=host_calendar,
        in_archive=in_archive,
        most_listed=MAX_LISTED,
        stop_place=stop_place,
    )
    return found


@pass_context
def _spoken(context: Context, text: object) -> Markup:
    speech: Speech = context["t"]
    return spoken(text, speech.language)


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The template as an answer; ``t`` in it speaks the reader's language."""
    speech = Speech(language_of(request))
    text = (
        environment()
        .get_template(template)
        .render(
            t=speech,
            here=request.url.path,
            address=str(request.url),
            now=datetime.now(UTC),
            switches=_switches(request),
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


def _switches(request: Request) -> list[tuple[str, str, str]]:
    """Each language with its name and the address of this page in it: without scheme and host, so
    that it holds behind any proxy."""
    asked = [pair for pair in parameters(request).multi_items() if pair[0] != PARAMETER]
    # Two slashes at the beginning would be another host's name.
    path = "/" + quote(request.url.path).lstrip("/")
    before = f"{path}?{urlencode(asked)}{'&' if asked else ''}{PARAMETER}="
    return [(code, NAMES[code], before + code) for code in LANGUAGES]
