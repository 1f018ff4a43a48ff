"""The address of agents, /mcp. The SDK is imported when the first of them asks."""

from collections.abc import Awaitable, Callable
from importlib import import_module

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from app.mcp.extra import GET_MCP, is_installed
from app.mcp.guard import PATH, refuse_stranger
from app.web.errors import make_error_body

router = APIRouter(include_in_schema=False)


class _Spoken(Response):
    """A response that the SDK writes."""

    def __init__(self, answer: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        super().__init__()
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._answer(scope, receive, send)


@router.post(PATH)
async def answer_agent(request: Request) -> Response:
    """Answer one message of an agent; 404 where the extra `mcp` is not installed."""
    if refusal := _refuse_all() or refuse_stranger(request):
        return refusal
    transports = await run_in_threadpool(import_module, "app.mcp.transports")
    return _Spoken(transports.answer_http)


@router.get(PATH)
@router.delete(PATH)
async def refuse_stream() -> Response:
    """Refuse streams and sessions, which older clients ask for: there are none."""
    if refusal := _refuse_all():
        return refusal
    body = make_error_body(
        "method_not_allowed",
        "agents send each message here by POST (Model Context Protocol, streamable HTTP)",
        hint="docs/api.md has the configuration of some clients",
    )
    return JSONResponse(body, 405, {"Allow": "POST"})


def _refuse_all() -> Response | None:
    if is_installed():
        return None
    body = make_error_body(
        "mcp_missing",
        "this service does not speak to agents: the extra `mcp` is not installed",
        hint=f"the operator can {GET_MCP}",
    )
    return JSONResponse(body, 404)
