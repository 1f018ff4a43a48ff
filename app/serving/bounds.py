"""The bounds of a connection, and the refusals of those that leave them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum, auto
from http import HTTPStatus
from typing import Any

import orjson

_RETRY_S = 1


class Stage(Enum):
    """The part that comes next from the client."""

    NOTHING = auto()  # of a request yet
    HEAD = auto()
    BODY = auto()
    ANSWER = auto()  # it is whole: ours to answer, or answered
    DROPPED = auto()  # no more is heard; answers are on their way
    REFUSED = auto()  # no more is heard, and that was said


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The limits of one connection, and how many `connections` a process holds.

    A query of 4,000 characters takes up to 48,000 bytes of an address. Docs and proxies
    (docs/operating.md, docs/proxies) rely on these numbers.
    """

    head_bytes: int = 64 << 10  # address and headers of a request
    headers: int = 100
    pipelined: int = 16  # requests that wait for the one before
    connections: int = 500
    surplus: int = 100  # connections that are told there are too many
    dropped_bytes: int = 4 << 20  # read and thrown away after a refusal
    head_s: float = 10.0
    body_s: float = 30.0
    idle_s: float = 20.0  # between two requests
    unread_s: float = 60.0  # bytes of an answer that wait for their reader
    refused_s: float = 2.0  # for a client to read a refusal
    yielding_s: float = 1.0  # a client waited for so long may lose its place
    parting_s: float = 1.0  # idle, when the service stops
    leaving_s: float = 4.0  # anything else that waits for a client then
    tick_s: float = 0.5  # how often a connection is looked at

    def waits(self, stage: Stage) -> tuple[float, float]:
        """Return how long a client is waited for, and how long once the service stops."""
        return {
            Stage.NOTHING: (self.head_s, self.parting_s),
            Stage.HEAD: (self.head_s, self.leaving_s),
            Stage.BODY: (self.body_s, self.leaving_s),
            Stage.ANSWER: (self.idle_s, self.parting_s),
            Stage.REFUSED: (self.refused_s, self.refused_s),
        }[stage]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that the connection gives by itself, before any route."""

    status: HTTPStatus
    code: str
    message: str
    hint: str | None = None

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """The headers but for the date; a refusal is the last answer."""
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(self.body)).encode()),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
            (b"connection", b"close"),
        ]
        if self.status is HTTPStatus.SERVICE_UNAVAILABLE:
            headers.append((b"retry-after", str(_RETRY_S).encode()))
        return headers

    @property
    def body(self) -> bytes:
        """The error, in the one shape that all errors have."""
        return orjson.dumps(
            {
                "error": self.code,
                "message": self.message,
                "param": None,
                "hint": self.hint,
            }
        )

    async def __call__(
        self, _scope: Any, _receive: Any, send: Callable[[Any], Awaitable[None]]
    ) -> None:
        """Answer a request in place of the application."""
        start = {"type": "http.response.start", "status": int(self.status)}
        await send(start | {"headers": self.headers})
        await send({"type": "http.response.body", "body": self.body})


NO_HTTP = Refusal(
    HTTPStatus.BAD_REQUEST, "bad_request", "this is not a request of HTTP/1.1"
)
TOO_LARGE = Refusal(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    "too_large",
    "the address and the headers are too long, or there are too many headers",
    hint="send less",
)
TOO_SLOW = Refusal(
    HTTPStatus.REQUEST_TIMEOUT, "timeout", "the request did not come whole in time"
)
TOO_MANY = Refusal(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "busy",
    "too many connections are open; try again in a moment",
)
