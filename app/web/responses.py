"""JSON responses with entity tags, 304 for a client whose copy is current; long answers."""

import asyncio
import hashlib
import logging
import time
from collections.abc import (
    AsyncIterator,
    Callable,
    Generator,
    Iterable,
    Mapping,
    Sequence,
)
from itertools import chain
from typing import Any, TypeVar

import orjson
from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import iterate_in_threadpool
from starlette.types import Receive, Scope, Send

from app.web.contract import ErrorShape
from app.web.headers import IS_HEAD
from index import Abandoned, Crowded, Library, LibraryError, queueing, spending_anew

_LOG = logging.getLogger(__name__)

T = TypeVar("T")

BAD = {"model": ErrorShape, "description": "The request cannot be answered"}
UNKNOWN = {"model": ErrorShape, "description": "No such paper"}
SAME = {"description": "The client's copy is current"}
EVERYWHERE: dict[int | str, dict[str, Any]] = {
    503: {"model": ErrorShape, "description": "No index has been built yet"},
    "default": {"model": ErrorShape, "description": "Any other error"},
}
"""Answers other than 200 that every route describes."""

PATIENCE_S = 30.0
"""Seconds that a long answer waits for one of its parts before it is cut off."""

_PAUSE_S = 0.05
_JSON = "application/json"
_REPRESENTATION = b"3"
"""Increases when any answer changes its shape, so that old copies become outdated."""


def answer(request: Request, library: Library, body: Any, state: str = "") -> Response:
    """Return a JSON answer with an entity tag, which depends on snapshot and address.

    `state` stands for whatever else the answer depends on.
    """
    return answer_as(request, library, orjson.dumps(body), _JSON, state)


def answer_as(
    request: Request, library: Library, body: bytes, media_type: str, state: str = ""
) -> Response:
    """Return an answer of another type, as `answer` does."""
    headers = _make_headers(_compute_tag(request, library, state))
    return Response(body, media_type=media_type, headers=headers)


def answer_unchanged(
    request: Request, library: Library, state: str = ""
) -> Response | None:
    """Return 304 if the client has this snapshot's answer, before any work is done."""
    tags = request.headers.get("if-none-match")
    if not tags:
        return None
    tag = _compute_tag(request, library, state)
    if names_tag(tags, tag):
        return Response(status_code=304, headers=_make_headers(tag))
    return None


def stream(
    parts: Generator[bytes, None, None],
    media_type: str,
    headers: Mapping[str, str],
    made: Sequence[bytes] = (),
) -> StreamingResponse:
    """Return a long answer that is made while it is sent; its first part is made at once.

    A part is made when the one before has been sent. An empty one stands for a pause,
    in which no thread is held. `made` are parts that are there already. Raises what
    making the first part does.
    """
    made = made or [next(parts, b"")]
    return _Parts(parts, made, media_type, headers)


class _Parts(StreamingResponse):
    """A long answer; where a part of it cannot be had, the server ends the connection.

    Its generator is closed in the end, so that what it holds is given back at once.
    """

    def __init__(
        self,
        parts: Generator[bytes, None, None],
        made: Sequence[bytes],
        media_type: str,
        headers: Mapping[str, str],
    ) -> None:
        body = _send_and_pause(chain(made, parts))
        super().__init__(body, media_type=media_type, headers=dict(headers))
        self._parts = parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if IS_HEAD in scope:
            self.body_iterator = _send_and_pause(())
        try:
            await super().__call__(scope, receive, send)
        except LibraryError as error:
            _LOG.warning("an answer is cut off: %s", error)
        finally:
            self._parts.close()


async def _send_and_pause(parts: Iterable[bytes]) -> AsyncIterator[bytes]:
    async for part in iterate_in_threadpool(parts):
        if part:
            yield part
        else:
            await asyncio.sleep(_PAUSE_S)


def wait_for(step: Callable[[], T]) -> Generator[bytes, None, T | None]:
    """Take a step of a long answer, from means of its own; return what comes of it.

    While it stands in the queue of dear requests, yield empty parts, at which
    `stream` pauses. Returns None if nobody waits any more. Raises Crowded after PATIENCE_S.
    """
    deadline = time.monotonic() + PATIENCE_S
    with queueing() as place:
        while not place.is_set():
            if time.monotonic() > deadline:
                raise Crowded("too many expensive requests are being answered")
            yield b""
        try:
            with spending_anew(place):
                return step()
        except Abandoned:
            return None


def names_tag(tags: str, tag: str) -> bool:
    """Tell whether `If-None-Match` names a tag, weak or strong (RFC 9110, 8.8.3.2)."""
    known = {known.strip().removeprefix("W/") for known in tags.split(",")}
    return "*" in known or tag.removeprefix("W/") in known


def _make_headers(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}


def _compute_tag(request: Request, library: Library, state: str) -> str:
    """Return a weak tag: `took_ms` differs between equal answers."""
    scope = request.scope
    query = scope["query_string"]
    asked = b"?".join((scope["raw_path"], query, _REPRESENTATION, state.encode()))
    digest = hashlib.blake2b(asked, digest_size=8)
    return f'W/"{library.edition}-{digest.hexdigest()}"'
