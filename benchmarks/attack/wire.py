"""Attacks with the bytes of HTTP: what is sent, what is not, and what is not read."""

import socket
import time
from urllib.parse import quote

from benchmarks.attack.case import TIMEOUT_S, Case, Wire, answered, heading, is_open

_MANY = 400
_BIG = "/api/search?q=collaboration&limit=40"
_SLOWLY_S = 15.0
"""Seconds that a patient attacker holds a connection; a time-out must come before."""


def _unfinished_header(wire: Wire) -> str:
    """Eight connections send one header each that never ends, up to 50 MB."""
    said: list[str] = []
    for _ in range(8):
        connection = wire.open()
        wire.send(connection, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ")
        for _ in range(50):
            if not wire.send(connection, b"x" * 1_000_000):
                break
        said.append(answered(connection, 0.2))
    return _counted(said)


def _many_headers(wire: Wire) -> str:
    """Eight connections send 100,000 small headers each and never end."""
    said = []
    for _ in range(8):
        connection = wire.open()
        wire.send(connection, b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        wire.send(connection, b"".join(b"x-%d: y\r\n" % n for n in range(100_000)))
        said.append(answered(connection, 0.2))
    return _counted(said)


def _long_address(wire: Wire) -> str:
    """Eight connections send an address of 10 MB each."""
    said = []
    for _ in range(8):
        connection = wire.open()
        wire.send(connection, b"GET /" + b"a" * 10_000_000)
        said.append(answered(connection, 0.2))
    return _counted(said)


def _pipelining(wire: Wire) -> str:
    """One connection sends requests without reading any answer, up to 18 MB."""
    connection = wire.open()
    connection.settimeout(2)
    some = heading("/robots.txt") * 1_000
    while wire.sent < 18_000_000 and wire.send(connection, some):
        pass
    time.sleep(2)
    return f"took {wire.sent / 1e6:.1f} MB"


def _idle(wire: Wire) -> str:
    """400 connections say nothing for 15 seconds."""
    return _held(wire, [wire.open() for _ in range(_MANY)])


def _half_sent(wire: Wire) -> str:
    """400 connections send half of a head, and nothing more for 15 seconds."""
    opened = [wire.open() for _ in range(_MANY)]
    for connection in opened:
        wire.send(connection, b"GET / HTTP/1.1\r\nHost: loc")
    return _held(wire, opened)


def _trickled(wire: Wire) -> str:
    """100 connections send a head byte by byte, one a second."""
    opened = [wire.open() for _ in range(100)]
    for connection in opened:
        wire.send(connection, b"GET / HTTP/1.1\r\nX: ")
    for _ in range(int(_SLOWLY_S)):
        for connection in opened:
            wire.send(connection, b"x")
        time.sleep(1)
    return _held(wire, opened, 0)


def _half_body(wire: Wire) -> str:
    """100 connections send half of a body, and nothing more for 35 seconds."""
    opened = [wire.open() for _ in range(100)]
    head = heading(
        "/api/papers/batch",
        "Content-Type: application/json",
        "Content-Length: 1000",
        method="POST",
    )
    for connection in opened:
        wire.send(connection, head + b" " * 500)
    return _held(wire, opened, 35)


def _endless_body(wire: Wire) -> str:
    """One connection sends a body without end, up to 200 MB."""
    connection = wire.open()
    kind = ("Content-Type: application/json", "Transfer-Encoding: chunked")
    wire.send(connection, heading("/api/papers/batch", *kind, method="POST"))
    chunk = b"f4240\r\n" + b" " * 1_000_000 + b"\r\n"
    for _ in range(200):
        if not wire.send(connection, chunk):
            break
    return f"took {wire.sent / 1e6:.1f} MB, answered {answered(connection, 0.5)}"


def _parameters(wire: Wire) -> str:
    """One connection asks 100 times with 13,000 parameters."""
    paths = [f"/search?q=x&{'&'.join(f'a{n}=' for n in range(13_000))}"[:60_000]] * 100
    return _asked(wire, paths)


def _long_value(wire: Wire) -> str:
    """One connection asks 100 times with a parameter of 40,000 bytes."""
    return _asked(wire, [f"/search?q={quote('é' * 6_600)}"] * 100)


def _never_reading(wire: Wire) -> str:
    """20 connections ask for large answers and read nothing for 75 seconds."""
    opened = []
    for _ in range(20):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.settimeout(TIMEOUT_S)
        connection.connect(("127.0.0.1", wire.port))
        wire.opened.append(connection)
        opened.append(connection)
        wire.send(connection, heading(_BIG))
    return _held(wire, opened, 75)


def _more_than_it_takes(wire: Wire) -> str:
    """3,000 connections at once; then a stranger asks."""
    for _ in range(3_000):
        try:
            wire.open()
        except OSError:
            break
    try:
        stranger = wire.open()
    except OSError:
        return "a stranger cannot connect"
    wire.send(stranger, heading("/robots.txt"))
    return f"{len(wire.opened) - 1} opened; a stranger gets {answered(stranger, 5)}"


def _asked(wire: Wire, paths: list[str]) -> str:
    said, connection = [], wire.open()
    for path in paths:
        wire.send(connection, heading(path))
        said.append(answered(connection))
        if said[-1] == "closed" or not _drained(connection):
            connection = wire.open()
    return _counted(said)


def _drained(connection: socket.socket) -> bool:
    """Read what is left of an answer; tell whether the connection stays open."""
    connection.settimeout(0.05)
    try:
        while connection.recv(1 << 20):
            pass
    except TimeoutError:
        connection.settimeout(TIMEOUT_S)
        return True
    except OSError:
        pass
    return False


def _held(wire: Wire, opened: list[socket.socket], wait_s: float = _SLOWLY_S) -> str:
    time.sleep(wait_s)
    held = sum(map(is_open, opened))
    stranger = wire.open()
    wire.send(stranger, heading("/robots.txt"))
    return f"{held} of {len(opened)} held; a stranger gets {answered(stranger, 5)}"


def _counted(said: list[str]) -> str:
    return ", ".join(f"{one} × {said.count(one)}" for one in sorted(set(said)))


CASES = (
    Case(name="unfinished headers", attack=_unfinished_header),
    Case(name="100,000 headers", attack=_many_headers),
    Case(name="addresses of 10 MB", attack=_long_address),
    Case(name="pipelining", attack=_pipelining),
    Case(name="idle connections", attack=_idle),
    Case(name="half-sent heads", attack=_half_sent),
    Case(name="trickled heads", attack=_trickled),
    Case(name="half-sent bodies", attack=_half_body),
    Case(name="a body without end", attack=_endless_body),
    Case(name="13,000 parameters", attack=_parameters),
    Case(name="a parameter of 40,000 bytes", attack=_long_value),
    Case(name="large answers never read", attack=_never_reading),
    Case(name="3,000 connections", attack=_more_than_it_takes),
)
