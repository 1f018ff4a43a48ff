"""The size limit of a request's body."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 1 << 20
"""Bytes that a request's body may have."""


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
