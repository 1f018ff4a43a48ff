"""Opening addresses: no redirect is followed, and no answer may take for ever."""

import http.client
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPMessage
from threading import Timer
from typing import IO, Any
from urllib.request import (
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    build_opener,
)


class Opener:
    """Opens one address after another. For one thread."""

    def __init__(self, silence_s: float) -> None:
        """Wait at most so many seconds for the next byte."""
        self._silence_s = silence_s
        self._sockets: list[socket.socket] = []
        self._opener = self._make_opener()

    @contextmanager
    def open(self, request: Request, seconds: float) -> Iterator[Any]:
        """Lend the answer to a request; after so many seconds its connection is ended.

        Then reading ends, in the middle of headers too. Raises as urllib does, and
        TimeoutError where the time was over.
        """
        over: list[bool] = []

        def end() -> None:
            over.append(True)
            for one in self._sockets:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

        self._sockets.clear()
        timer = Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            with self._opener.open(request, timeout=self._silence_s) as response:
                yield response
        except (OSError, http.client.HTTPException) as error:
            if over:
                raise TimeoutError(f"it takes longer than {seconds:.0f} s") from error
            raise
        finally:
            timer.cancel()
        if over:
            raise TimeoutError(f"it takes longer than {seconds:.0f} s")

    def _make_opener(self) -> OpenerDirector:
        sockets = self._sockets

        class Plain(http.client.HTTPConnection):
            def connect(self) -> None:
                super().connect()
                sockets.append(self.sock)

        class Secure(http.client.HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                sockets.append(self.sock)

        class OpenPlain(HTTPHandler):
            def http_open(self, req: Request) -> http.client.HTTPResponse:
                return self.do_open(Plain, req)

        class OpenSecure(HTTPSHandler):
            def https_open(self, req: Request) -> http.client.HTTPResponse:
                return self.do_open(Secure, req, context=self._context)  # type: ignore[attr-defined]

        return build_opener(_Unmoved, OpenPlain, OpenSecure)


class _Unmoved(HTTPRedirectHandler):
    """Follows no redirect, and does not even read where to."""

    def http_error_302(
        self,
        req: Request,  # noqa: ARG002  urllib's names
        fp: IO[bytes],  # noqa: ARG002
        code: int,  # noqa: ARG002
        msg: str,  # noqa: ARG002
        headers: HTTPMessage,  # noqa: ARG002
    ) -> Any | None:
        return None

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302
