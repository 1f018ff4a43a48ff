"""The protocol over HTTP: both kinds of clients, bad messages, budgets, logs."""

import json
import logging
import threading
from contextlib import contextmanager

import anyio
import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.mcp.tools import TOOLS
from app.settings import Settings
from app.web.limits import IS_GONE
from tests.app.crowding import crowding
from tests.app.mcp.test_tools import EVERY_CALL
from tests.app.mcp.wire import OLD, PRESENT, ask, call, make_headers
from tests.app.web.test_budgets import DEAR

pytestmark = pytest.mark.mcp
VERSIONS = pytest.mark.parametrize("version", [OLD, PRESENT])


@VERSIONS
@pytest.mark.parametrize("tool", EVERY_CALL)
def test_every_tool_answers_as_object_and_as_text(client, version, tool):
    result = call(client, tool, version, **EVERY_CALL[tool])
    assert not result.get("isError")
    (content,) = result["content"]
    assert json.loads(content["text"]) == result["structuredContent"]


@VERSIONS
def test_tools_are_described_for_models_and_may_be_kept(client, version):
    result = ask(client, "tools/list", version).json()["result"]
    assert [tool["name"] for tool in result["tools"]] == list(TOOLS)
    assert all(tool["annotations"]["readOnlyHint"] for tool in result["tools"])
    assert all(not tool["annotations"]["openWorldHint"] for tool in result["tools"])
    shaped = [tool["name"] for tool in result["tools"] if "outputSchema" in tool]
    assert shaped == ["search", "fetch"]
    if version == PRESENT:
        assert result["ttlMs"] > 0


@VERSIONS
def test_a_paper_is_a_resource(client, version):
    listed = ask(client, "resources/templates/list", version).json()["result"]
    assert [t["uriTemplate"] for t in listed["resourceTemplates"]] == ["paper://{id}"]
    read = ask(client, "resources/read", version, uri="paper://hep-th/9711200").json()
    (content,) = read["result"]["contents"]
    assert content["mimeType"] == "text/markdown"
    assert content["text"].startswith("# The Large N Limit")
    for uri in ("paper://nonsense", "paper://2401.99999", "file:///etc/passwd"):
        error = ask(client, "resources/read", version, uri=uri).json()["error"]
        assert error["code"] == -32602


@VERSIONS
@pytest.mark.parametrize(
    ("tool", "given", "said"),
    [
        ("search_papers", {"q": "x"}, "has no argument 'q'. Its arguments are query"),
        ("search_papers", {"categories": ["cs.XX"]}, "write a code such as cs.LG"),
        ("search_papers", {"date_to": "soon"}, "date_to: 'soon' is no date; write 2024"),
        ("fetch", {"id": "nonsense"}, "is not an arXiv id"),
        ("get_papers", {"ids": ["2401.99999"]}, "none of these papers"),
    ],
)
def test_an_error_says_how_to_ask_better(client, version, tool, given, said):
    result = call(client, tool, version, **given)
    assert result["isError"]
    assert said in result["content"][0]["text"]


@VERSIONS
def test_an_unknown_tool_is_answered_with_those_there_are(client, version):
    params = {"name": "delete_everything", "arguments": {}}
    error = ask(client, "tools/call", version, **params).json()["error"]
    assert all(name in error["message"] for name in TOOLS)
    assert "delete" not in error["message"]


@VERSIONS
@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"x", b"[]", b"{}", b"null", b"1e999", b"[" * 90_000, b'{"jsonrpc":"2.0"}'),
        *(b'[{"jsonrpc":"2.0","id":1,"method":"ping"}]' * 2, b"\xff\xfe", b'"\\ud800"'),
        b'{"jsonrpc":"2.0","id":{},"method":"tools/list"}',
        b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":[1]}',
        b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":7}}',
        b'{"jsonrpc":"2.0","id":' + b"9" * 5_000 + b',"method":"ping"}',
    ],
    ids=range(15),
)
def test_a_message_that_is_none_is_refused(client, version, body):
    headers = make_headers(version, "tools/call", "x")
    headers["Content-Type"] = "application/json"
    response = client.post("/mcp", content=body, headers=headers)
    refused = response.status_code in range(400, 500)
    if response.status_code == 202:  # a notification: nobody waits for an answer
        return
    assert refused or response.json()["error"]["code"] < -32_000, response.text


@VERSIONS
def test_a_message_that_is_too_long_or_of_another_kind_is_refused(client, version):
    headers = make_headers(version, "ping") | {"Content-Type": "application/json"}
    long = client.post("/mcp", content=b" " * (300 << 10), headers=headers)
    assert long.status_code == 413
    longer = client.post("/mcp", content=b" " * (3 << 20), headers=headers)
    assert longer.status_code == 413
    other = client.post("/mcp", content=b"{}", headers=headers | {"Content-Type": "a/b"})
    assert other.status_code == 400


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_there_are_no_streams_and_no_sessions(client, method):
    response = client.request(method, "/mcp", headers={"Host": "127.0.0.1"})
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert "mcp-session-id" not in ask(client, "tools/list", OLD).headers


@VERSIONS
def test_dear_calls_share_the_gate_of_all_requests(data, version, caplog):
    with crowding(data) as (client, held, over, _):
        refused = call(client, "search_papers", version, query=DEAR)
        assert refused["isError"]
        told = refused["content"][0]["text"]
        assert told.startswith("too many expensive requests are being answered; ask again")
        assert not call(client, "search_papers", version, query="lattice").get("isError")
        assert client.get("/healthz").status_code == 200
        over.set()
        assert {one.result().status_code for one in held} == {200}
        assert not call(client, "search_papers", version, query=DEAR).get("isError")
    assert "Traceback" not in caplog.text


@VERSIONS
def test_no_step_is_taken_for_an_agent_that_is_gone(data, version):
    app = create_app(Settings(data_dir=data))

    async def run(scope, receive, send):
        if scope["type"] == "http":
            scope["extensions"] = {IS_GONE: lambda: True}
        await app(scope, receive, send)

    with TestClient(run) as client:
        result = call(client, "search_papers", version, query="lattice")
    assert result["content"][0]["text"] == "nobody waits for the answer"


@VERSIONS
def test_addresses_are_those_of_the_public_site(data, version):
    public = "https://papers.example.org"
    app = create_app(Settings(data_dir=data, public_url=public))
    with TestClient(app, base_url="http://testserver") as client:
        host = {"Host": "papers.example.org"}
        found = call(client, "search", version, host, query="attention is all you need")
    url = found["structuredContent"]["results"][0]["url"]
    assert url == f"{public}/paper/1706.03762"


@VERSIONS
def test_without_an_index_an_agent_is_told(empty, version):
    result = call(empty, "search", version, query="lattice")
    assert result["isError"]
    assert "nothing has been indexed yet" in result["content"][0]["text"]


@VERSIONS
def test_no_log_line_holds_what_was_asked(client, version, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("mcp").setLevel(logging.NOTSET)
    for given in ({"query": "secretword"}, {"query": "secretword", "secretname": 1}):
        call(client, "search_papers", version, **given)
    call(client, "fetch", version, id="secretid")
    call(client, "search_papers", version, query=f"secretword {DEAR}")
    ask(client, "resources/read", version, uri="paper://secretid")
    ask(client, "tools/call", version, name="secrettool", arguments={"x": "secretword"})
    ours = [r for r in caplog.records if not r.name.startswith(("httpx", "asyncio"))]
    assert "secret" not in "\n".join(r.getMessage() + str(r.exc_text) for r in ours)


@pytest.fixture
def waiting():
    """A speaker whose calls wait until nobody waits for them; and what they saw."""
    from app.mcp.server import Speaker

    begun, ended = threading.Event(), threading.Event()

    @contextmanager
    def spend(is_abandoned):
        begun.set()
        while not is_abandoned():
            pass
        ended.set()
        yield

    return Speaker(lambda _: None, spend, abandons=True), begun, ended


def test_a_call_that_is_cancelled_ends_and_so_does_its_work(waiting):
    import mcp_types as types

    speaker, begun, ended = waiting
    asked = types.CallToolRequestParams(name="search", arguments={"query": "lattice"})

    async def cancel():
        async with anyio.create_task_group() as group:
            group.start_soon(speaker._call_tool, None, asked)  # noqa: SLF001
            await anyio.to_thread.run_sync(begun.wait)
            group.cancel_scope.cancel()

    anyio.run(cancel)
    assert ended.wait(60)
