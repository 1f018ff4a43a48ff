"""Workers: what several processes that serve share."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

_DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"


@contextmanager
def share_metrics(workers: int) -> Iterator[None]:
    """Give several workers a directory where each writes its metrics."""
    if workers == 1 or _DIRECTORY in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="winnow-metrics-") as directory:
        os.environ[_DIRECTORY] = directory
        try:
            yield
        finally:
            del os.environ[_DIRECTORY]
