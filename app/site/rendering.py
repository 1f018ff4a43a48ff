"""The page /about/rendering, which renders Markdown and formulas as you type."""

from dataclasses import dataclass
from functools import cache

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.web.assets import find_shipped
from app.web.deps import TemplatesDep

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

_GALLERY = "gallery.txt"
_HEADING = "==== "


@dataclass(frozen=True, slots=True)
class Case:
    """A hard case: its name, and its Markdown."""

    name: str
    markdown: str


@cache
def read_gallery() -> tuple[Case, ...]:
    """Read the hard cases, in order."""
    text = (find_shipped("templates") / _GALLERY).read_text(encoding="utf-8")
    pieces = f"\n{text}".split(f"\n{_HEADING}")[1:]
    return tuple(
        Case(name, markdown.strip("\n"))
        for name, _, markdown in (piece.partition("\n") for piece in pieces)
    )


@router.get("/about/rendering")
def show_rendering(request: Request, templates: TemplatesDep) -> Response:
    """Show an input for Markdown, its rendering, and the hard cases."""
    return templates.render(request, "rendering.html", gallery=read_gallery())
