"""A connection's bounds, with real sockets and a server that loses patience soon."""

import asyncio
import json
import socket
import threading
from contextlib import contextmanager

import httpx2
import pytest
import uvloop
from uvicorn import Config, Server

from app.serving.bounds import Bounds
from app.serving.connection import IS_GONE, Connection
from app.web import limits
from app.web.contract import ErrorShape
from tests.app.service import eventually

PATIENT = Bounds(tick_s=0.02)
BIG = 30_000_000


async def app(scope, receive, send):
    """Answer with the path, or as it says: all of a body, something big, or late."""
    if scope["type"] != "http":
        return
    path = scope["path"]
    body = path.encode()
    if scope["method"] == "POST":
        body = b"read %d" % await _read(receive)
    if path == "/headers":
        body = b", ".join(name for name, _ in scope["headers"])
    if path == "/big":
        body = b"x" * BIG
    if path == "/late":
        await scope["state"]["gate"].wait()
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [length]})
    await send({"type": "http.response.body", "body": body})


async def _read(receive):
    size, more = 0, True
    while more:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    return size


class Running:
    """A server in a thread of its own."""

    def __init__(self, bounds):
        made = []

        class Bounded(Connection):
            def connection_made(self, transport):
                self.bounds = bounds
                made.append(self)
                super().connection_made(transport)

        async def run(scope, receive, send):
            scope["state"] = {"gate": self.gate}
            self.is_gone = scope["extensions"][IS_GONE]
            await app(scope, receive, send)

        config = Config(
            run, port=0, http=Bounded, ws="none", log_level="warning", lifespan="off"
        )
        self.is_gone = None
        self.made, self.server, self.ready = made, Server(config), threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()
        assert self.ready.wait(20)

    def _run(self):
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(self._serve())

    async def _serve(self):
        self.gate, self.loop = asyncio.Event(), asyncio.get_running_loop()
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        self.port = listening.getsockname()[1]
        self.ready.set()
        await self.server.serve([listening])

    def open(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def let_go(self):
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.gate.set)

    def stop(self):
        self.server.should_exit = True


@contextmanager
def serving(**bounds):
    """Serve with other bounds than the usual."""
    running = Running(Bounds(**{"tick_s": 0.02} | bounds))
    try:
        yield running
    finally:
        running.let_go()
        running.stop()
        running.thread.join(20)
        assert not running.thread.is_alive()


@pytest.fixture(scope="module")
def usual():
    """A server with the usual bounds, shared."""
    with serving() as running:
        yield running


def get(path, *headers):
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: x", *headers, "", ""]).encode()


def post(length, body=b""):
    return (
        f"POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode() + body
    )


def read(connection):
    """Return all that comes until the server closes."""
    got = b""
    try:
        while piece := connection.recv(1 << 16):
            got += piece
    except ConnectionResetError:
        pass
    return got


def read_one(connection):
    """Return the body of the next answer, which has a length."""
    got = b""
    while b"\r\n\r\n" not in got:
        piece = connection.recv(1)
        assert piece, got
        got += piece
    length = int(got.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    body = b""
    while len(body) < length:
        body += connection.recv(length - len(body))
    return got, body


def refusal(answer):
    """Check that an answer is one refusal in the shape of all errors; return it."""
    head, _, body = answer.partition(b"\r\n\r\n")
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"connection: close" in head.lower()
    ErrorShape.model_validate_json(body)
    return int(head.split(b" ")[1]), json.loads(body)["error"]


TOO_LONG = [
    b"GET /" + b"a" * 70_000,
    b"GET / HTTP/1.1\r\nX: " + b"a" * 400_000,
    b"GET / HTTP/1.1\r\n" + b"".join(b"x-%d: y\r\n" % n for n in range(102)),
    get("/", *(f"x-{n}: {'y' * 1_000}" for n in range(70))),
    get("/a" * 35_000),
]


@pytest.mark.parametrize("sent", TOO_LONG, ids=lambda sent: f"{len(sent)} bytes")
def test_a_head_beyond_its_bounds_is_refused(usual, sent):
    with usual.open() as connection:
        connection.sendall(sent)
        assert refusal(read(connection)) == (431, "too_large")


def test_a_head_in_small_pieces_is_counted_too(usual):
    with usual.open() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX: ")
        for _ in range(7):
            connection.sendall(b"a" * 10_000)
            assert len(usual.made) > 0
        assert refusal(read(connection)) == (431, "too_large")


def test_a_head_within_its_bounds_is_answered(usual):
    with usual.open() as connection:
        connection.sendall(get("/" + "a" * 50_000, *(f"x-{n}: y" for n in range(98))))
        assert read_one(connection)[1] == b"/" + b"a" * 50_000


def test_a_body_is_not_counted_as_a_head(usual):
    with usual.open() as connection:
        connection.sendall(post(900_000, b"GET " * 225_000) + get("/next"))
        assert read_one(connection)[1] == b"read 900000"
        assert read_one(connection)[1] == b"/next"


def test_who_sends_fifty_megabytes_of_header_is_cut_off(usual):
    with usual.open() as connection, pytest.raises(OSError, match=r"reset|pipe"):
        connection.sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * 50_000_000)


@pytest.mark.parametrize(
    "sent", [b"NONSENSE\r\n\r\n", b"GET /\x80 HTTP/1.1\r\n\r\n", b"\x16\x03"]
)
def test_what_is_not_http_is_refused(usual, sent):
    with usual.open() as connection:
        connection.sendall(sent)
        assert refusal(read(connection)) == (400, "bad_request")


def test_nonsense_after_a_request_does_not_take_its_answer():
    with serving() as running, running.open() as connection:
        connection.sendall(get("/late") + b"NONSENSE\r\n\r\n")
        running.let_go()
        answer = read(connection)
        assert answer.endswith(b"/late")
        assert b"connection: close" in answer


def test_requests_that_wait_are_answered_in_order(usual):
    with usual.open() as connection:
        connection.sendall(b"".join(get(f"/{n}") for n in range(10)))
        assert [read_one(connection)[1] for _ in range(10)] == [
            b"/%d" % n for n in range(10)
        ]
        connection.sendall(get("/again"))
        assert read_one(connection)[1] == b"/again"


def test_no_more_requests_wait_than_may_and_the_last_answer_says_so():
    with serving(pipelined=3) as running, running.open() as connection:
        connection.sendall(get("/late") + b"".join(get(f"/{n}") for n in range(50)))
        running.let_go()
        answers = [read_one(connection) for _ in range(4)]
        assert [body for _, body in answers] == [b"/late", b"/0", b"/1", b"/2"]
        assert [b"connection: close" in head for head, _ in answers] == [0, 0, 0, 1]
        assert read(connection) == b""
        assert len(running.made) == 1


def test_nothing_is_read_while_requests_wait():
    with serving() as running, running.open() as connection:
        connection.sendall(get("/late") + get("/1"))
        eventually(lambda: running.made and running.made[0].pipeline)
        connection.settimeout(0.5)
        with pytest.raises((TimeoutError, ConnectionError)):
            connection.sendall(get("/more") * 1_000_000)
        assert len(running.made[0].pipeline) <= PATIENT.pipelined


@pytest.mark.parametrize("sent", [b"", b"\r\n\r\n"])
def test_who_says_nothing_is_left(sent):
    with serving(head_s=0.1) as running, running.open() as connection:
        connection.sendall(sent)
        assert read(connection) == b""


@pytest.mark.parametrize("sent", [b"G", b"GET / HTTP/1.1\r\nHost:"])
def test_half_a_head_is_refused_in_time(sent):
    with serving(head_s=0.1) as running, running.open() as connection:
        connection.sendall(sent)
        assert refusal(read(connection)) == (408, "timeout")


def test_half_a_body_is_refused_in_time():
    with serving(body_s=0.1) as running, running.open() as connection:
        connection.sendall(post(100, b"x" * 50))
        assert refusal(read(connection)) == (408, "timeout")


def test_an_idle_connection_is_closed_in_time():
    with serving(idle_s=0.1) as running, running.open() as connection:
        connection.sendall(get("/1"))
        assert read_one(connection)[1] == b"/1"
        assert read(connection) == b""


def test_who_waits_for_an_answer_is_not_idle():
    impatient = serving(idle_s=0.05, head_s=0.05, body_s=0.05)
    with impatient as running, running.open() as connection:
        connection.sendall(get("/late"))
        with running.open() as other:
            assert read(other) == b""  # time has passed
        running.let_go()
        assert read_one(connection)[1] == b"/late"


def test_who_does_not_read_is_left():
    with serving(unread_s=0.1) as running, running.open() as connection:
        connection.sendall(get("/big"))
        eventually(lambda: running.made and not running.made[0].connections)
        assert len(read(connection)) < BIG


def test_who_reads_slowly_gets_all_of_it(usual):
    with usual.open() as connection:
        connection.sendall(get("/big", "Connection: close"))
        assert len(read(connection)) > BIG


def test_who_is_idle_gives_way_to_who_comes():
    with serving(connections=3, yielding_s=0.05) as running:
        opened = [running.open() for _ in range(3)]
        for connection in opened:
            connection.sendall(get("/1"))
            read_one(connection)
        oldest = running.made[0]
        eventually(lambda: oldest.yields(running.loop.time()))
        with running.open() as newcomer:
            newcomer.sendall(get("/new"))
            assert read_one(newcomer)[1] == b"/new"
        assert read(opened[0]) == b""
        for connection in opened:
            connection.close()


def test_where_all_are_busy_one_more_is_told_so_and_others_are_turned_away():
    with serving(connections=3, surplus=1) as running:
        opened = [running.open() for _ in range(3)]
        for connection in opened:
            connection.sendall(get("/late"))
        eventually(lambda: sum(one.is_answering for one in running.made) == 3)
        with running.open() as told, running.open() as turned_away:
            told.sendall(get("/"))
            answer = read(told)
            assert refusal(answer) == (503, "busy")
            assert b"retry-after: 1" in answer
            assert read(turned_away) == b""
        running.let_go()
        for connection in opened:
            assert read_one(connection)[1] == b"/late"
            connection.close()


def test_another_protocol_is_not_spoken(usual):
    with usual.open() as connection:
        connection.sendall(get("/1", "Connection: Upgrade", "Upgrade: websocket"))
        answer = read(connection)
        assert answer.startswith(b"HTTP/1.1 200")
        assert b"connection: close" in answer


def test_a_refused_client_that_sends_on_reads_the_refusal(usual):
    with usual.open() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * 300_000)
        connection.sendall(b"a" * 1_000_000)
        assert refusal(read(connection)) == (431, "too_large")


def test_stopping_ends_what_is_idle_half_sent_or_unread():
    with serving(parting_s=0.05, leaving_s=0.1) as running:
        idle, silent, half, body, deaf = (running.open() for _ in range(5))
        idle.sendall(get("/1"))
        read_one(idle)
        half.sendall(b"GET / HT")
        body.sendall(post(100))
        deaf.sendall(get("/big"))
        eventually(lambda: sum(bool(one.cycle) for one in running.made) == 3)
        running.stop()
        assert read(idle) == read(silent) == b""
        assert refusal(read(half))[0] == refusal(read(body))[0] == 408
        running.thread.join(10)
        assert not running.thread.is_alive()
        for connection in (idle, silent, half, body, deaf):
            connection.close()


def test_stopping_loses_no_answer_and_says_goodbye_with_the_next():
    with serving(parting_s=5) as running, running.open() as late, running.open() as idle:
        late.sendall(get("/late"))
        idle.sendall(get("/1"))
        assert read_one(idle)[1] == b"/1"
        eventually(lambda: any(one.is_answering for one in running.made))
        running.stop()
        eventually(lambda: all(one.leaving_since for one in running.made))
        idle.sendall(get("/2"))
        head, body = read_one(idle)
        assert body == b"/2"
        assert b"connection: close" in head
        running.let_go()
        head, body = read_one(late)
        assert body == b"/late"
        assert b"connection: close" in head


def test_an_application_can_tell_that_its_client_has_gone():
    assert limits.IS_GONE == IS_GONE
    with serving() as running:
        with running.open() as connection:
            connection.sendall(get("/late"))
            eventually(lambda: running.is_gone)
            assert not running.is_gone()
        eventually(running.is_gone)


def test_what_comes_behind_a_body_is_no_header(usual):
    head = "POST /headers HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 1.2.3.4\r\n"
    head += "Transfer-Encoding: chunked\r\nTrailer: X-Forwarded-For\r\n\r\n"
    with usual.open() as connection:
        connection.sendall(
            f"{head}1\r\na\r\n0\r\nX-Forwarded-For: 9.9.9.9\r\n\r\n".encode()
        )
        answer = read_one(connection)[1]
    assert answer == b"host, x-forwarded-for, transfer-encoding, trailer"


def test_trailers_without_end_are_refused(usual):
    head = b"POST /p HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
    with usual.open() as connection:
        connection.sendall(head + b"a: b\r\n" * 20_000)
        assert refusal(read(connection)) == (431, "too_large")


def test_who_goes_amid_an_answer_with_others_behind_it_is_no_fault(data, service):
    """The first request's answer is under way, the last one's is what ended with it."""
    process = service(data)
    path = "/static/x/vendor/swagger-ui/swagger-ui-bundle.js"
    for _ in range(20):
        with socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
            connection.connect(("127.0.0.1", process.port))
            connection.sendall(get(path) * 3)
            assert connection.recv(1_000)
    asked = httpx2.get(f"{process.url}/healthz")
    assert asked.status_code == 200
    process.stop()
    assert "RuntimeError" not in process.log
