"""arXiv's address for the BibTeX of a paper, which userscripts ask for."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.exports.formats import Format, export
from app.web.contract import write_errors_at
from app.web.deps import LibraryDep
from app.web.responses import answer_as, answer_unchanged
from app.zotero.plain import word_error
from index import ArxivId

router = APIRouter(include_in_schema=False)

_PATH = "/bibtex"


@router.get(f"{_PATH}/{{paper_id:path}}")
def show_bibtex(request: Request, paper_id: str, library: LibraryDep) -> Response:
    """Show the BibTeX of a paper as text. Raises BadId, UnknownPaper."""
    paper = library.catalog.by_id(ArxivId.parse(paper_id).id)
    if same := answer_unchanged(request, library):
        return same
    body = export([paper], Format.BIBTEX).encode()
    return answer_as(request, library, body, "text/plain; charset=utf-8")


write_errors_at(_PATH, word_error)
