"""Messages of the protocol as they are on the wire, of its old and its present versions."""

PRESENT = "2026-07-28"
OLD = "2025-06-18"
_META = "io.modelcontextprotocol/"


def make_headers(version, method, name=None):
    """Return what a client of a version sends along."""
    headers = {
        "Host": "127.0.0.1",
        "Accept": "application/json, text/event-stream",
        "MCP-Protocol-Version": version,
    }
    if version == PRESENT:
        headers |= {"Mcp-Method": method} | ({"Mcp-Name": name} if name else {})
    return headers


def make_message(version, method, params):
    """Return a request as JSON-RPC has it."""
    meta = {
        f"{_META}protocolVersion": PRESENT,
        f"{_META}clientInfo": {"name": "test", "version": "1"},
        f"{_META}clientCapabilities": {},
    }
    stated = {"_meta": meta} if version == PRESENT else {}
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params | stated}


def ask(client, method, version=PRESENT, headers=(), **params):
    """Send a request to /mcp; return the response."""
    return client.post(
        "/mcp",
        json=make_message(version, method, params),
        headers=make_headers(version, method, params.get("name") or params.get("uri"))
        | dict(headers),
    )


def call(client, tool, version=PRESENT, headers=(), **arguments):
    """Call a tool; return the result of the protocol."""
    response = ask(client, "tools/call", version, headers, name=tool, arguments=arguments)
    assert response.status_code == 200, response.text
    return response.json()["result"]
