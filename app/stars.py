"""The JSON routes to star a paper: an anonymous count, and nothing about who counted."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field

from app.answers import BAD, EVERYWHERE, UNKNOWN
from app.asked import NoParams
from app.ballots import Ballots
from app.deps import live_library, state_of
from app.params import read_params
from index import ArxivId

router = APIRouter(prefix="/api", tags=["stars"], responses=EVERYWHERE)

_PaperId = Annotated[str, Path(examples=["1706.03762", "hep-th/9901001"])]
_ADD, _TAKE = 1, -1


class StarAnswer(BaseModel):
    """What a paper's stars are now."""

    stars: int = Field(description="How many readers have starred it.")
    counted: bool = Field(
        description="Whether this one changed it: once a day from an address."
    )


@router.put(
    "/papers/{paper_id:path}/star",
    responses={200: {"model": StarAnswer}, 400: BAD, 404: UNKNOWN},
    response_class=Response,
)
def star(request: Request, paper_id: _PaperId) -> Response:
    """Add a star to a paper."""
    return _changed(request, paper_id, _ADD)


@router.delete(
    "/papers/{paper_id:path}/star",
    responses={200: {"model": StarAnswer}, 400: BAD, 404: UNKNOWN},
    response_class=Response,
)
def unstar(request: Request, paper_id: _PaperId) -> Response:
    """Take a star from a paper again."""
    return _changed(request, paper_id, _TAKE)


def _changed(request: Request, paper_id: str, change: int) -> Response:
    read_params(request, NoParams)
    paper = live_library(request).catalog.by_id(ArxivId.parse(paper_id).id)
    ballots: Ballots = request.state.ballots
    address = request.client.host if request.client else ""
    counted = ballots.admits(address, paper.id, change)
    state = state_of(request)
    stars = state.star(paper.id, change) if counted else state.stars([paper.id])
    count = stars if isinstance(stars, int) else stars.get(paper.id, 0)
    body = {"stars": count, "counted": counted}
    return Response(
        orjson.dumps(body),
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )
