"""The service with as many papers on a page of results as the benchmark of reading has."""

from fastapi import FastAPI

import app.main
import app.pager
import app.pages
from tests.bench.markdown import CARDS


def create_app() -> FastAPI:
    """Return the service, its pages longer than they are."""
    app.pages.PAGE_SIZE = app.pager.PAGE_SIZE = CARDS
    return app.main.create_app()
