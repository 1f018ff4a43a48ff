"""The limit of requests a minute from one client, and what it remembers for that."""

import hashlib
import math
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.assets import PREFIX
from app.web.clients.address import find_client
from app.web.errors import make_error_body, respond

_MINUTE_S = 60.0
_MOST_KEPT = 50_000  # clients, some 10 MB
_HASH_BYTES = 8
_EXEMPT = {"/healthz", "/readyz", "/metrics", "/favicon.ico", "/robots.txt"}


class RateMeter:
    """Admits so many requests a minute from each client, by the generic cell rate.

    Of a client only the moment is kept at which it will have used up nothing, under a
    hash with a salt that never leaves memory. Used from the event loop alone.
    """

    def __init__(
        self, per_minute: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin with nobody known."""
        self._cost_s = _MINUTE_S / per_minute
        self._clock = clock
        self._salt = secrets.token_bytes(_HASH_BYTES)
        self._free_at: OrderedDict[bytes, float] = OrderedDict()

    def __len__(self) -> int:
        """Return how many clients are remembered."""
        return len(self._free_at)

    def admit(self, client: str) -> float:
        """Count a request; return 0, or after how many seconds it would be admitted."""
        now = self._clock()
        key = self._hash(client)
        free_at = max(self._free_at.get(key, now), now) + self._cost_s
        wait = free_at - now - _MINUTE_S
        if wait > self._cost_s / 1_000:  # the rest is rounding
            return wait
        self._free_at[key] = free_at
        self._free_at.move_to_end(key)
        self._forget(now)
        return 0.0

    def _forget(self, now: float) -> None:
        """Drop who is as good as unknown, and where too many are left, the oldest."""
        while self._free_at:
            oldest = next(iter(self._free_at))
            if self._free_at[oldest] > now and len(self._free_at) <= _MOST_KEPT:
                return
            del self._free_at[oldest]

    def _hash(self, client: str) -> bytes:
        return hashlib.blake2b(
            client.encode(errors="replace"), key=self._salt, digest_size=_HASH_BYTES
        ).digest()


class RateLimit:
    """Answers 429 with Retry-After to a client that asks too much."""

    def __init__(self, app: ASGIApp, meter: RateMeter) -> None:
        """Wrap an application."""
        self._app = app
        self._meter = meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http" or _is_exempt(scope["path"]):
            await self._app(scope, receive, send)
            return
        wait_s = self._meter.admit(find_client(scope))
        if not wait_s:
            await self._app(scope, receive, send)
            return
        seconds = math.ceil(wait_s)
        message = f"too many requests came from this address; wait {seconds} s"
        body = make_error_body("too_many_requests", message)
        refused = respond(
            Request(scope),
            429,
            body,
            {"Retry-After": str(seconds), "Cache-Control": "no-store"},
        )
        await refused(scope, receive, send)


def _is_exempt(path: str) -> bool:
    return path in _EXEMPT or path.startswith(f"{PREFIX}/")
