"""The sitemap: an index of slices, each with some thousand papers (sitemaps.org)."""

from collections.abc import Iterable
from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from app.web.addresses import find_home
from app.web.deps import LibraryDep
from index import CATEGORIES, Library

router = APIRouter(include_in_schema=False)

SLICE = 10_000
"""Papers of one file. A file may have 50,000; this one takes a tenth of a second."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_PAGES = ("/", "/categories", "/about/feeds", "/about/rendering", "/api/docs", "/llms.txt")
_CACHED = {"Cache-Control": "public, max-age=86400"}


@router.get("/sitemap.xml")
def get_index(request: Request, library: LibraryDep) -> Response:
    """List the slices; those of older papers stay as they are in most updates."""
    home = find_home(request)
    numbers = range(1, count_slices(library) + 1)
    names = ["pages", *(f"papers-{number}" for number in numbers)]
    return _answer("sitemapindex", "sitemap", (f"{home}/sitemap/{n}.xml" for n in names))


@router.get("/sitemap/pages.xml")
def get_pages(request: Request, library: LibraryDep) -> Response:
    """List the pages that are no paper's, and the listing of each category."""
    home = find_home(request)
    held = [code for code in sorted(library.manifest.categories) if code in CATEGORIES]
    paths = (*_PAGES, *(f"/arxiv/{code}" for code in held))
    return _answer("urlset", "url", (f"{home}{path}" for path in paths))


@router.get("/sitemap/papers-{number}.xml")
def get_papers(request: Request, number: int, library: LibraryDep) -> Response:
    """List the pages of a slice's papers, in the order in which they came."""
    if not 1 <= number <= count_slices(library):
        raise HTTPException(404, "there is no such part of the sitemap")
    home = find_home(request)
    first = (number - 1) * SLICE + 1
    ids = library.catalog.ids(range(first, first + SLICE))
    return _answer("urlset", "url", (f"{home}/paper/{ids[key]}" for key in sorted(ids)))


def count_slices(library: Library) -> int:
    """Return how many slices hold all papers: a catalog numbers them from 1 on."""
    return -(-library.manifest.papers // SLICE)


def _answer(root: str, item: str, addresses: Iterable[str]) -> Response:
    items = "".join(f"<{item}><loc>{escape(url)}</loc></{item}>\n" for url in addresses)
    body = f"{_HEAD}<{root} {_SPACE}>\n{items}</{root}>\n"
    return Response(body, media_type="application/xml", headers=_CACHED)
