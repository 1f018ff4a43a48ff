"""How large a request may be."""

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.errors import error_body, respond

MAX_BODY = 1 << 20
"""Bytes of a request's body."""


MAX_PARAMETERS = 100
"""Parameters of an address. Reading 13,000 of them takes 40 ms."""


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
        body = error_body("too_many_parameters", message, hint="leave some out")
        request = Request({**scope, "query_string": b""})
        await respond(request, 400, body)(scope, receive, send)


class BodyLimit:
    """Refuses a body over MAX_BODY with 413 as soon as that much has come."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting its body."""
        received = 0

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MAX_BODY:
                raise HTTPException(
                    413, f"the body is larger than {MAX_BODY:,} bytes; send less"
                )
            return message

        await self._app(scope, receive_counted, send)
