"""The transports: streamable HTTP, a request at a time, and standard input and output.

It imports the SDK, as server.py does.
"""

from collections.abc import Callable
from contextlib import nullcontext
from functools import cache
from typing import Any

import anyio
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from app.mcp.server import Speaker
from app.mcp.shape import Desk
from app.settings import Settings
from app.state.connection import Database
from app.web.addresses import find_home
from index import Budget, Gate, Shelf, spending

MOST_BYTES = 256 << 10
"""Of a request, which holds a query and some ids."""


async def answer_http(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request. Nothing is kept for the next, of any version of the protocol."""
    manager = StreamableHTTPSessionManager(
        app=_speak_http().server,
        json_response=True,
        stateless=True,
        max_request_body_size=MOST_BYTES,
    )
    async with manager.run():
        await manager.handle_request(scope, receive, send)


def serve_stdio(settings: Settings) -> None:
    """Answer on standard input and output until the input ends. Nothing else may print."""
    anyio.run(_serve_stdio, settings)


@cache
def _speak_http() -> Speaker:
    """Return the speaker of this process; the middleware has a budget for each request."""
    return Speaker(_open_desk, lambda _: nullcontext(), abandons=False)


def _open_desk(context: Any) -> Desk:
    request: Request = context.request
    return Desk(
        library=request.state.shelf.library(),
        database=request.state.database,
        home=find_home(request),
    )


async def _serve_stdio(settings: Settings) -> None:
    shelf, gate = Shelf(settings.data_dir), Gate()
    database = Database.beside(settings.data_dir, settings.state_url)

    def open_desk(_context: Any) -> Desk:
        return Desk(library=shelf.library(), database=database, home=settings.public_url)

    def spend(is_abandoned: Callable[[], bool]) -> Any:
        return spending(Budget(gate=gate, is_abandoned=is_abandoned))

    server = Speaker(open_desk, spend, abandons=True).server
    try:
        async with stdio_server() as (reader, writer):
            await server.run(reader, writer, server.create_initialization_options())
    finally:
        database.close()
        shelf.close()
