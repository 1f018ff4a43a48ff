"""Dear requests: refused, or let in a few at a time, wherever they are asked."""

import gc
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from urllib.parse import quote

import anyio
import anyio.to_thread
import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.web.contract import ErrorShape
from app.web.errors import CROWDED_S
from app.web.limits import IS_GONE, WORKING, Budgets
from app.web.responses import stream, wait_for
from index import Budget, Crowded, Gate, OutOfTime
from index.search.cost.budget import pay
from index.search.cost.price import LIMIT_MS, Cost
from tests.app.crowding import MOST, crowding
from tests.app.markup import Markup
from tests.app.service import eventually, get

WORDS = [f"{a}{b}ler" for a in "bcdfghklmp" for b in ("oi", "ai", "ee", "uu", "yo", "ea")]
TOO_DEAR = " OR ".join(f"{word}~2" for word in (*WORDS, "zaoler", "zyoler"))
DEAR = " OR ".join(f"{word}~2" for word in WORDS[:20])
BEGUN = [f"{a}{b}" for a in "cdegmprst" for b in "aeiou"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/search?limit=200&facets=1&explain=1&q={dear}",
        "/api/search?explain=1&cat=cs&q={dear}",
        "/search?explain=1&q={dear}",
        "/api/search?q=lattice+{without}&facets=1&explain=1",
    ],
)
def test_a_query_that_is_too_dear_is_refused_everywhere(client, address):
    without = quote(" ".join(f"-{word}~2" for word in WORDS))
    response = client.get(address.format(dear=quote(TOO_DEAR), without=without))
    assert response.status_code == 400
    if address.startswith("/api"):
        error = response.json()
        ErrorShape.model_validate(error, extra="forbid", strict=True)
        assert error["error"] == "too_dear"
        assert "times what one request may cost" in error["message"]
        assert error["hint"] in error["message"]
    else:
        page = Markup(response.text)
        assert page.one("h1").text == "That search is too expensive"
        assert "write fewer words with ~" in page.one("main").text


def test_the_same_words_without_the_expansions_are_found(client):
    response = client.get("/api/search", params={"q": TOO_DEAR.replace("~2", "")})
    assert response.status_code == 200


ORDINARY = [
    "the lattice of spin glasses in a field, and what it shows of time " * 19,
    " ".join(f"unheard{n}of" for n in range(300)),
    "Ωmega «ünïcode» — a title: with (odd) [marks] & $\\ell_1$ “quotes” / slashes?!",
    "f" + "(a)" * 1_000,
    "(" * 2_000 + "lattice" + ")" * 1_990,
    "量子力学" * 100,
    '"of the"',
    "qu*",
    "lattise~2",
]


@pytest.mark.parametrize("text", ORDINARY, ids=range(len(ORDINARY)))
def test_what_readers_paste_is_an_ordinary_request(client, text):
    text = text[:3_900]
    for address in ("/api/search?limit=200&facets=1&highlight=1&q=", "/search?q="):
        assert client.get(address + quote(text)).status_code == 200


def test_scores_are_given_for_the_first_twenty_papers(crowded):
    answer = crowded.get("/api/search?q=common&limit=50&explain=1").json()
    scored = [hit["scores"] is not None for hit in answer["data"] if "scores" in hit]
    assert scored == [True] * 20
    codes = [notice["code"] for notice in answer["meta"]["notices"]]
    assert codes == ["explained_first"]
    page = crowded.get("/search?q=common&explain=1")
    assert page.text.count('class="scores"') == 20


def test_words_of_a_long_phrase_lie_apart_in_no_more_ways_than_can_be_tried(client):
    answer = client.get(f'/api/search?q="{"the of " * 20}"~99').json()
    notices = {n["code"]: n["params"] for n in answer["meta"]["notices"]}
    assert notices["slop_limit"]["limit"] < 10
    two = client.get('/api/search?q="lattice spin"~99').json()
    assert two["meta"]["notices"] == []
    assert two["meta"]["query"] == '"lattice spin"~99'


@pytest.fixture
def gone(data):
    """The application, as a server runs it whose client has gone."""
    app = create_app(Settings(data_dir=data))

    async def run(scope, receive, send):
        if scope["type"] == "http":
            scope["extensions"] = {IS_GONE: lambda: True}
        await app(scope, receive, send)

    with TestClient(run, follow_redirects=False) as client:
        yield client


def test_no_step_is_taken_for_a_client_that_is_gone(gone):
    response = gone.get("/api/search?q=lattice")
    assert response.status_code == 503
    assert response.json()["error"] == "abandoned"


def test_of_many_dear_requests_none_fails_and_health_waits_for_none(service, data):
    """Sixty at once: they are answered, or told when to ask again."""
    process = service(data)

    def ask(number):
        address = f"{process.url}/api/search?facets=1&q={quote(DEAR)}+{number}"
        return get(address)

    with ThreadPoolExecutor(60) as pool:
        asked = [pool.submit(ask, number) for number in range(60)]
        seen = []
        while not all(one.done() for one in asked):
            seen.append(get(f"{process.url}/healthz").status_code)
        answers = [one.result() for one in asked]
    assert 200 in {answer.status_code for answer in answers}
    turned_away = [answer for answer in answers if answer.status_code != 200]
    assert all(answer.json()["error"] == "busy" for answer in turned_away)
    assert all(int(answer.headers["retry-after"]) > 0 for answer in turned_away)
    assert seen
    assert set(seen) == {200}
    assert get(f"{process.url}/api/search?q={quote(DEAR)}").status_code == 200


def test_others_are_answered_while_dear_requests_work_and_wait(data):
    """There are more dear ones than threads for ordinary requests."""
    assert MOST > WORKING
    with crowding(data) as (client, held, over, pool):
        assert client.get("/api/search?q=lattice").status_code == 200
        refused = client.get("/api/dear")
        assert (refused.status_code, refused.json()["error"]) == (503, "busy")
        assert int(refused.headers["retry-after"]) > 0
        assert not any(one.done() for one in held)
        over.set()
        assert {one.result().status_code for one in held} == {200}
        assert eventually(lambda: pool.total_tokens == WORKING)


@pytest.mark.parametrize(
    "address",
    [
        "/api/export?ids=1706.03762,hep-th/9711200",
        "/arxiv/hep-th.json?date=1997-11-27",
        "/search.json?q=lattice",
    ],
)
def test_where_the_first_part_has_to_wait_no_file_begins(data, address, monkeypatch):
    """What is sent as a file is a whole one, or an error that says when to ask again."""
    monkeypatch.setattr("index.search.cost.budget.DEAR_MS", 0)
    with crowding(data) as (client, _, over, _):
        refused = client.get(address)
        assert (refused.status_code, refused.json()["error"]) == (503, "busy")
        assert int(refused.headers["retry-after"]) > 0
        over.set()
        assert eventually(lambda: client.get(address).status_code == 200)


def ask_for_parts(gate, after_first, at_a_pause, receive=anyio.sleep_forever):
    """Return the parts of a long answer, and whether it is whole.

    Something happens after the first part, and something at pauses.
    """
    parts, messages = [], []

    def write():
        yield b"0"
        for number in range(1, 4):
            for pause in wait_for(partial(pay, Cost(ms=LIMIT_MS))):
                at_a_pause()
                yield pause
            yield b"%d" % number

    async def work(scope, receive, send):
        await stream(write(), "text/plain", {})(scope, receive, send)

    async def read(message):
        messages.append(message)
        if part := message.get("body"):
            parts.append(part)
            if part == b"0":
                after_first()

    async def ask():
        scope = {"type": "http", "method": "GET", "extensions": {}}
        await Budgets(work, gate)(scope, receive, read)

    anyio.run(ask)
    return parts, not messages[-1]["more_body"]


def test_a_file_that_has_begun_waits_while_the_gate_is_full(monkeypatch):
    """It waits behind nobody's thread, and others wait in theirs."""
    monkeypatch.setattr("app.web.responses._PAUSE_S", 0)
    gate, paused = Gate(at_once=1, waiting=1), []
    other = Budget(gate=gate)

    def pause():
        paused.append(gate.waiting)
        if len(paused) == 10:
            other.close()

    asked = ask_for_parts(gate, lambda: other.pay(Cost(ms=LIMIT_MS)), pause)
    assert asked == ([b"0", b"1", b"2", b"3"], True)
    assert paused == [0] * 10
    Budget(gate=gate).pay(Cost(ms=LIMIT_MS))


def test_a_file_is_cut_off_when_it_has_waited_long_enough(monkeypatch, caplog):
    monkeypatch.setattr("app.web.responses.PATIENCE_S", -1)
    gate = Gate(at_once=1, waiting=0)
    other = Budget(gate=gate)
    asked = ask_for_parts(gate, lambda: other.pay(Cost(ms=LIMIT_MS)), int)
    assert asked == ([b"0"], False)
    assert "an answer is cut off: too many expensive requests" in caplog.text
    other.close()
    Budget(gate=gate).pay(Cost(ms=LIMIT_MS))


def test_a_file_whose_client_goes_leaves_the_queue_at_once():
    """Not only when garbage is collected: it would be let in, and hold its place."""
    gate, paused = Gate(at_once=1, waiting=0), []
    other = Budget(gate=gate)

    async def receive():
        while not paused:  # noqa: ASYNC110  it is filled in a thread
            await anyio.sleep(0.001)
        return {"type": "http.disconnect"}

    gc.disable()
    try:
        pause = partial(paused.append, 1)
        enter = partial(other.pay, Cost(ms=LIMIT_MS))
        assert ask_for_parts(gate, enter, pause, receive) == ([b"0"], False)
        other.close()
        Budget(gate=gate).pay(Cost(ms=LIMIT_MS))
    finally:
        gc.enable()


def ask_in_time(method, is_slow_before, monkeypatch):
    """Return whether a request that is slow before or after its body is out of time."""
    monkeypatch.setattr("app.web.limits.Budget", partial(Budget, seconds=0.01))
    refused = []

    async def work(_scope, receive, _send):
        if is_slow_before:
            await anyio.sleep(0.02)
        if method == "POST":
            await receive()
        if not is_slow_before:
            await anyio.sleep(0.02)
        try:
            pay(Cost(ms=1))
        except OutOfTime as error:
            refused.append(error)

    async def receive():
        return {"type": "http.request", "body": b""}

    async def ask():
        await Budgets(work)({"type": "http", "method": method}, receive, None)

    anyio.run(ask)
    return bool(refused)


def test_time_runs_from_the_end_of_a_body(monkeypatch):
    """What a client takes to send it is no work; the wait for a thread is."""
    assert not ask_in_time("POST", True, monkeypatch)
    assert ask_in_time("POST", False, monkeypatch)
    assert ask_in_time("GET", True, monkeypatch)
    assert ask_in_time("GET", False, monkeypatch)


def test_who_reads_slowly_takes_no_place_of_dear_requests():
    gate, sending, over = Gate(at_once=1, waiting=0), anyio.Event(), anyio.Event()
    parts = []

    async def work(_scope, _receive, send):
        for part in (b"one", b"two"):
            pay(Cost(ms=LIMIT_MS / 2))
            await send({"type": "http.response.body", "body": part, "more_body": True})

    async def read_slowly(_message):
        sending.set()
        await over.wait()

    async def read(message):
        parts.append(message["body"])

    async def ask_both():
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(service, {"type": "http", "method": "GET"}, None, read_slowly)
            await sending.wait()
            await service({"type": "http", "method": "GET"}, None, read)
            over.set()

    service = Budgets(work, gate)
    anyio.run(ask_both)
    assert parts == [b"one", b"two"]
    Budget(gate=gate).pay(Cost(ms=LIMIT_MS))


def test_slow_requests_let_the_next_begin_but_not_without_end(data, monkeypatch):
    monkeypatch.setattr("app.web.limits.MOST", WORKING + 1)
    app, over = create_app(Settings(data_dir=data)), threading.Event()

    @app.get("/api/slow")
    def work():
        over.wait(60)

    with TestClient(app) as client, ThreadPoolExecutor(WORKING + 3) as others:
        asked = [others.submit(client.get, "/api/slow") for _ in range(WORKING + 3)]
        pool = client.portal.call(anyio.to_thread.current_default_thread_limiter)
        try:
            assert eventually(lambda: pool.borrowed_tokens == WORKING + 1)
            assert eventually(lambda: pool.statistics().tasks_waiting == 2)
            assert pool.total_tokens == WORKING + 1
        finally:
            over.set()
        assert {one.result().status_code for one in asked} == {200}


def test_who_is_turned_away_is_not_answered_at_once(client, monkeypatch):
    """Refusals without end would keep the server as busy as the searches."""
    paused = []

    async def pause(seconds):
        paused.append(seconds)

    def crowd(*_, **__):
        raise Crowded("too many")

    monkeypatch.setattr("app.web.errors.asyncio.sleep", pause)
    monkeypatch.setattr("index.search.finder.Finder.find", crowd)
    response = client.get("/api/search?q=lattice")

    assert (response.status_code, response.json()["error"]) == (503, "busy")
    assert paused == [CROWDED_S]


def test_who_leaves_gives_the_place_to_others(service, data):
    """All places are taken by clients that have gone; a dear request is answered soon."""
    process = service(data)
    request = f"GET /api/search?facets=1&q={quote(DEAR)} HTTP/1.1\r\nHost: x\r\n\r\n"
    for _ in range(30):
        with socket.create_connection(("127.0.0.1", process.port), timeout=60) as left:
            left.sendall(request.encode())

    def answered():
        address = f"{process.url}/api/search?facets=1&q={quote(DEAR)}+x"
        return get(address).status_code == 200

    assert eventually(answered)
    assert "Traceback" not in process.log
