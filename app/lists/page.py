"""The addresses of lists and papers as files: a page's own with a suffix, or `format=`."""

import re
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.routing import APIRoute
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.routing import Match
from starlette.types import Scope

from app.exports.parts import PART, Source, answer_with_file, find_keys, read_papers
from app.listings.found import find_listing
from app.listings.page import read_asked
from app.listings.params import ListingPageParams
from app.listings.request import read_expression, read_request
from app.lists.kinds import (
    MEDIA_TYPES,
    SUFFIXES,
    Kind,
    PaperList,
    make_file_form,
    read_kind,
)
from app.lists.sources import cut, follow_search
from app.related.params import LikePageParams
from app.search.params import PageParams
from app.summaries.shown import write_markdown
from app.web.deps import LibraryDep, get_database
from app.web.errors import BadParameter
from app.web.params import MAX_BATCH, MAX_EXPORTED, MAX_LIKED, read_ids, read_params
from index import MAX_RELATED, ArxivId, BadQuery, Paper, Search, Window


class _Suffix(StringConvertor):
    """The suffixes of files; the longest is told apart by the route."""

    regex = "|".join(name for name in SUFFIXES if "." not in name)


register_url_convertor("suffix", _Suffix())


_FORMAT = re.compile(rb"(?:^|&)format=")
_DIGITS = len(str(MAX_EXPORTED))


class _WithFormat(APIRoute):
    """A route for addresses that ask for a format; others go on to the page."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] == "http" and _FORMAT.search(scope["query_string"]):
            return super().matches(scope)
        return Match.NONE, {}


router = APIRouter(include_in_schema=False)
_formatted = APIRouter(include_in_schema=False, route_class=_WithFormat)


@_formatted.get("/search")
@router.get("/search.csl.json")
@router.get("/search.{suffix:suffix}")
def save_search(request: Request, library: LibraryDep) -> Response:
    """Answer with the papers of a search. Raises BadParameter, BadQuery."""
    asked = read_params(request, PageParams)
    if not (asked.q.strip() or asked.filters):
        raise BadParameter("there is nothing to search for", param="q", hint="give q")
    search: Search = asked.search
    kind, size = _read_kind(request, "/search")[0], _read_limit(request)
    if kind is Kind.ATOM:
        return _lead_to_feed(request, "/search/feed")
    offset = asked.window.offset
    first = library.finder.find(search, Window(limit=min(PART, size), offset=offset))
    size = min(size, cut(max(0, first.total - offset)))
    listed = PaperList(
        title=f"Search: {asked.q}",
        total=first.total,
        size=size,
        source=follow_search(library, search, first, size),
    )
    return _answer(listed, kind)


@_formatted.get("/related")
@router.get("/related.csl.json")
@router.get("/related.{suffix:suffix}")
def save_related(request: Request, library: LibraryDep) -> Response:
    """Answer with the papers most like some. Raises BadParameter, UnknownPaper."""
    asked = read_params(request, LikePageParams)
    kind, _ = _read_kind(request, "/related")
    if kind is Kind.ATOM:
        return _lead_to_feed(request, "/related/feed")
    like = read_ids(asked.like, "like", MAX_LIKED)
    if not like:
        raise BadParameter("no paper is named", param="like", hint="give ids by commas")
    found = library.relater.related(
        like,
        [i for i in read_ids(asked.unlike, "unlike") if i not in like],
        method=asked.method,
        sort=asked.sort,
        limit=min(_read_limit(request), MAX_RELATED),
    )
    papers = [one.paper for one in found.papers]
    title = f"Papers like {', '.join(like)}"
    return _answer(_hold(title, papers), kind)


@_formatted.get("/arxiv/{what:path}")
@router.get("/arxiv/{what:path}.{suffix:suffix}")
def save_listing(request: Request, what: str, library: LibraryDep) -> Response:
    """Answer with a listing, or with papers by ids. Raises BadQuery, BadParameter."""
    kind, what = _read_kind(request, what)
    asked = read_params(request, ListingPageParams)
    try:
        expression = read_expression(what)
    except BadQuery:
        ids = read_ids(what, "ids", MAX_BATCH)
        if not ids:
            raise
        _refuse_feed(kind)
        keys = tuple(find_keys(library, ids).values())
        return _answer(_list("Papers", len(keys), read_papers(library, keys)), kind)
    if kind is Kind.ATOM:
        return _lead_to_feed(request, f"/arxiv/{expression}/feed")
    wanted = read_request(library, expression, read_asked(asked))
    window = Window(limit=_read_limit(request), offset=asked.skip)
    listing = find_listing(request, library, wanted, window)
    days = f" · {listing.span}" if listing.span else ""
    listed = PaperList(
        title=f"{expression}{days}",
        total=listing.total,
        size=len(listing.keys),
        source=read_papers(library, listing.keys),
    )
    return _answer(listed, kind)


@_formatted.get("/paper/{paper_id:path}")
@router.get("/paper/{paper_id:path}.{suffix:suffix}")
def save_paper(request: Request, paper_id: str, library: LibraryDep) -> Response:
    """Answer with one paper; as Markdown with its abstract and summaries."""
    kind, paper_id = _read_kind(request, paper_id)
    paper = library.catalog.by_id(ArxivId.parse(paper_id).id)
    if kind is Kind.MARKDOWN:
        text = write_markdown(get_database(request), paper)
        return Response(text, media_type=MEDIA_TYPES[kind], headers=_HEADERS)
    _refuse_feed(kind)
    return _answer(_hold(paper.title, [paper]), kind)


router.include_router(_formatted)

_HEADERS = {"Cache-Control": "no-cache", "X-Robots-Tag": "noindex"}


def _read_kind(request: Request, what: str) -> tuple[Kind, str]:
    """Return the kind that is asked for, and what of, without the rest of a suffix."""
    path = request.scope["path"]
    if path.endswith(".csl.json"):
        return Kind.CSL, what.removesuffix(".csl")
    if suffix := request.path_params.get("suffix"):
        return read_kind(suffix), what
    return read_kind(request.query_params.get("format", "")), what


def _refuse_feed(kind: Kind) -> None:
    """Raise BadParameter for the feed of what never gets a new paper."""
    if kind is Kind.ATOM:
        raise BadParameter("there is no feed of it", param="format", hint="ask for json")


def _read_limit(request: Request) -> int:
    text = request.query_params.get("limit")
    if text is None:
        return MAX_EXPORTED
    is_number = text.isascii() and text.isdecimal() and len(text) <= _DIGITS
    if is_number and 0 < int(text) <= MAX_EXPORTED:
        return int(text)
    raise BadParameter(
        f"limit: {text[:40]!r} is no number of papers",
        param="limit",
        hint=f"give 1 to {MAX_EXPORTED:,}",
    )


def _list(title: str, size: int, source: Source) -> PaperList:
    return PaperList(title=title, total=size, size=size, source=source)


def _hold(title: str, papers: Sequence[Paper]) -> PaperList:
    """Return a list of papers that are read already, at most a part."""
    return _list(title, len(papers), lambda write: iter([write(papers, 1)]))


def _answer(listed: PaperList, kind: Kind) -> Response:
    headers = _HEADERS | {
        "X-Total-Count": str(listed.total),
        "X-Papers": str(listed.size),
    }
    form = make_file_form(listed, kind)
    return answer_with_file(listed.source, listed.size, form, MEDIA_TYPES[kind], headers)


def _lead_to_feed(request: Request, path: str) -> Response:
    query = [(n, v) for n, v in request.query_params.multi_items() if n != "format"]
    return RedirectResponse(
        f"{quote(path, safe='/+-.,')}{'?' if query else ''}{urlencode(query)}"
    )
