"""Cool Papers' address for stars, `/arxiv/star`, with `key`, `paper` and `delta`."""

from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from app.stars.api import change_stars
from app.web.addresses import find_home
from app.web.deps import LibraryDep
from app.web.params import Params
from index import ArxivId

router = APIRouter(include_in_schema=False)


class StarParams(BaseModel):
    """A paper, and whether it gets a star or loses one; `key` counts for nothing here."""

    paper: str = Field(max_length=100)
    delta: Literal["1", "-1"] = "1"


@router.post("/arxiv/star")
def star(request: Request, asked: Params[StarParams], library: LibraryDep) -> Response:
    """Add a star or take one back, and answer with the count.

    A browser sends such a POST for any page, unasked: only our own pages may.
    """
    origin = request.headers.get("origin")
    if origin is not None and origin != find_home(request):
        raise HTTPException(403, "pages of other sites may not give stars")
    paper = library.catalog.by_id(ArxivId.parse(asked.paper).id)
    changed = change_stars(request, paper, star=asked.delta == "1")
    return PlainTextResponse(str(changed.stars), headers={"Cache-Control": "no-store"})
