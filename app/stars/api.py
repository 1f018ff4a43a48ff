"""The JSON routes to star a paper: an anonymous count, and nothing about who counted."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field

from app.search.params import NoParams
from app.stars.limiter import Ballots
from app.state.connection import StateError
from app.web.deps import live_library, state_of
from app.web.params import read_params
from app.web.responses import BAD, EVERYWHERE, UNKNOWN
from index import ArxivId

router = APIRouter(prefix="/api", tags=["stars"], responses=EVERYWHERE)

_PaperId = Annotated[str, Path(examples=["1706.03762", "hep-th/9901001"])]


class StarAnswer(BaseModel):
    """What a paper's stars are now."""

    stars: int = Field(description="How many readers have starred it.")
    counted: bool = Field(
        description="Whether this one changed it: a star counts once a day from an "
        "address, and only a star of the day is taken back."
    )


@router.put(
    "/papers/{paper_id:path}/star",
    responses={200: {"model": StarAnswer}, 400: BAD, 404: UNKNOWN},
    response_class=Response,
)
def star(request: Request, paper_id: _PaperId) -> Response:
    """Add a star to a paper."""
    return _changed(request, paper_id, star=True)


@router.delete(
    "/papers/{paper_id:path}/star",
    responses={200: {"model": StarAnswer}, 400: BAD, 404: UNKNOWN},
    response_class=Response,
)
def unstar(request: Request, paper_id: _PaperId) -> Response:
    """Take a star from a paper again."""
    return _changed(request, paper_id, star=False)


def _changed(request: Request, paper_id: str, *, star: bool) -> Response:
    read_params(request, NoParams)
    paper = live_library(request).catalog.by_id(ArxivId.parse(paper_id).id)
    ballots: Ballots = request.state.ballots
    address = request.client.host if request.client else ""
    counted = ballots.admits(address, paper.id, star=star)
    state = state_of(request)
    try:
        if counted:
            stars = state.star(paper.id, 1 if star else -1)
        else:
            stars = state.stars([paper.id]).get(paper.id, 0)
    except StateError:
        if counted:
            ballots.admits(address, paper.id, star=not star)
        raise
    body = {"stars": stars, "counted": counted}
    return Response(
        orjson.dumps(body),
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )
