"""The JSON routes of search and of suggestions."""

from fastapi import APIRouter, Request, Response

from app.cards.fields import parse_fields
from app.search.answer import SearchAnswer, answer_search
from app.search.params import SearchParams, SuggestParams
from app.search.suggestions import SuggestAnswer, render_suggestion
from app.web.deps import LibraryDep
from app.web.errors import BadParameter
from app.web.params import DescribedRoute, Params
from app.web.responses import BAD, EVERYWHERE, SAME, answer, answer_unchanged

router = APIRouter(
    prefix="/api", tags=["papers"], responses=EVERYWHERE, route_class=DescribedRoute
)


@router.get(
    "/search",
    operation_id="searchPapers",
    responses={200: {"model": SearchAnswer}, 304: SAME, 400: BAD},
    response_class=Response,
)
def search(request: Request, asked: Params[SearchParams], library: LibraryDep) -> Response:
    """Find papers by words, fields and meaning.

    docs/searching.md describes the query language.
    """
    fields = parse_fields(asked.fields)
    _check_search(asked)
    if same := answer_unchanged(request, library):
        return same
    return answer(request, library, answer_search(library, asked, fields))


@router.get(
    "/suggest",
    operation_id="suggestQueries",
    responses={200: {"model": SuggestAnswer}, 304: SAME, 400: BAD},
    response_class=Response,
)
def suggest(
    request: Request, asked: Params[SuggestParams], library: LibraryDep
) -> Response:
    """Complete what is being typed: titles, authors, categories; from two letters on."""
    if same := answer_unchanged(request, library):
        return same
    found = library.suggester.suggest(asked.q, asked.limit)
    return answer(request, library, {"data": [render_suggestion(s) for s in found]})


def _check_search(asked: SearchParams) -> None:
    if not (asked.q or asked.filters):
        raise BadParameter(
            "there is nothing to search for", param="q", hint="give q, or a filter"
        )
    if asked.cursor and asked.offset:
        raise BadParameter(
            "a cursor has its own offset", param="offset", hint="give one of the two"
        )
