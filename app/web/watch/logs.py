"""Log lines: as text or JSON, with the id of the request, and not too many tracebacks."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import orjson

MOST_TRACEBACKS = 5
"""Of the same error, in a minute and process."""

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that is being answered; empty outside of one."""

_MINUTE_S = 60.0
_MOST_ERRORS = 500  # kinds of error that are counted
_TEXT = "%(levelname)s: %(message)s"


def make_log_config(level: str, form: str) -> dict[str, Any]:
    """Return what `logging.config.dictConfig` takes: one handler, on standard error.

    `level` is for this service and its server; from other packages only what is at
    least a warning is logged. `form` is "text" or "json".
    """
    others = "error" if level == "error" else "warning"
    ours = {"level": level.upper(), "propagate": True, "handlers": []}
    loggers = dict.fromkeys(("app", "index", "uvicorn"), ours)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"tracebacks": {"()": "app.web.watch.logs.TracebackLimit"}},
        "formatters": {
            "text": {"()": "app.web.watch.logs.TextFormatter"},
            "json": {"()": "app.web.watch.logs.JsonFormatter"},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "formatter": form,
                "filters": ["tracebacks"],
            }
        },
        "root": {"level": others.upper(), "handlers": ["stderr"]},
        "loggers": loggers,
    }


class TextFormatter(logging.Formatter):
    """Writes a record as a line for people, with its request's id where it has one."""

    def __init__(self) -> None:
        """Write the level and the message."""
        super().__init__(_TEXT)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  logging's
        """Return the line without its traceback."""
        line = super().formatMessage(record)
        request_id = REQUEST_ID.get()
        return f"{line} [{request_id}]" if request_id else line


class JsonFormatter(logging.Formatter):
    """Writes a record as a JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return time, level, logger and message, and what else the record has."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(
                "T", "milliseconds"
            ),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := REQUEST_ID.get():
            line["request_id"] = request_id
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str).decode()


class TracebackLimit(logging.Filter):
    """Leaves tracebacks out of the same error's records beyond MOST_TRACEBACKS a minute.

    The records themselves stay, with a count. Two errors are the same if they are of
    one type and were raised at one place.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing counted."""
        super().__init__()
        self._clock = clock
        self._seen: OrderedDict[tuple[object, ...], tuple[float, int]] = OrderedDict()

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the traceback off a record if there were enough of the same error."""
        error = record.exc_info[1] if record.exc_info else None
        if (
            error is not None
            and (count := self._count(_find_place(error))) > MOST_TRACEBACKS
        ):
            kind = type(error).__name__
            record.msg = f"{record.getMessage()} ({kind}, {count} times in this minute)"
            record.args, record.exc_info, record.exc_text = None, None, None
        return True

    def _count(self, place: tuple[object, ...]) -> int:
        now = self._clock()
        since, count = self._seen.pop(place, (now, 0))
        if now - since >= _MINUTE_S:
            since, count = now, 0
        self._seen[place] = since, count + 1
        if len(self._seen) > _MOST_ERRORS:
            self._seen.popitem(last=False)
        return count + 1


def _find_place(error: BaseException) -> tuple[object, ...]:
    """Return the type of an error and where it was raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return (type(error),)
    return (type(error), trace.tb_frame.f_code.co_filename, trace.tb_lineno)
