"""The API described: OpenAPI for programs, and the same as a page for people."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from archive.web.render import page

router = APIRouter(include_in_schema=False)


@router.get("/api/openapi.json")
def openapi(request: Request) -> Response:
    """The description as OpenAPI 3.1."""
    return JSONResponse(request.app.openapi())


@router.get("/api", response_class=HTMLResponse)
def overview(request: Request) -> Response:
    """Every call with its parameters, and the other interfaces."""
    calls = [
        {
            "method": method.upper(),
            "path": path,
            "text": f"api.{method.upper()} {path}",
            "parameters": [_parameter(one) for one in call.get("parameters", ())],
        }
        for path, methods in request.app.openapi()["paths"].items()
        for method, call in methods.items()
    ]
    return page(request, "api.html", calls=calls)


def _parameter(one: dict[str, Any]) -> str:
    return f"{one['name']}{'' if one.get('required') else '?'}"
