"""Whether the service answers: for load balancers and people who are paged."""

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from app.deps import LibraryDep
from app.errors import error_body
from app.schemas import ErrorShape, HealthAnswer
from index import Library

router = APIRouter(tags=["health"])

_ILL = {"model": ErrorShape, "description": "Queries are not answered"}


@router.get("/healthz", responses={200: {"model": HealthAnswer}, 503: _ILL})
def health(library: LibraryDep) -> Response:
    """Run a real query, compare its total with the manifest, name the live snapshot."""
    expected, found = _probe(library)
    if found < expected:
        message = f"a query found {found:,} papers where there are {expected:,}"
        return JSONResponse(error_body("wrong_answer", message), 503)
    return JSONResponse(
        {
            "status": "ok",
            "snapshot": library.manifest.name,
            "papers": library.manifest.papers,
        },
        headers={"Cache-Control": "no-store"},
    )


def _probe(library: Library) -> tuple[int, int]:
    """Return how many papers the largest category has, and how many a query finds.

    The query may find more: that for an archive finds its categories' papers too.
    """
    counts = library.manifest.categories
    if not counts:
        return library.manifest.papers, library.engine.count()
    code = next(iter(counts))
    return counts[code], library.finder.find(f'cat:"{code}"', limit=1).total
