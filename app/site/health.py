"""The health check, for load balancers and people on call."""

from typing import Literal

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from app.web.contract import ErrorShape
from app.web.deps import LibraryDep
from app.web.errors import make_error_body
from index import Field, Library, Query, Sort, Term, Without

router = APIRouter(tags=["health"])

_ALL = Query(tree=Without(Term(Field.ID, "")))
_ILL = {"model": ErrorShape, "description": "Queries are not answered"}


class HealthAnswer(BaseModel):
    """The state of a service that answers queries."""

    status: Literal["ok"]
    snapshot: str
    papers: int


@router.get("/healthz", responses={200: {"model": HealthAnswer}, 503: _ILL})
def check_health(library: LibraryDep) -> Response:
    """Run a real query, compare its total with the manifest, name the live snapshot."""
    expected, found = _probe(library)
    if found < expected:
        message = f"a query found {found:,} papers where there are {expected:,}"
        return JSONResponse(make_error_body("wrong_answer", message), 503)
    return JSONResponse(
        {
            "status": "ok",
            "snapshot": library.manifest.name,
            "papers": library.manifest.papers,
        },
        headers={"Cache-Control": "no-store"},
    )


def _probe(library: Library) -> tuple[int, int]:
    """Return the size of the largest category, and the total of a query for it.

    The query may find more: for an archive it also finds its categories' papers.
    """
    counts = library.manifest.categories
    if not counts:
        return library.manifest.papers, library.engine.search(_ALL, limit=1).total
    code = next(iter(counts))
    query = Query(tree=Term(Field.CATEGORY, code))
    return counts[code], library.engine.search(
        query, limit=1, offset=0, sort=Sort.RELEVANCE
    ).total
