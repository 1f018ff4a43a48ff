"""A listing's cursor: the paper after which the next page begins."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from app.web.errors import BadParameter

_WRITTEN = re.compile(r"(\d{4}-\d\d-\d\d)_([^_]+)(?:_\d+)?", re.ASCII)
"""The last part, a number of papers before it, is of tokens that 0.1 has written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A place in an order by day: behind a paper of a day. It holds in all snapshots."""

    day: date
    paper_id: str

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `str` has written. Raises BadParameter."""
        try:
            if match := _WRITTEN.fullmatch(text):
                return cls(day=date.fromisoformat(match[1]), paper_id=match[2])
        except ValueError:
            pass
        raise BadParameter(
            "the cursor cannot be read", param="cursor", hint="begin again without one"
        )

    def __str__(self) -> str:
        """Print the cursor so that it reads back."""
        return f"{self.day.isoformat()}_{self.paper_id}"
