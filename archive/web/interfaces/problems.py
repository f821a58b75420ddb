"""What goes wrong, as the description of the API tells it (RFC 9457).

FastAPI describes an answer 422 that this room never gives. It promises that what is described is
what comes.
"""

from __future__ import annotations

from typing import Any

from archive.web.interfaces.api_models import ProblemModel

_PROBLEM = {"application/problem+json": {"schema": ProblemModel.model_json_schema()}}
_LINE = {"text/plain": {"schema": {"type": "string"}}}


def _problem(description: str) -> dict[str, Any]:
    return {"description": description, "content": _PROBLEM}


PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: _problem("A parameter is missing, of another kind, or unknown."),
    404: _problem("There is no such article, capture, site or run."),
    "default": {
        "description": "Whatever else goes wrong (410: the article is read no more). Requests that "
        "are too long or too many, or of somebody unknown, are refused with a line of text.",
        "content": _PROBLEM | _LINE,
    },
}
