"""The JSON API for programs."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Request, Response

from app.cards.shape import (
    BatchAnswer,
    CategoriesAnswer,
    PaperShape,
    SuggestAnswer,
    paper_shape,
    suggestion_shape,
)
from app.search.answer import SearchAnswer, found_answer
from app.search.params import BatchRequest, NoParams, SearchParams, SuggestParams
from app.web.deps import live_library
from app.web.errors import BadParameter
from app.web.params import described, fields_of, read_params
from app.web.responses import BAD, EVERYWHERE, SAME, UNKNOWN, answer, unchanged
from index import ALIASES, CATEGORIES, ArxivId, BadId

router = APIRouter(prefix="/api", tags=["papers"], responses=EVERYWHERE)


@router.get(
    "/search",
    responses={200: {"model": SearchAnswer}, 304: SAME, 400: BAD},
    response_class=Response,
    openapi_extra=described(SearchParams),
)
def search(request: Request) -> Response:
    """Find papers. docs/searching.md describes the query language."""
    asked = read_params(request, SearchParams)
    fields = fields_of(asked.fields)
    _check_search(asked)
    library = live_library(request)
    if same := unchanged(request, library):
        return same
    return answer(request, library, found_answer(library, asked, fields))


@router.get(
    "/suggest",
    responses={200: {"model": SuggestAnswer}, 304: SAME, 400: BAD},
    response_class=Response,
    openapi_extra=described(SuggestParams),
)
def suggest(request: Request) -> Response:
    """Complete what is being typed: titles, authors, categories; from two letters on."""
    asked = read_params(request, SuggestParams)
    library = live_library(request)
    if same := unchanged(request, library):
        return same
    found = library.suggester.suggest(asked.q, asked.limit)
    return answer(request, library, {"data": [suggestion_shape(s) for s in found]})


@router.post(
    "/papers/batch",
    responses={200: {"model": BatchAnswer}, 400: BAD, 413: BAD},
    response_class=Response,
)
def papers(request: Request, asked: BatchRequest) -> Response:
    """Return up to 500 papers by id, in the order asked for; null where unknown."""
    read_params(request, NoParams)
    library = live_library(request)
    ids = [_canonical(text) for text in asked.ids]
    found = library.catalog.by_ids([known for known in ids if known])
    data = [paper_shape(found[i]) if i in found else None for i in ids]
    return Response(orjson.dumps({"data": data}), media_type="application/json")


@router.get(
    "/papers/{paper_id:path}",
    responses={200: {"model": PaperShape}, 304: SAME, 400: BAD, 404: UNKNOWN},
    response_class=Response,
)
def paper(
    request: Request,
    paper_id: Annotated[str, Path(examples=["1706.03762", "hep-th/9901001"])],
) -> Response:
    """Return one paper. The id may have any of its forms, a version too."""
    read_params(request, NoParams)
    library = live_library(request)
    found = library.catalog.by_id(ArxivId.parse(paper_id).id)
    if same := unchanged(request, library):
        return same
    return answer(request, library, paper_shape(found))


@router.get(
    "/categories",
    responses={200: {"model": CategoriesAnswer}, 304: SAME, 400: BAD},
    response_class=Response,
)
def categories(request: Request) -> Response:
    """Return arXiv's categories with the number of papers in each."""
    read_params(request, NoParams)
    library = live_library(request)
    if same := unchanged(request, library):
        return same
    counts = library.manifest.categories
    data = [
        {
            "code": category.code,
            "name": category.name,
            "archive": category.archive,
            "group": category.group,
            "successor": category.successor,
            "papers": counts.get(category.code, 0),
        }
        for category in CATEGORIES.values()
        if category.code not in ALIASES
    ]
    return answer(request, library, {"data": data})


def _canonical(text: str) -> str | None:
    try:
        return ArxivId.parse(text).id
    except BadId:
        return None


def _check_search(asked: SearchParams) -> None:
    if not (asked.q or asked.filters):
        raise BadParameter(
            "there is nothing to search for", param="q", hint="give q, or a filter"
        )
    if asked.cursor and asked.offset:
        raise BadParameter(
            "a cursor has its own offset", param="offset", hint="give one of the two"
        )
