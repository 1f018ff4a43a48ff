"""A connection that bounds what its client sends, holds and leaves unread.

uvicorn's protocol over httptools is the fastest there is, and bounds nothing: this class
counts what it parses, and looks twice a second at who is waited for.
"""

from asyncio import TimerHandle, Transport
from typing import Any, ClassVar

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from app.serving.bounds import (
    NO_HTTP,
    TOO_LARGE,
    TOO_MANY,
    TOO_SLOW,
    Bounds,
    Refusal,
    Stage,
)

IS_GONE = "winnow.is_gone"
"""The extension of a scope that tells whether the client has gone: a function."""

_NEVER = float("inf")


class _Enough(Exception):
    """Stops the parser. The refusal stands in the connection."""


class Connection(HttpToolsProtocol):
    """One connection; made by uvicorn for each that it accepts."""

    bounds: ClassVar[Bounds] = Bounds()

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin to count, and make room for this one."""
        super().connection_made(transport)
        self._stage = Stage.NOTHING
        self._since = self.loop.time()  # the client has been waited for
        self._cycles: list[Any] = []
        self._unread_since: float | None = None
        self.leaving_since: float | None = None
        self._unfinished = 0  # bytes received of a head, and of nothing else
        self._parsed = 0  # bytes of it that the parser told of
        self._dropped = 0
        self._refusal = NO_HTTP
        self._timer: TimerHandle = self.loop.call_later(self.bounds.tick_s, self._look)
        self._is_surplus = not self._finds_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop looking; no request is answered any more, of those that wait either."""
        self._timer.cancel()
        for cycle in self._cycles:
            cycle.disconnected = True
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse what came, within the bounds."""
        self._unset_keepalive_if_required()
        if self._stage in (Stage.DROPPED, Stage.REFUSED):
            self._drop(len(data))
            return
        stage, self._begun = self._stage, 0  # requests begun in this piece
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self.cycle.keep_alive = False  # nothing else is spoken here
        except httptools.HttpParserError:
            self._refuse(self._refusal)
        alone = {Stage.HEAD: 0, Stage.NOTHING: 1, Stage.ANSWER: 1}
        if self._stage is Stage.HEAD and self._begun == alone.get(stage):
            self._unfinished += len(data)
            if self._unfinished > self.bounds.head_bytes:
                self._refuse(TOO_LARGE)

    def on_message_begin(self) -> None:
        """Begin to count a head."""
        super().on_message_begin()
        self._stage, self._since = Stage.HEAD, self.loop.time()
        self._begun += 1
        self._parsed = self._unfinished = 0

    def on_url(self, url: bytes) -> None:
        """Count an address."""
        super().on_url(url)
        self._count_head(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header; one behind a body is dropped, as it could forge another."""
        if self._stage is Stage.HEAD:
            super().on_header(name, value)
        self._count_head(len(name) + len(value) + 4)
        if len(self.headers) > self.bounds.headers:
            self._stop(TOO_LARGE)

    def on_headers_complete(self) -> None:
        """Begin to answer, or queue, a request; one too many is refused."""
        if len(self.pipeline) >= self.bounds.pipelined:
            self._stop(NO_HTTP)  # the last in the queue ends the connection
        self._stage = Stage.BODY
        app, self.app = self.app, TOO_MANY if self._is_surplus else self.app
        told: dict[str, Any] = {IS_GONE: self.transport.is_closing}
        self.scope["extensions"] = told
        super().on_headers_complete()
        self.app = app
        self._cycles = [one for one in self._cycles if not one.response_complete]
        self._cycles.append(self.cycle)
        if self.leaving_since is not None:
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        """Take a piece of a body; what comes after the answer is dropped."""
        if self.cycle.response_complete:
            self._drop(len(body))
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Note that nothing more is to come before the answer."""
        super().on_message_complete()
        self._stage, self._since = Stage.ANSWER, self.loop.time()

    def on_response_complete(self) -> None:
        """Go on with the queue; nothing is read before it is empty."""
        super().on_response_complete()
        self._since, self._dropped = self.loop.time(), 0
        if self.pipeline:
            self.flow.pause_reading()

    def resume_writing(self) -> None:
        """Note that the client reads."""
        self._unread_since = None
        super().resume_writing()

    def shutdown(self) -> None:
        """Say goodbye with the next answer; who asks nothing is left after a moment."""
        self.leaving_since = self.loop.time()
        if self.is_answering and not self.cycle.response_started:
            self.cycle.keep_alive = False

    @property
    def is_answering(self) -> bool:
        """True while an answer is due, the last one asked for at least."""
        return self.cycle is not None and not self.cycle.response_complete

    def _count_head(self, size: int) -> None:
        self._parsed += size
        if self._parsed > self.bounds.head_bytes:
            self._stop(TOO_LARGE)

    def _stop(self, refusal: Refusal) -> None:
        self._refusal = refusal
        raise _Enough

    def _finds_room(self) -> bool:
        """Tell whether there is room for one more; who is idle the longest gives way."""
        if len(self.connections) <= self.bounds.connections:
            return True
        now = self.loop.time()
        ours = [one for one in self.connections if isinstance(one, Connection)]
        waiting = [one for one in ours if one.yields(now)]
        if waiting:
            min(waiting, key=lambda one: one._since).transport.abort()  # noqa: SLF001
        elif len(self.connections) > self.bounds.connections + self.bounds.surplus:
            self.transport.abort()
        return bool(waiting)

    def yields(self, now: float) -> bool:
        """Tell whether this waits for its client long enough to lose its place."""
        is_ours = self._stage is Stage.ANSWER and self.is_answering
        return not is_ours and now - self._since > self.bounds.yielding_s

    def _look(self) -> None:
        """End what has waited too long for its client; else look again later."""
        now = self.loop.time()
        self._timer = self.loop.call_later(self.bounds.tick_s, self._look)
        if self._is_unread(now):
            self.transport.abort()
        elif not self.transport.is_closing() and now > self._deadline():
            self._end_waiting()

    def _is_unread(self, now: float) -> bool:
        if not self.transport.get_write_buffer_size():
            self._unread_since = None
            return False
        if self._unread_since is None:
            self._unread_since = now
        last_s = self._last_call(self.bounds.leaving_s)
        return now > min(self._unread_since + self.bounds.unread_s, last_s)

    def _deadline(self) -> float:
        """Return until when the client is waited for."""
        if self._stage is Stage.DROPPED or self._is_waiting_for_us:
            return _NEVER
        wait_s, last_s = self.bounds.waits(self._stage)
        return min(self._since + wait_s, self._last_call(last_s))

    @property
    def _is_waiting_for_us(self) -> bool:
        """True while an answer comes first, or while we do not read."""
        if self._stage is Stage.BODY:
            return self.flow.read_paused
        return self.is_answering and self._stage is not Stage.REFUSED

    def _last_call(self, wait_s: float) -> float:
        """Return the end of a wait that begins when the service stops."""
        if self.leaving_since is None:
            return _NEVER
        return self.leaving_since + wait_s

    def _end_waiting(self) -> None:
        if self._stage in (Stage.HEAD, Stage.BODY):
            self._refuse(TOO_SLOW)
        elif self._stage is Stage.REFUSED:
            self.transport.abort()
        else:
            self.transport.close()

    def _refuse(self, refusal: Refusal) -> None:
        """Answer at once and throw away what follows, unless answers are on their way."""
        is_amid_body = self._stage is Stage.BODY
        self._stage, self._since, self._dropped = Stage.REFUSED, self.loop.time(), 0
        if not self.is_answering:
            self._write(refusal)
        elif not is_amid_body:
            self._stage, self.cycle.keep_alive = Stage.DROPPED, False
        elif self.pipeline or self.cycle.response_started:
            self.transport.abort()
        else:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            self._write(refusal)

    def _write(self, refusal: Refusal) -> None:
        if self.transport.is_closing():
            return
        headers = (*self.server_state.default_headers, *refusal.headers)
        lines = (b"%b: %b\r\n" % header for header in headers)
        head = STATUS_LINE[int(refusal.status)] + b"".join(lines) + b"\r\n"
        self.flow.resume_reading()
        self.transport.write(head + refusal.body)
        self.transport.write_eof()  # the client may read this while it still sends

    def _drop(self, size: int) -> None:
        self._dropped += size
        if self._dropped > self.bounds.dropped_bytes:
            self.transport.abort()
