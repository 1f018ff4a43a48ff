"""The service with as many papers per page as the benchmark of reading needs."""

from fastapi import FastAPI

import app.main
import app.papers.page
import app.search.pager
from benchmarks.markdown import CARDS


def create_app() -> FastAPI:
    """Return the service, its pages longer than they are."""
    app.papers.page.PAGE_SIZE = app.search.pager.PAGE_SIZE = CARDS
    return app.main.create_app()
