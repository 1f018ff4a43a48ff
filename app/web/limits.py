"""The limits of a request: how many parameters, how large a body, how much work."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import anyio.to_thread
from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.errors import make_error_body, respond
from index import Budget, Gate, spending

MAX_BODY = 1 << 20
"""Bytes that a request's body may have."""


MAX_PARAMETERS = 100
"""Parameters of an address. Reading 13,000 of them takes 40 ms."""

_BODILESS = ("GET", "HEAD")

IS_GONE = "winnow.is_gone"
"""The extension of a scope by which a server tells that a client has gone."""


class QueryLimit:
    """Refuses an address with more than MAX_PARAMETERS before anything reads them."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on if its parameters are few."""
        if scope.get("query_string", b"").count(b"&") < MAX_PARAMETERS:
            await self._app(scope, receive, send)
            return
        message = f"there are more than {MAX_PARAMETERS} parameters"
        body = make_error_body("too_many_parameters", message, hint="leave some out")
        request = Request({**scope, "query_string": b""})
        await respond(request, 400, body)(scope, receive, send)


class BodyLimit:
    """Refuses a body over MAX_BODY with 413 as soon as it has received that much."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and count the bytes of its body."""
        received = 0

        async def count_received() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MAX_BODY:
                raise HTTPException(
                    413, f"the body is larger than {MAX_BODY:,} bytes; send less"
                )
            return message

        await self._app(scope, count_received, send)


WORKING, MOST = 2, 40
"""Requests that one process works on at once, the slow ones aside; and all of them.

Threads of Python share one interpreter: with forty of them a page takes as long as all
that came meanwhile (docs/decisions/web.md).
"""

SLOW_S = 0.05
"""Seconds in a thread after which a request is slow: the next one need not wait for it."""

_LOOK_S = 0.01


class Threads:
    """The threads of requests: WORKING, and one more for each request that is slow."""

    def __init__(self) -> None:
        """Take the threads of an event loop when the first request comes."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._since: dict[object, float] = {}
        self._requests = 0
        self._is_looking = False

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Look after the threads of the running event loop while a request is answered."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._is_looking = loop, False
            anyio.to_thread.current_default_thread_limiter().total_tokens = WORKING
        if not self._is_looking:
            self._is_looking = True
            loop.call_later(_LOOK_S, self._look, loop)
        self._requests += 1
        try:
            yield
        finally:
            self._requests -= 1

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Open a place for each slow request, and close those of requests that are over."""
        pool = anyio.to_thread.current_default_thread_limiter()
        now = loop.time()
        working = pool.statistics().borrowers
        self._since = {task: self._since.get(task, now) for task in working}
        slow = sum(now - since > SLOW_S for since in self._since.values())
        pool.total_tokens = min(WORKING + slow, MOST)
        self._is_looking = self._requests > 0
        if self._is_looking:
            loop.call_later(_LOOK_S, self._look, loop)


class Budgets:
    """Gives each request a budget. All requests of a process share one gate."""

    def __init__(self, app: ASGIApp, gate: Gate | None = None) -> None:
        """Wrap an application."""
        self._app = app
        self._threads = Threads()
        self._gate = gate or Gate()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; threads that answer it take the budget along.

        Its time begins once the body is here. While an answer is sent, it leaves the gate:
        both take as long as a client likes.
        """
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = scope.get("extensions", {})
        known = {"is_abandoned": told[IS_GONE]} if IS_GONE in told else {}
        budget = Budget(gate=self._gate, **known)
        if scope["method"] in _BODILESS:
            budget.begin()

        async def receive_and_begin() -> Message:
            message = await receive()
            if not message.get("more_body"):
                budget.begin()
            return message

        async def leave_and_send(message: Message) -> None:
            budget.close()
            await send(message)

        with self._threads.answering(), spending(budget):
            await self._app(scope, receive_and_begin, leave_and_send)
