"""Guarded parts of an engine: their panics become errors that callers know.

tantivy panics where bytes have changed under it. PyO3 raises that as a BaseException,
which passes every handler of errors by and ends whatever it meets.
"""

from asyncio import CancelledError
from collections.abc import Callable
from typing import Any, TypeVar, cast

from index.errors import BrokenSnapshot

_Part = TypeVar("_Part")
_NO_PANICS = (Exception, KeyboardInterrupt, SystemExit, GeneratorExit, CancelledError)


def guard(part: _Part) -> _Part:
    """Return a part whose methods raise BrokenSnapshot where it would panic."""
    return cast(_Part, _Guarded(part))


class _Guarded:
    def __init__(self, part: object) -> None:
        self._part = part

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._part, name)
        if callable(attribute):
            attribute = _guard_method(attribute)
            setattr(self, name, attribute)  # asked for once
        return attribute


def _guard_method(method: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except _NO_PANICS:
            raise
        except BaseException as error:
            message = f"the full-text index is damaged: {error}"
            raise BrokenSnapshot(message) from error

    return call
