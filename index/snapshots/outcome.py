"""The outcome of the last build: whether it was published, when it ended, how long it took.

It lies in the data directory, beside the snapshots: a build that fails leaves no other
trace that a server could see.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

NAME = "BUILT"
"""In the data directory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a build ended: "published", or with which error; when, in seconds of Unix."""

    result: str
    ended: float
    seconds: float


@contextmanager
def record_outcome(data: Path) -> Iterator[None]:
    """Note how the block ends. A disk that takes no note does not fail a build."""
    start, result = time.monotonic(), "published"
    try:
        yield
    except BaseException as error:
        result = type(error).__name__
        raise
    finally:
        seconds = round(time.monotonic() - start, 3)
        with suppress(OSError):
            _write(data, Outcome(result=result, ended=time.time(), seconds=seconds))


def read_outcome(data: Path) -> Outcome | None:
    """Return how the last build ended; None if there was none, or nothing is legible."""
    try:
        kept = orjson.loads((data / NAME).read_bytes())
        return Outcome(
            result=str(kept["result"]),
            ended=float(kept["ended"]),
            seconds=float(kept["seconds"]),
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _write(data: Path, outcome: Outcome) -> None:
    draft = data / f"{NAME}.new"
    draft.write_bytes(orjson.dumps(asdict(outcome)))
    draft.replace(data / NAME)
