"""Properties that are worked out when they are first asked for."""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

Value = TypeVar("Value")


class lazy_property(Generic[Value]):  # noqa: N801  used as a decorator
    """A property that an instance keeps in its dictionary once it is known.

    `functools.cached_property` of Python 3.11 holds one lock for all instances, so that
    each request would wait for every other one's. Here two threads may both work out a
    value, and the last one stays.
    """

    def __init__(self, work_out: Callable[[Any], Value]) -> None:
        """Take what works out the value for an instance."""
        self._work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Remember under which name instances keep the value."""
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...

    def __get__(self, instance: object | None, owner: type) -> Self | Value:
        """Work out the value: later reads find it in the instance's dictionary."""
        if instance is None:
            return self
        value = self._work_out(instance)
        instance.__dict__[self._name] = value
        return value
