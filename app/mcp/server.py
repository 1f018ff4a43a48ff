"""The server of the protocol: it lists the tools, calls them, and reads papers.

It imports the SDK, as transports.py does; nothing else does, and both are imported late.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event
from typing import Any, TypeAlias

import anyio.to_thread
import mcp_types as types
import orjson
from mcp import MCPError
from mcp.server.caching import CacheHint
from mcp.server.lowlevel.server import Server

from app import __version__
from app.mcp.reading import SCHEME, read_resource
from app.mcp.shape import Desk
from app.mcp.tools import INSTRUCTIONS, TOOLS, BadArguments, Tool
from app.state.connection import StateError
from app.web.errors import STATUS, BadParameter, word_plainly
from index import BadId, LibraryError, UnknownPaper

_LOG = logging.getLogger(__name__)
_HOUR_MS = 3_600_000
_MARKDOWN = "text/markdown"

OpenDesk: TypeAlias = Callable[[Any], Desk]
"""Returns the desk of a call, given its context; may open a library, in a thread."""

Spend: TypeAlias = Callable[[Callable[[], bool]], AbstractContextManager[object]]
"""Returns what pays for a call; it is given what tells that nobody waits any more."""


class Speaker:
    """Answers what clients of the protocol ask, over whatever connects them."""

    def __init__(self, open_desk: OpenDesk, spend: Spend, *, abandons: bool) -> None:
        """Take where calls find their library, and who pays for them.

        With `abandons`, a call that its client cancels is left behind at once, and its
        thread ends with its next step; else it is waited for.
        """
        self._open_desk = open_desk
        self._spend = spend
        self._abandons = abandons
        hint = CacheHint(ttl_ms=_HOUR_MS, scope="public")
        cached = ("tools/list", "resources/list", "resources/templates/list")
        self.server: Server[Any] = Server(
            "winnow",
            title="Winnow",
            version=__version__,
            instructions=INSTRUCTIONS,
            cache_hints=dict.fromkeys(cached, hint),
            get_tool_input_schema=_SCHEMAS.get,
            on_list_tools=_list_tools,
            on_call_tool=self._call_tool,
            on_list_resources=_list_resources,
            on_list_resource_templates=_list_templates,
            on_read_resource=self._read_resource,
        )
        self.server.middleware.clear()  # it has nothing but spans of OpenTelemetry

    async def _call_tool(self, context: Any, asked: Any) -> Any:
        tool = TOOLS.get(asked.name)
        if tool is None:
            names = ", ".join(TOOLS)
            message = f"there is no tool of that name; the tools are {names}"
            raise MCPError(types.INVALID_PARAMS, message)
        try:
            arguments = tool.read(asked.arguments or {})
            answer = await self._run(context, lambda desk: tool.answer(desk, arguments))
        except Exception as error:  # noqa: BLE001  what it is decides what is said
            return _refuse(_word(tool, error))
        text = orjson.dumps(answer).decode()
        content = [types.TextContent(type="text", text=text)]
        return types.CallToolResult(content=content, structured_content=answer)

    async def _read_resource(self, context: Any, asked: Any) -> Any:
        uri = str(asked.uri)
        if not uri.startswith(SCHEME):
            message = f"resources are papers: {SCHEME}1706.03762"
            raise MCPError(types.INVALID_PARAMS, message)
        try:
            text = await self._run(context, lambda desk: read_resource(desk, uri))
        except (BadId, UnknownPaper) as error:
            raise MCPError(types.INVALID_PARAMS, str(error)) from None
        except Exception as error:  # noqa: BLE001  as above
            raise MCPError(types.INTERNAL_ERROR, _word(None, error)) from None
        contents = types.TextResourceContents(uri=uri, mime_type=_MARKDOWN, text=text)
        return types.ReadResourceResult(contents=[contents])

    async def _run(self, context: Any, answer: Callable[[Desk], Any]) -> Any:
        """Answer in a thread, which has this call's budget."""
        left = Event()

        def work() -> Any:
            with self._spend(left.is_set):
                return answer(self._open_desk(context))

        try:
            return await anyio.to_thread.run_sync(work, abandon_on_cancel=self._abandons)
        finally:
            left.set()


async def _list_tools(_context: Any, _asked: Any) -> Any:
    return types.ListToolsResult(tools=[_describe(tool) for tool in TOOLS.values()])


async def _list_resources(_context: Any, _asked: Any) -> Any:
    return types.ListResourcesResult(resources=[])


async def _list_templates(_context: Any, _asked: Any) -> Any:
    template = types.ResourceTemplate(
        uri_template=f"{SCHEME}{{id}}",
        name="paper",
        title="A paper",
        description="An arXiv paper by id as Markdown: facts, abstract, summaries.",
        mime_type=_MARKDOWN,
    )
    return types.ListResourceTemplatesResult(resource_templates=[template])


_SCHEMAS = {name: tool.arguments.model_json_schema() for name, tool in TOOLS.items()}


def _describe(tool: Tool) -> Any:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=_SCHEMAS[tool.name],
        output_schema=tool.result.model_json_schema() if tool.result else None,
        annotations=types.ToolAnnotations(
            read_only_hint=True,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        ),
    )


def _refuse(message: str) -> Any:
    content = [types.TextContent(type="text", text=message)]
    return types.CallToolResult(content=content, is_error=True)


def _word(tool: Tool | None, error: Exception) -> str:
    """Return what a model may read of an error, and what it can write instead."""
    if isinstance(error, BadArguments):
        return str(error)
    if isinstance(error, BadParameter):
        return _join(f"{error.param}: {error}", error.hint)
    if isinstance(error, LibraryError | StateError) and type(error) in STATUS:
        return _join(word_plainly(error), getattr(error, "hint", None))
    name = tool.name if tool else SCHEME
    _LOG.error("cannot answer %s", name, exc_info=error)
    return "something went wrong here; it has been logged"


def _join(message: str, hint: str | None) -> str:
    return f"{message}; {hint}" if hint else message
