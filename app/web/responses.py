"""JSON responses, and telling a program that it has the current one already."""

import hashlib
from typing import Any

import orjson
from fastapi import Request, Response

from app.web.contract import ErrorShape
from index import Library

BAD = {"model": ErrorShape, "description": "What was asked cannot be answered"}
UNKNOWN = {"model": ErrorShape, "description": "No such paper"}
SAME = {"description": "The asker's copy is current"}
EVERYWHERE: dict[int | str, dict[str, Any]] = {
    503: {"model": ErrorShape, "description": "No index has been built yet"},
    "default": {"model": ErrorShape, "description": "Any other error"},
}
"""What else but 200 a route may answer, as its description has it."""

_JSON = "application/json"
_REPRESENTATION = b"3"
"""Changes with the shape of any answer, so that old copies are not taken for current."""


def answer(request: Request, library: Library, body: Any, state: str = "") -> Response:
    """Return a JSON answer of a snapshot, with a tag to ask by whether it changed.

    `state` tells apart what else the answer depends on.
    """
    return Response(
        orjson.dumps(body),
        media_type=_JSON,
        headers=_headers(_tag(request, library, state)),
    )


def unchanged(request: Request, library: Library, state: str = "") -> Response | None:
    """Return 304 where the asker has this snapshot's answer, before any work is done."""
    tags = request.headers.get("if-none-match")
    if not tags:
        return None
    tag = _tag(request, library, state)
    held = {held.strip().removeprefix("W/") for held in tags.split(",")}
    if "*" in held or tag.removeprefix("W/") in held:
        return Response(status_code=304, headers=_headers(tag))
    return None


def _headers(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}


def _tag(request: Request, library: Library, state: str) -> str:
    """Return a weak tag: `took_ms` differs between equal answers."""
    scope = request.scope
    query = scope["query_string"]
    asked = b"?".join((scope["raw_path"], query, _REPRESENTATION, state.encode()))
    digest = hashlib.blake2b(asked, digest_size=8)
    return f'W/"{library.manifest.name}-{digest.hexdigest()}"'
