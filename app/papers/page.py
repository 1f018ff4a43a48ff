"""The page of one paper."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.cards.card import link_authors, link_keywords
from app.cards.notes import read_stars
from app.related.page import make_panel
from app.summaries.shown import read_documents, wants_markdown, write_markdown
from app.web.addresses import redirect
from app.web.deps import LibraryDep, TemplatesDep, get_database
from index import ArxivId

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


SHOWN_ON_PAPER = 100
"""Authors of a paper's own page before the fold."""


@router.get("/paper/{paper_id:path}")
def show_paper(
    request: Request, templates: TemplatesDep, paper_id: str, library: LibraryDep
) -> Response:
    """Show a paper; redirect other forms of its id to the canonical address."""
    canonical = ArxivId.parse(paper_id).id
    if paper_id != canonical:
        return redirect(request, f"/paper/{canonical}", 301)
    shown = library.catalog.by_id(canonical)
    if wants_markdown(request):
        return Response(
            write_markdown(get_database(request), shown),
            media_type="text/markdown",
            headers={"Cache-Control": "no-cache", "Vary": "Accept"},
        )
    return templates.render(
        request,
        "paper.html",
        paper=shown,
        documents=read_documents(request, shown),
        stars=read_stars(request, [canonical]).get(canonical, 0),
        authors=link_authors(request, shown.authors, SHOWN_ON_PAPER),
        keywords=link_keywords(request, shown.keywords),
        **make_panel(request, library, shown),
        snapshot=library.manifest.name,
    )
