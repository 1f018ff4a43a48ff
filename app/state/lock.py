"""The lock of the state: held by whoever uses the state, taken alone by a restore.

It is the kernel's (flock), so that it ends with the process, however that ends.
"""

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.state.connection import StateError

NAME = "SERVING"
"""In the data directory."""

_LOG = logging.getLogger(__name__)


@contextmanager
def hold_served(data: Path) -> Iterator[None]:
    """Hold the lock with others while using the state; wait for a restore to end first.

    Where nothing can be written in the data directory there is no lock, and a warning.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        file = (data / NAME).open("a")
    except OSError as error:
        _LOG.warning("cannot lock the state in %s: %s", data, error.strerror)
        yield
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            _LOG.warning("waiting for `winnow restore` to end in %s", data)
            fcntl.flock(file, fcntl.LOCK_SH)
        yield


@contextmanager
def hold_alone(data: Path) -> Iterator[None]:
    """Hold the lock alone. Raises StateError while a server runs."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        file = (data / NAME).open("a")
    except OSError as error:
        raise StateError(f"cannot write in {data}: {error.strerror}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StateError(
                f"a server is running with {data}, or a command is at its summaries; "
                "stop it, then restore"
            ) from None
        yield
