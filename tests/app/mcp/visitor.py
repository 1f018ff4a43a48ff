"""A client of the SDK, of version 1 or 2, that uses all there is; run as a program.

It reads what to do as JSON from standard input, and prints as JSON what it saw.
"""

import itertools
import json
import sys
from contextlib import asynccontextmanager
from importlib.metadata import version

import anyio
import mcp

IS_OLD = version("mcp").startswith("1.")


@asynccontextmanager
async def connect(target):
    """Yield a client of the SDK that is there."""
    is_http = target[0].startswith("http")
    pipes = (
        None if is_http else mcp.StdioServerParameters(command=target[0], args=target[1:])
    )
    if not IS_OLD:
        async with mcp.Client(target[0] if is_http else mcp.stdio_client(pipes)) as client:
            yield client
        return
    from mcp.client.stdio import stdio_client
    from mcp.client.streamable_http import streamablehttp_client

    transport = streamablehttp_client(target[0]) if is_http else stdio_client(pipes)
    async with transport as streams, mcp.ClientSession(*streams[:2]) as session:
        await session.initialize()
        yield session


def is_error(result):
    return result.isError if IS_OLD else result.is_error


def structure(result):
    return result.structuredContent if IS_OLD else result.structured_content


async def look(client, calls, times):
    seen = {"tools": [tool.name for tool in (await client.list_tools()).tools]}
    seen["answered"], seen["calls"] = {}, 0
    for name, arguments in calls.items():
        result = await client.call_tool(name, arguments)
        seen["said"] = result.content[0].text
        seen["answered"][name] = not is_error(result) and structure(result) == json.loads(
            seen["said"]
        )
    refused = await client.call_tool("search_papers", {"q": "x"})
    seen["refused"] = refused.content[0].text if is_error(refused) else ""
    for what, ask in (
        ("unknown", client.call_tool("no_such_tool", {})),
        ("resource", client.read_resource("paper://hep-th/9711200")),
    ):
        try:
            result = await ask
            contents = result.contents if what == "resource" else result.content
            seen[what] = contents[0].text
        except Exception as error:  # noqa: BLE001  of the version's own kind
            seen[what] = str(error)
    with anyio.move_on_after(0):
        await client.call_tool("search_papers", {"query": "attention"})
    seen["after_cancelling"] = bool(await client.call_tool("search", {"query": "lattice"}))
    for name, arguments in itertools.islice(itertools.cycle(calls.items()), times):
        await client.call_tool(name, arguments)
        seen["calls"] += 1
    return seen


async def main(asked):
    async with connect(asked["target"]) as client:
        return await look(client, asked["calls"], asked["times"])


if __name__ == "__main__":
    print(json.dumps(anyio.run(main, json.load(sys.stdin))))
