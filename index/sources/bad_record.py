"""A bad record: one that is not a paper, and why."""

import json
import re

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class BadRecord(Exception):
    """A record is not a paper; `reason` is one word of record.REASONS."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


def explain_unreadable(line: bytes) -> str:
    """Return the reason why a line that cannot be parsed is no record."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return "not_utf8"
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return "not_json"
    return "lone_surrogate" if _SURROGATE.search(line) else "not_json"
