"""The JSON routes to star a paper. Stars are an anonymous count."""

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from app.stars.limiter import StarLimiter
from app.stars.store import StarStore
from app.state.connection import StateError
from app.web.clients.address import find_client
from app.web.deps import LibraryDep, get_database
from app.web.params import NO_PARAMS, DescribedRoute, PaperId
from app.web.responses import BAD, EVERYWHERE, UNKNOWN
from index import ArxivId, Paper

router = APIRouter(
    prefix="/api", tags=["stars"], responses=EVERYWHERE, route_class=DescribedRoute
)


class StarAnswer(BaseModel):
    """A paper's stars after a request."""

    stars: int = Field(description="How many readers have starred the paper.")
    counted: bool = Field(
        description="Whether this request changed the count: a star counts once a day "
        "per address, and only a star of the same day can be taken back."
    )


@router.put(
    "/papers/{paper_id:path}/star",
    operation_id="starPaper",
    responses={200: {"model": StarAnswer}, 400: BAD, 404: UNKNOWN},
    response_class=Response,
    dependencies=[NO_PARAMS],
)
def star(request: Request, paper_id: PaperId, library: LibraryDep) -> Response:
    """Add a star to a paper."""
    paper = library.catalog.by_id(ArxivId.parse(paper_id).id)
    return _answer(change_stars(request, paper, star=True))


@router.delete(
    "/papers/{paper_id:path}/star",
    operation_id="unstarPaper",
    responses={200: {"model": StarAnswer}, 400: BAD, 404: UNKNOWN},
    response_class=Response,
    dependencies=[NO_PARAMS],
)
def unstar(request: Request, paper_id: PaperId, library: LibraryDep) -> Response:
    """Take a star back from a paper."""
    paper = library.catalog.by_id(ArxivId.parse(paper_id).id)
    return _answer(change_stars(request, paper, star=False))


def change_stars(request: Request, paper: Paper, *, star: bool) -> StarAnswer:
    """Add a star of this client's, or take it back. Raises StateError."""
    limiter: StarLimiter = request.state.limiter
    store = StarStore(get_database(request))
    address = find_client(request.scope)
    counted = limiter.admit(address, paper.id, star=star)
    try:
        if counted:
            stars = store.add(paper.id, 1 if star else -1)
        else:
            stars = store.read([paper.id]).get(paper.id, 0)
    except StateError:
        if counted:
            limiter.admit(address, paper.id, star=not star)
        raise
    return StarAnswer(stars=stars, counted=counted)


def _answer(changed: StarAnswer) -> Response:
    return Response(
        orjson.dumps(changed.model_dump()),
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )
