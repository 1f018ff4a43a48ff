"""The service with as many papers per page as the benchmark of reading needs."""

from fastapi import FastAPI

import app.main
import app.search.pager
import app.search.params
from benchmarks.markdown import CARDS


def create_app() -> FastAPI:
    """Return the service, its pages longer than they are."""
    for module in (app.search.params, app.search.pager):
        module.PAGE_SIZE = CARDS  # type: ignore[attr-defined]
    return app.main.create_app()
