"""Only parameters that the description of the API has are answered.

A program that writes ``from=2012`` where the parameter is called otherwise would take every article
for what it asked for. It promises a problem instead (400), which names what there is.
"""

from __future__ import annotations

from difflib import get_close_matches

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request


def known_only(request: Request) -> None:
    """Nothing, where the description has every parameter of the address; else raises
    RequestValidationError."""
    operations = request.app.openapi()["paths"][request.scope["route"].path]
    described = operations[request.method.lower()].get("parameters", ())
    known = [one["name"] for one in described if one["in"] == "query"]
    for name in dict.fromkeys(request.query_params):
        if name not in known:
            raise RequestValidationError(
                [{"type": "value_error", "loc": ("query", name[:40]), "msg": _told(name, known)}]
            )


def _told(name: str, known: list[str]) -> str:
    if not known:
        return "there is no such parameter, and no other"
    ends = [one for one in known if one.endswith(f"_{name}")]
    meant = ends or get_close_matches(name, known, n=1)
    if meant:
        return f"there is no such parameter; {meant[0]} may be meant"
    return f"there is no such parameter: {', '.join(known)}"
