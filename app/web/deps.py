"""Dependencies of routes: the library, the templates and the database."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from app.state.connection import Database
from app.web.templates import Templates
from index import Library, Shelf


async def _get_library(request: Request) -> Library:
    """Return the live library; the request holds it until it ends.

    Only opening a new one takes a thread: the switch costs as much as a small request.
    """
    shelf: Shelf = request.state.shelf
    current = shelf.current()
    return await run_in_threadpool(shelf.library) if current is None else current


async def _get_templates(request: Request) -> Templates:
    templates: Templates = request.state.templates
    return templates


def get_database(request: Request) -> Database:
    """Return the state database."""
    database: Database = request.state.database
    return database


LibraryDep = Annotated[Library, Depends(_get_library)]
TemplatesDep = Annotated[Templates, Depends(_get_templates)]
