"""A bounded cache: what was computed before, as long as it fits into so many bytes.

functools.lru_cache counts entries, and an entry may be anything from a number to a
hundred papers. Here whoever makes a cache says what an entry weighs.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar, cast
from weakref import WeakMethod

Texts = ParamSpec("Texts")
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

ENTRY = 200
"""Bytes that any entry takes beside its key and value."""

_SHORT = 200  # characters of texts together, up to which they are remembered


def remember_short(most: int) -> Callable[[Callable[Texts, Value]], Callable[Texts, Value]]:
    """Remember what a function of texts returned for so many short ones.

    A stranger may send long ones, each of which lru_cache would keep.
    """

    def decorate(function: Callable[Texts, Value]) -> Callable[Texts, Value]:
        remembered: Any = lru_cache(most)(function)

        @wraps(function)
        def call(*texts: Texts.args, **named: Texts.kwargs) -> Value:
            length = sum(len(str(text)) for text in texts)
            call_on = remembered if length <= _SHORT else function
            value: Value = call_on(*texts, **named)
            return value

        return call

    return decorate


def remember(most: int, method: Callable[Texts, Value]) -> Callable[Texts, Value]:
    """Remember what a method of an object returned, for so many arguments.

    The object is not held. If it held a cache that holds it, all that it has opened would
    stay until garbage is collected, although nobody uses it any more.
    """
    held: Any = WeakMethod(method)

    def call(*asked: Any, **named: Any) -> Any:
        return held()(*asked, **named)

    remembered: Any = lru_cache(most)(call)
    return cast("Callable[Texts, Value]", remembered)


class BoundedCache(Generic[Key, Value]):
    """Keeps the entries used last. Safe to share between threads.

    `weigh` returns the bytes of a key and its value, roughly; those of one entry may be
    more than all that the cache may hold: then it is not kept.
    """

    def __init__(self, most: int, weigh: Callable[[Key, Value], int]) -> None:
        """Hold at most so many bytes."""
        self._most = most
        self._weigh = weigh
        self._held: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()
        self.bytes = 0

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self._held)

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made and kept where there is none.

        Two threads may make the same value at once; no thread waits for another.
        """
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key][0]
        value = make()
        self._keep(key, value, self._weigh(key, value) + ENTRY)
        return value

    def _keep(self, key: Key, value: Value, weight: int) -> None:
        with self._lock:
            self.bytes -= self._held.pop(key, (None, 0))[1]
            if weight > self._most:
                return
            self._held[key] = value, weight
            self.bytes += weight
            while self.bytes > self._most:
                _, (_, freed) = self._held.popitem(last=False)
                self.bytes -= freed
