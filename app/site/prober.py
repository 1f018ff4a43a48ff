"""Probes of the service, in threads of their own: they never wait for requests' threads."""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from app.state.connection import Database
from index import Library, NoSnapshot, Shelf, probe

TIMEOUT_S = 2.0
"""After that a probe has failed, though it goes on."""

_KEPT_S = 1.0  # a result
_LOG = logging.getLogger(__name__)
_Result = TypeVar("_Result")


class NotReady(Exception):
    """A probe has not ended in time."""


class Prober:
    """Opens the live library and asks its parts, one probe at a time."""

    def __init__(self, shelf: Shelf, database: Database) -> None:
        """Take what is probed."""
        self._shelf = shelf
        self._database = database
        self._opener = ThreadPoolExecutor(1, thread_name_prefix="opener")
        self._prober = ThreadPoolExecutor(1, thread_name_prefix="prober")
        self._runner = ThreadPoolExecutor(1, thread_name_prefix="metrics")
        self._opening: Future[None] | None = None
        self._probing: Future[Exception | None] | None = None
        self._known: tuple[float, Exception | None] | None = None
        self._was_ready = True

    async def library(self) -> Library:
        """Return the live library; the old one while a new one is being opened.

        Raises NoSnapshot, BrokenSnapshot, NotReady.
        """
        current = self._shelf.current()
        if current is not None:
            return current
        if self._opening is None or self._opening.done():
            self._opening = self._opener.submit(self._open)
        try:
            await _wait_in_time(self._opening)
        except NotReady:
            if self._shelf.held is None:
                raise
        held = self._shelf.held
        assert held is not None  # noqa: S101  it was opened, or an error came
        return held

    @property
    def keeps_old(self) -> bool:
        """True while another library than the live one is served, which is broken."""
        return bool(self._shelf.problem)

    async def check(self) -> None:
        """Ask catalog, engine, vectors and state. Raises what is wrong, or NotReady.

        The answer may be a second old.
        """
        if self._known is None or time.monotonic() - self._known[0] > _KEPT_S:
            if self._probing is None or self._probing.done():
                self._probing = self._prober.submit(self._probe)
            error = await _wait_in_time(self._probing)
        else:
            error = self._known[1]
        if error is not None:
            raise error

    async def run(self, function: Callable[[], _Result]) -> _Result:
        """Run a function that waits for no probe in a thread. Raises NotReady."""
        return await _wait_in_time(self._runner.submit(function))

    def close(self) -> None:
        """End the threads when they have nothing more to do."""
        self._opener.shutdown(wait=False, cancel_futures=True)
        self._prober.shutdown(wait=False, cancel_futures=True)
        self._runner.shutdown(wait=False, cancel_futures=True)

    def _open(self) -> None:
        """Open the live library. It is not returned: a future would hold it."""
        self._shelf.library()

    def _probe(self) -> Exception | None:
        error = self._find_problem()
        if error is not None and self._was_ready and not isinstance(error, NoSnapshot):
            _LOG.error("not ready: %s", error)
        elif error is None and not self._was_ready:
            _LOG.info("ready again")
        self._was_ready = error is None
        self._known = (time.monotonic(), error)
        return error

    def _find_problem(self) -> Exception | None:
        try:
            # The old library while a new one is being opened: that may take a while.
            probe(self._shelf.held or self._shelf.library())
            self._database.check()
        except Exception as error:  # noqa: BLE001  whatever it is, it is the answer
            error.__cause__ = error.__context__ = None  # their frames hold the library
            return error.with_traceback(None)
        return None


async def _wait_in_time(future: "Future[_Result]") -> _Result:
    waiting: Any = asyncio.shield(asyncio.wrap_future(future))
    try:
        async with asyncio.timeout(TIMEOUT_S):
            result: _Result = await waiting
    except TimeoutError:
        raise NotReady(f"no answer in {TIMEOUT_S:g} s; try again") from None
    return result
