"""What a route may ask for."""

from typing import Annotated

from fastapi import Depends, Request

from app.state.connection import State
from app.web.templates import Templates
from index import Library, Shelf


def live_library(request: Request) -> Library:
    """Return the live library; the request holds it to its end."""
    shelf: Shelf = request.state.shelf
    return shelf.library()


def state_of(request: Request) -> State:
    """Return what changes while serving."""
    state: State = request.state.state
    return state


async def _templates(request: Request) -> Templates:
    templates: Templates = request.state.templates
    return templates


TemplatesDep = Annotated[Templates, Depends(_templates)]
