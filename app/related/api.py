"""The JSON routes for related papers and keywords."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Request, Response

from app.related.answer import (
    KeywordsAnswer,
    RelatedAnswer,
    keywords_answer,
    related_answer,
)
from app.search.params import KeywordsRequest, LikeParams, NoParams, RelatedParams
from app.web.deps import live_library
from app.web.errors import BadParameter
from app.web.params import described, fields_of, read_ids, read_params
from app.web.responses import BAD, EVERYWHERE, SAME, UNKNOWN, answer, unchanged
from index import ArxivId

_FOUND = {"model": RelatedAnswer}

router = APIRouter(prefix="/api", tags=["related"], responses=EVERYWHERE)


@router.get(
    "/papers/{paper_id:path}/related",
    responses={200: _FOUND, 304: SAME, 400: BAD, 404: UNKNOWN},
    response_class=Response,
    openapi_extra=described(RelatedParams),
)
def related(
    request: Request,
    paper_id: Annotated[str, Path(examples=["1706.03762", "hep-th/9901001"])],
) -> Response:
    """Return the papers most related to one, with reasons."""
    asked = read_params(request, RelatedParams)
    return _related(request, asked, [ArxivId.parse(paper_id).id], [])


@router.get(
    "/related",
    responses={200: _FOUND, 304: SAME, 400: BAD, 404: UNKNOWN},
    response_class=Response,
    openapi_extra=described(LikeParams),
)
def like(request: Request) -> Response:
    """Return the papers most related to several, and less to others."""
    asked = read_params(request, LikeParams)
    liked = read_ids(asked.like, "like")
    if not liked:
        raise BadParameter(
            "no paper is named to be near to", param="like", hint="give ids, by commas"
        )
    return _related(request, asked, liked, read_ids(asked.unlike or "", "unlike"))


@router.post(
    "/keywords",
    responses={200: {"model": KeywordsAnswer}, 400: BAD, 413: BAD},
    response_class=Response,
)
def keywords(request: Request, asked: KeywordsRequest) -> Response:
    """Return the keywords of any text; Markdown and TeX may be in it."""
    read_params(request, NoParams)
    extractor = live_library(request).extractor
    found = extractor.keywords_of_text(asked.text, asked.title, asked.limit)
    return Response(orjson.dumps(keywords_answer(found)), media_type="application/json")


def _related(
    request: Request, asked: RelatedParams, liked: list[str], unliked: list[str]
) -> Response:
    fields = fields_of(asked.fields)
    library = live_library(request)
    page = library.relater.related(
        liked, unliked, method=asked.method, sort=asked.sort, limit=asked.limit
    )
    if same := unchanged(request, library):
        return same
    return answer(request, library, related_answer(page, library.manifest.name, fields))
