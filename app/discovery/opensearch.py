"""OpenSearch: how a browser searches here from its address bar, and completes.

OpenSearch 1.1, and its extension of suggestions: four lists, of completions,
descriptions and addresses behind what was typed.
"""

from html import escape

import orjson
from fastapi import APIRouter, Request, Response

from app.cards.card import make_search_url
from app.search.params import SuggestParams
from app.web.addresses import find_home
from app.web.deps import LibraryDep
from app.web.params import Params
from index import Suggestion, write_plain

router = APIRouter(include_in_schema=False)

_TYPE = "application/opensearchdescription+xml"
_DAY_S = 86_400


@router.get("/opensearch.xml")
async def describe_search(request: Request) -> Response:
    """Describe the search to browsers. All addresses in it are absolute."""
    home = escape(find_home(request))
    icon = escape(request.state.assets.make_url("favicon.svg"))
    urls = (
        ("text/html", "/search?q={searchTerms}"),
        ("application/x-suggestions+json", "/api/suggest/opensearch?q={searchTerms}"),
        ("application/atom+xml", "/search/feed?q={searchTerms}"),
    )
    written = "".join(
        f'  <Url type="{kind}" method="get" template="{home}{path}"/>\n'
        for kind, path in urls
    )
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        "  <ShortName>Winnow</ShortName>\n"
        "  <Description>Search the papers of arXiv</Description>\n"
        "  <InputEncoding>UTF-8</InputEncoding>\n"
        f'  <Image width="16" height="16" type="image/svg+xml">{home}{icon}</Image>\n'
        f"{written}"
        f'  <Url type="{_TYPE}" rel="self" template="{home}/opensearch.xml"/>\n'
        "</OpenSearchDescription>\n"
    )
    headers = {"Cache-Control": f"max-age={_DAY_S}"}
    return Response(body, media_type=_TYPE, headers=headers)


@router.get("/api/suggest/opensearch")
def suggest(
    request: Request, asked: Params[SuggestParams], library: LibraryDep
) -> Response:
    """Complete what is typed, as browsers read it."""
    found = library.suggester.suggest(asked.q, asked.limit)
    home = find_home(request)
    answer = [
        asked.q,
        [_complete(one) for one in found],
        [_describe(one) for one in found],
        [f"{home}{_lead(one)}" for one in found],
    ]
    return Response(orjson.dumps(answer), media_type="application/x-suggestions+json")


def _complete(one: Suggestion) -> str:
    """Return the text that a browser shows and searches for."""
    return write_plain(one.text) if one.kind == "title" else one.query


def _describe(one: Suggestion) -> str:
    if one.kind == "title":
        return ", ".join(str(fact) for fact in (one.author, one.year) if fact)
    return write_plain(one.text)


def _lead(one: Suggestion) -> str:
    """Return the address of a paper, a listing or an author's papers."""
    if one.id:
        return f"/paper/{one.id}"
    if one.listing:
        return f"/arxiv/{one.listing}"
    return make_search_url(None, one.query)
