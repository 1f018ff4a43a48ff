"""The JSON routes for papers by id."""

import orjson
from fastapi import APIRouter, Request, Response

from app.cards.shape import PaperShape, shape_paper
from app.papers.answer import BatchAnswer
from app.papers.params import BatchRequest
from app.web.deps import LibraryDep
from app.web.params import NO_PARAMS, DescribedRoute, PaperId
from app.web.responses import BAD, EVERYWHERE, SAME, UNKNOWN, answer, answer_unchanged
from index import ArxivId, BadId

router = APIRouter(
    prefix="/api", tags=["papers"], responses=EVERYWHERE, route_class=DescribedRoute
)


@router.post(
    "/papers/batch",
    operation_id="getPapers",
    responses={200: {"model": BatchAnswer}, 400: BAD, 413: BAD},
    response_class=Response,
    dependencies=[NO_PARAMS],
)
def get_papers(asked: BatchRequest, library: LibraryDep) -> Response:
    """Return up to 500 papers by id, in the order given; null for an unknown id."""
    ids = [_parse_id(text) for text in asked.ids]
    found = library.catalog.by_ids([known for known in ids if known])
    data = [shape_paper(found[i]) if i in found else None for i in ids]
    return Response(orjson.dumps({"data": data}), media_type="application/json")


@router.get(
    "/papers/{paper_id:path}",
    operation_id="getPaper",
    responses={200: {"model": PaperShape}, 304: SAME, 400: BAD, 404: UNKNOWN},
    response_class=Response,
    dependencies=[NO_PARAMS],
)
def get_paper(
    request: Request,
    paper_id: PaperId,
    library: LibraryDep,
) -> Response:
    """Return one paper. The id may have any form, and may name a version."""
    found = library.catalog.by_id(ArxivId.parse(paper_id).id)
    if same := answer_unchanged(request, library):
        return same
    return answer(request, library, shape_paper(found))


def _parse_id(text: str) -> str | None:
    try:
        return ArxivId.parse(text).id
    except BadId:
        return None
