"""Errors as responses: maps every exception to a status and a JSON body."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from app.state.connection import StateError
from app.web.contract import find_error_form
from app.web.routes import list_methods, list_params
from app.web.watch.observed import name_route
from app.wording.refused import word_refused
from index import (
    Abandoned,
    BadId,
    BadQuery,
    BrokenSnapshot,
    Crowded,
    EncoderMissing,
    EncoderOpening,
    Forgotten,
    LibraryError,
    NoSnapshot,
    NoVectors,
    OutOfTime,
    TooDear,
    UnknownCategory,
    UnknownPaper,
)

_LOG = logging.getLogger(__name__)

Handler = Callable[[Request, Exception], Awaitable[Response]]

STATUS: dict[type[Exception], tuple[int, str]] = {
    BadId: (404, "not_an_id"),
    BadQuery: (400, "invalid_parameter"),
    TooDear: (400, "too_dear"),
    UnknownCategory: (404, "unknown_category"),
    UnknownPaper: (404, "unknown_paper"),
    Forgotten: (410, "forgotten"),
    Crowded: (503, "busy"),
    OutOfTime: (503, "out_of_time"),
    Abandoned: (503, "abandoned"),  # read by nobody
    NoSnapshot: (503, "no_snapshot"),
    BrokenSnapshot: (503, "broken_snapshot"),
    EncoderMissing: (503, "encoder_missing"),
    EncoderOpening: (503, "encoder_opening"),
    NoVectors: (400, "no_vectors"),
    StateError: (503, "state_unavailable"),
}
"""Status and code of each error that a visitor can meet."""

_RETRY: dict[type[Exception], str] = {
    EncoderOpening: "1",
    Crowded: "2",
    OutOfTime: "5",
}
"""Seconds after which to ask again."""

SEE_LOG = "the server's log has the reason"
"""Said instead of what names paths, hosts or ports."""

CROWDED_S = 1.0
"""Seconds until one is told that too many dear requests are running: who asks again at
once would keep the server at work with refusals."""

PLAIN: dict[type[Exception], str] = {
    NoSnapshot: "nothing has been indexed yet; the operator runs `winnow rebuild DUMP`",
    BrokenSnapshot: f"the index cannot be read; {SEE_LOG}, and `winnow rebuild DUMP` "
    "makes a new index",
    EncoderMissing: "this service cannot search by meaning at present; search by words, "
    f"with mode=lexical ({SEE_LOG})",
    StateError: f"the state (summaries and stars) cannot be reached; {SEE_LOG}",
}
"""The sentence for visitors where the error's own names paths, hosts or ports."""

_HTTP_CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    429: "too_many_requests",
}
_BY_MEANING = {"encoder_missing", "encoder_opening", "no_vectors"}
_JSON_PATHS = ("/api", "/healthz", "/mcp", "/readyz", "/metrics")


_FILES = (".atom", ".bib", ".json", ".jsonl", ".md", ".ris")
"""Endings of addresses that programs read: their errors are JSON, too."""


class BadParameter(Exception):
    """A parameter has a value that cannot be used."""

    def __init__(self, message: str, *, param: str, hint: str | None = None) -> None:
        """Keep the message, the parameter's name and the hint."""
        super().__init__(message)
        self.param = param
        self.hint = hint


_UNREADABLE = "There was an error parsing the body"  # FastAPI: nested too deep


def install(app: FastAPI) -> None:
    """Make the application answer all errors in one shape."""
    for kind, answer in (
        (LibraryError, _answer_library_error),
        (StateError, _answer_library_error),
        (BadParameter, _answer_bad_parameter),
        (RequestValidationError, _answer_invalid),
        (HTTPException, _answer_http_error),
        (Exception, _answer_unexpected),
    ):
        app.add_exception_handler(kind, _answer_at_once(answer))


def _answer_at_once(answer: Callable[[Request, Exception], Response]) -> Handler:
    """Return a handler that waits for no thread of the pool, which may be busy."""

    async def handle(request: Request, error: Exception) -> Response:
        if isinstance(error, Crowded):
            await asyncio.sleep(CROWDED_S)
        return answer(request, error)

    return handle


def make_error_body(
    code: str, message: str, param: str | None = None, hint: str | None = None
) -> dict[str, str | None]:
    """Return an error as an ErrorShape."""
    return {"error": code, "message": message, "param": param, "hint": hint}


_NO_JSON = make_error_body(
    "invalid_json",
    "the body is not a JSON object",
    hint="send one, with Content-Type: application/json",
)


def _answer_library_error(request: Request, error: Exception) -> Response:
    if type(error) not in STATUS:
        return _answer_unexpected(request, error)
    status, code = STATUS[type(error)]
    param, hint = getattr(error, "param", None), getattr(error, "hint", None)
    wait_s = _RETRY.get(type(error))
    headers = {"Retry-After": wait_s} if wait_s else None
    body = make_error_body(code, word_plainly(error), param, hint)
    return respond(request, status, body, headers, getattr(error, "code", ""))


def word_plainly(error: Exception, *, log: bool = True) -> str:
    """Return what a visitor may read of an error; the log has what they may not."""
    plain = next((PLAIN[kind] for kind in type(error).__mro__ if kind in PLAIN), None)
    if plain is None:
        return str(error)
    if log and not isinstance(error, NoSnapshot):
        is_expected = isinstance(error, EncoderMissing)  # a state, no fault of the code
        _LOG.warning("%s", error, exc_info=None if is_expected else error)
    return plain


def _answer_bad_parameter(request: Request, error: Exception) -> Response:
    assert isinstance(error, BadParameter)  # noqa: S101  it is registered for this type
    body = make_error_body("invalid_parameter", str(error), error.param, error.hint)
    return respond(request, 400, body)


def _answer_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    first = error.errors()[0]
    place = [str(part) for part in first["loc"]]
    param = place[1] if len(place) > 1 else None
    if first["type"] == "extra_forbidden":
        message = f"there is no parameter {param!r} here"
        hint = f"parameters are {', '.join(list_params(request, place[0])) or 'none'}"
        body = make_error_body("unknown_parameter", message, param, hint)
    elif first["type"] == "json_invalid" or place == ["body"]:
        body = _NO_JSON
    else:
        message = f"{param or place[0]}: {word_refused(first)}"
        body = make_error_body("invalid_parameter", message, param)
    return respond(request, 400, body)


def _answer_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    if error.detail == _UNREADABLE:
        return respond(request, error.status_code, _NO_JSON)
    code = _HTTP_CODES.get(error.status_code, "error")
    hint = "the API is described at /api/docs" if error.status_code == 404 else None  # noqa: PLR2004  a status
    body = make_error_body(code, str(error.detail), hint=hint)
    headers = error.headers
    if error.status_code == 405:  # noqa: PLR2004  a status
        headers = {"Allow": ", ".join(list_methods(request))}  # of all routes, not of one
    return respond(request, error.status_code, body, headers)


def _answer_unexpected(request: Request, error: Exception) -> Response:
    _LOG.error("cannot answer %s", name_route(request.scope), exc_info=error)
    message = "something went wrong here; it has been logged"
    return respond(request, 500, make_error_body("internal_error", message))


def _find_by_words(request: Request, code: str) -> str | None:
    """Return the address of a search by words, where one by meaning failed."""
    if code not in _BY_MEANING or request.scope["path"] != "/search":
        return None
    return f"/search?{request.url.include_query_params(mode='lexical').query}"


def respond(
    request: Request,
    status: int,
    body: dict[str, Any],
    headers: Any = None,
    named: str = "",
) -> Response:
    """Return an error as a page, or as JSON where a program asks.

    A protocol has forms of its own. A page says what was `named` and is not there.
    """
    path = request.scope["path"]
    if form := find_error_form(path):
        return form(status, body, headers)
    is_file = path.endswith(_FILES) or "format" in request.query_params
    if is_file or path.startswith(_JSON_PATHS):
        return JSONResponse(body, status, headers)
    asked = request.query_params.get("q", "")  # for the search box, to be corrected
    page: Response = request.state.templates.render(
        request,
        "error.html",
        status=status,
        q=asked,
        named=named,
        by_words=_find_by_words(request, body["error"]),
        **body,
    )
    page.headers.update(headers or {})
    return page
