"""The JSON shapes of errors and notices, the same for every route.

A room of a protocol may give errors a form of its own, below its own path.
"""

from collections.abc import Callable, Mapping

from fastapi import Response
from pydantic import BaseModel, Field


class ErrorShape(BaseModel):
    """An error: its code, its message, and a hint for mending it."""

    error: str = Field(examples=["invalid_parameter"])
    message: str
    param: str | None
    hint: str | None


class NoticeShape(BaseModel):
    """A notice about an answer: a code, and its parameters."""

    code: str = Field(examples=["relaxed"])
    params: dict[str, str | int]


ErrorForm = Callable[[int, Mapping[str, str | None], Mapping[str, str] | None], Response]
"""Writes an error: its status, an ErrorShape, and headers that come with it."""

_FORMS: dict[str, ErrorForm] = {}


def write_errors_at(path: str, form: ErrorForm) -> None:
    """Have the errors of a path, and of all below it, written in a form of their own."""
    _FORMS[path] = form


def find_error_form(path: str) -> ErrorForm | None:
    """Return the form that errors have at a path, if they have one of their own."""
    for start, form in _FORMS.items():
        if path == start or path.startswith(f"{start}/"):
            return form
    return None
