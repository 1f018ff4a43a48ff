"""The JSON routes for related papers and keywords."""

import orjson
from fastapi import APIRouter, Request, Response

from app.cards.fields import parse_fields
from app.related.answer import (
    KeywordsAnswer,
    RelatedAnswer,
    shape_keywords,
    shape_related,
)
from app.related.params import KeywordsRequest, LikeParams, RelatedParams
from app.web.deps import LibraryDep
from app.web.errors import BadParameter
from app.web.params import NO_PARAMS, DescribedRoute, PaperId, Params, read_ids
from app.web.responses import BAD, EVERYWHERE, SAME, UNKNOWN, answer, answer_unchanged
from index import ArxivId, Library

_FOUND = {"model": RelatedAnswer}

router = APIRouter(
    prefix="/api", tags=["related"], responses=EVERYWHERE, route_class=DescribedRoute
)


@router.get(
    "/papers/{paper_id:path}/related",
    operation_id="getRelatedPapers",
    responses={200: _FOUND, 304: SAME, 400: BAD, 404: UNKNOWN},
    response_class=Response,
)
def get_related(
    request: Request,
    paper_id: PaperId,
    asked: Params[RelatedParams],
    library: LibraryDep,
) -> Response:
    """Return the papers most related to one, with reasons."""
    return _answer_related(request, library, asked, [ArxivId.parse(paper_id).id], [])


@router.get(
    "/related",
    operation_id="findRelatedPapers",
    responses={200: _FOUND, 304: SAME, 400: BAD, 404: UNKNOWN},
    response_class=Response,
)
def get_related_to_several(
    request: Request, asked: Params[LikeParams], library: LibraryDep
) -> Response:
    """Return the papers most related to some papers and least related to others."""
    liked = read_ids(asked.like, "like")
    if not liked:
        raise BadParameter(
            "no paper is named", param="like", hint="give ids, separated by commas"
        )
    return _answer_related(
        request, library, asked, liked, read_ids(asked.unlike or "", "unlike")
    )


@router.post(
    "/keywords",
    operation_id="extractKeywords",
    responses={200: {"model": KeywordsAnswer}, 400: BAD, 413: BAD},
    response_class=Response,
    dependencies=[NO_PARAMS],
)
def extract_keywords(asked: KeywordsRequest, library: LibraryDep) -> Response:
    """Return the keywords of any text; it may contain Markdown and TeX."""
    extractor = library.extractor
    found = extractor.extract_from_text(asked.text, asked.title, asked.limit)
    return Response(orjson.dumps(shape_keywords(found)), media_type="application/json")


def _answer_related(
    request: Request,
    library: Library,
    asked: RelatedParams,
    liked: list[str],
    unliked: list[str],
) -> Response:
    fields = parse_fields(asked.fields)
    page = library.relater.related(
        liked, unliked, method=asked.method, sort=asked.sort, limit=asked.limit
    )
    if same := answer_unchanged(request, library):
        return same
    return answer(request, library, shape_related(page, library.manifest.name, fields))
