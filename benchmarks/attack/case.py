"""A case of attack, and the connections that it is made with."""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field

TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An attack: what it is called, and what does it and says what came of it."""

    name: str
    attack: Callable[["Wire"], str]
    needs_all_of_arxiv: bool = False


@dataclass(slots=True)
class Wire:
    """A way to a server, which counts what is sent to it. Closed after the attack."""

    port: int
    sent: int = 0
    opened: list[socket.socket] = field(default_factory=list)

    def open(self) -> socket.socket:
        """Return a new connection."""
        connection = socket.create_connection(("127.0.0.1", self.port), TIMEOUT_S)
        self.opened.append(connection)
        return connection

    def send(self, connection: socket.socket, data: bytes) -> bool:
        """Send all of some bytes; tell whether the server took them."""
        view = memoryview(data)
        try:
            while view:
                sent = connection.send(view)
                self.sent += sent
                view = view[sent:]
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Close every connection that was opened."""
        for connection in self.opened:
            connection.close()


def heading(path: str, *headers: str, method: str = "GET") -> bytes:
    """Return the head of a request, whole."""
    lines = (f"{method} {path} HTTP/1.1", "Host: localhost", *headers, "", "")
    return "\r\n".join(lines).encode()


def answered(connection: socket.socket, wait_s: float = TIMEOUT_S) -> str:
    """Return the status that comes first, "closed", or "nothing" if none comes in time."""
    connection.settimeout(wait_s)
    try:
        head = connection.recv(1 << 16)
    except TimeoutError:
        return "nothing"
    except OSError:
        return "closed"
    return head.split(b" ", 2)[1].decode() if head else "closed"


def is_open(connection: socket.socket) -> bool:
    """Tell whether the server still listens to a connection; what it said is read."""
    connection.setblocking(False)
    try:
        while connection.recv(1 << 16):
            pass
    except BlockingIOError:
        return True
    except OSError:
        pass
    return False
