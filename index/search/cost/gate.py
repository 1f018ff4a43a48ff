"""The gate of dear requests: so many work at once, some wait, the rest is turned away."""

import os
import time
from collections.abc import Callable
from threading import Lock, Semaphore

from index.errors import Crowded

AT_ONCE = max(1, (os.cpu_count() or 1) // 2)
"""Dear requests that work at once in one process: half of the machine is for others."""

WAITING = 4
"""Dear requests that wait. Each holds a thread."""

WAIT_S = 2.0
_LOOK_S = 0.1


class Gate:
    """Lets dear requests in. Safe to share between threads."""

    def __init__(
        self, at_once: int = AT_ONCE, waiting: int = WAITING, wait_s: float = WAIT_S
    ) -> None:
        """Take how many work, how many wait, and for how long."""
        self._places = Semaphore(at_once)
        self._most = waiting
        self._wait_s = wait_s
        self._lock = Lock()
        self.waiting = 0

    def enter(self, check: Callable[[], None]) -> None:
        """Wait for a place; `check` may end the wait. Raises Crowded, and what it does."""
        if self._places.acquire(blocking=False):
            return
        with self._lock:
            if self.waiting >= self._most:
                raise _crowded()
            self.waiting += 1
        try:
            self._wait(check)
        finally:
            with self._lock:
                self.waiting -= 1

    def leave(self) -> None:
        """Give the place to the next."""
        self._places.release()

    def _wait(self, check: Callable[[], None]) -> None:
        deadline = time.monotonic() + self._wait_s
        while not self._places.acquire(timeout=_LOOK_S):
            check()
            if time.monotonic() > deadline:
                raise _crowded()


def _crowded() -> Crowded:
    return Crowded(
        "too many expensive requests are being answered; ask again in a moment, or for less"
    )
