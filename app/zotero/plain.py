"""Errors as plain text, for programs that show what they get."""

from collections.abc import Mapping

from fastapi.responses import PlainTextResponse, Response


def word_error(
    status: int, body: Mapping[str, str | None], headers: Mapping[str, str] | None
) -> Response:
    """Return an error in one sentence, with its hint."""
    said = [part for part in (body["message"], body["hint"]) if part]
    return PlainTextResponse("; ".join(said) + "\n", status, headers)
