"""The gate of dear requests: so many work at once, some wait, the rest is turned away."""

import os
import sys
import time
from collections import deque
from collections.abc import Callable
from threading import Event, Lock

from index.errors import Crowded

AT_ONCE = max(1, (os.cpu_count() or 1) // 2)
"""Dear requests that work at once in one process: half of the machine is for others."""

WAITING = 4
"""Dear requests that wait. Each holds a thread."""

WAIT_S = 2.0
_LOOK_S = 0.1


class Gate:
    """Lets dear requests in. Safe to share between threads.

    A place is an event that is set once work may begin. Whoever waits in a thread, and
    whoever comes back to look, stand in two queues, which are served in turn.
    """

    def __init__(
        self, at_once: int = AT_ONCE, waiting: int = WAITING, wait_s: float = WAIT_S
    ) -> None:
        """Take how many work, how many wait in threads, and for how long."""
        self._at_once = at_once
        self._most = waiting
        self._wait_s = wait_s
        self._lock = Lock()
        self._inside: set[Event] = set()
        self._hasty: deque[Event] = deque()
        self._patient: deque[Event] = deque()
        self._queues = deque((self._hasty, self._patient))

    @property
    def waiting(self) -> int:
        """How many wait in threads."""
        return len(self._hasty)

    def enter(self, check: Callable[[], None]) -> Event:
        """Wait for a place and return it; `check` may end the wait.

        Raises Crowded, and what `check` does.
        """
        place = self._join(self._hasty, self._most)
        try:
            self._wait(place, check)
        except BaseException:
            self.leave(place)
            raise
        return place

    def queue_up(self) -> Event:
        """Return a place for who comes back to see if it is set, and holds no thread."""
        return self._join(self._patient, sys.maxsize)

    def leave(self, place: Event) -> None:
        """Give a place to the next, or give up the wait for it. Twice is as once."""
        with self._lock:
            if place in self._inside:
                self._inside.remove(place)
                self._admit_next()
                return
            for queue in self._queues:
                if place in queue:
                    queue.remove(place)

    def _wait(self, place: Event, check: Callable[[], None]) -> None:
        deadline = time.monotonic() + self._wait_s
        while not place.wait(_LOOK_S):
            check()
            if time.monotonic() > deadline:
                raise _crowded()

    def _join(self, queue: deque[Event], most: int) -> Event:
        place = Event()
        with self._lock:
            if len(self._inside) < self._at_once:
                self._admit(place)
            elif len(queue) < most:
                queue.append(place)
            else:
                raise _crowded()
        return place

    def _admit(self, place: Event) -> None:
        self._inside.add(place)
        place.set()

    def _admit_next(self) -> None:
        """Let the next in, of the queue that had to wait the last time."""
        for queue in tuple(self._queues):
            self._queues.rotate()
            if queue:
                self._admit(queue.popleft())
                return


def _crowded() -> Crowded:
    return Crowded(
        "too many expensive requests are being answered; ask again in a moment, or for less"
    )
