"""The page of a search's results."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.cards.card import make_cards
from app.cards.notes import read_notes
from app.search.facets import Address, narrow
from app.search.outline import outline
from app.search.pager import Pager
from app.search.params import PageParams
from app.web.addresses import redirect
from app.web.deps import LibraryDep, TemplatesDep
from app.web.params import MAX_EXPORTED, Params
from index import Found, Library, read_listing

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/search")
def search(
    request: Request,
    templates: TemplatesDep,
    asked: Params[PageParams],
    library: LibraryDep,
) -> Response:
    """Show the papers that match, a page at a time.

    An id alone leads to its paper, codes of categories to their listing.
    """
    context: dict[str, Any] = {
        "q": asked.q,
        "sort": asked.sort.value,
        "snapshot": library.manifest.name,
    }
    if not (asked.q.strip() or asked.filters):
        return templates.render(request, "search.html", results=None, **context)
    if asked.is_bare and (expression := read_listing(asked.q)):
        return redirect(request, f"/arxiv/{expression}")
    found = library.finder.find(asked.search, asked.window)
    if len(found.query.ids) == 1 and found.total == 1 and not found.query.notices:
        return redirect(request, f"/paper/{found.query.ids[0].id}")
    pager = Pager(request, asked.page, found.total)
    if asked.page > max(1, pager.count):
        return RedirectResponse(pager.url(max(1, pager.count)), 303)
    context |= _render(request, library, asked, found)
    return templates.render(request, "search.html", pages=pager, **context)


def _render(
    request: Request, library: Library, asked: PageParams, found: Found
) -> dict[str, Any]:
    """Return what search.html shows of a result."""
    found.begin_facets()
    address = Address(request, asked)
    shown = make_cards(
        request,
        found.papers,
        found.highlights,
        found.offset + 1,
        found.scores if asked.explain else (),
        [key in found.added for key in found.keys],
        notes=read_notes(request, found.papers),
    )
    return {
        "results": found,
        "cards": list(shown),
        "narrow": narrow(address, asked, found.facets),
        "asked": asked,
        "address": address.url,
        "api": address.api(),
        "followed": address.follow(),
        "most_exported": MAX_EXPORTED,
        "has_vectors": library.relater.vectors is not None,
        "tree": outline(found.query.tree) if found.query.tree else None,
    }
