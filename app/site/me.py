"""The page /me, which shows what the browser remembers; the server stores none of it."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.web.deps import TemplatesDep
from index import ALIASES, CATEGORIES

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/me")
def show_me(request: Request, templates: TemplatesDep) -> Response:
    """Show an empty page, which a script fills from the browser's storage."""
    return templates.render(request, "me.html", codes=(*CATEGORIES, *ALIASES))
