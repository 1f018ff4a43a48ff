"""Observed requests: each has an id, is counted and timed, and logged if that is wanted."""

import logging
import re
import secrets
import time
from collections.abc import Mapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.watch.logs import REQUEST_ID
from app.web.watch.metrics import Metrics

_LOG = logging.getLogger("app.access")
_HEADER = b"x-request-id"
_SANE = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_ID_BYTES = 8
_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"}
_ABORTED = 499  # no answer was begun: the client had gone
_FAILED = 500


class Observed:
    """Gives a request its id, and tells metrics and log about it when it has ended.

    An error that has become a complete response goes no further: it was logged where
    it became one, and the server would log it again.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, *, access_log: bool) -> None:
        """Wrap an application."""
        self._app = app
        self._metrics = metrics
        self._access_log = access_log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an HTTP request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _read_id(scope)
        token = REQUEST_ID.set(request_id)
        status, is_complete, start = _ABORTED, False, time.perf_counter()

        async def send_observed(message: Message) -> None:
            nonlocal status, is_complete
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (_HEADER, request_id.encode())]
            elif message["type"] == "http.response.body":
                is_complete = not message.get("more_body", False)
            await send(message)

        self._metrics.begin()
        try:
            await self._app(scope, receive, send_observed)
        except Exception:
            if not is_complete:
                status = _FAILED if status == _ABORTED else status
                raise
        finally:
            self._end(scope, status, time.perf_counter() - start)
            REQUEST_ID.reset(token)

    def _end(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        route = name_route(scope)
        self._metrics.end(method, route, status, seconds)
        if self._access_log:
            ms = round(seconds * 1_000, 1)
            fields = {"method": method, "route": route, "status": status, "ms": ms}
            _LOG.info("%s %s %s %s ms", *fields.values(), extra={"fields": fields})


def name_route(scope: Mapping[str, Any]) -> str:
    """Return the template of the route that answers a request; never its address."""
    if scope["path"].startswith("/static/"):
        return "/static"
    route = getattr(scope.get("route"), "path_format", None)
    return route.replace(":path", "") if isinstance(route, str) else "none"


def _read_id(scope: Scope) -> str:
    """Return the id that a request brings, if it is sane, or a new one."""
    brought = [value for name, value in scope["headers"] if name == _HEADER]
    if len(brought) == 1 and _SANE.fullmatch(brought[0]):
        return str(brought[0].decode("ascii"))
    return secrets.token_hex(_ID_BYTES)
