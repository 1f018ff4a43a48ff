"""Feeds of every list, at its address followed by /feed or /feed.json."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from app.feeds.answer import answer_feed
from app.feeds.entries import make_entries
from app.feeds.feed import Feed
from app.feeds.lists import MOST, find_alike, find_newest, list_days, list_replaced
from app.listings.request import read_expression
from app.related.params import LikePageParams
from app.search.params import PageParams
from app.web.addresses import find_home
from app.web.deps import LibraryDep, TemplatesDep
from app.web.errors import BadParameter
from app.web.params import MAX_BATCH, Params, read_ids
from index import MAX_LENGTH, Expression, Library, Paper, Search, Sort

router = APIRouter(include_in_schema=False)


@router.get("/arxiv/search/feed")
@router.get("/arxiv/search/feed.json")
@router.get("/search/feed")
@router.get("/search/feed.json")
def feed_search(
    request: Request, asked: Params[PageParams], library: LibraryDep
) -> Response:
    """Answer with the newest papers of a search. Raises BadParameter."""
    text = asked.q or request.query_params.get("query", "")
    if not (text.strip() or asked.filters):
        raise BadParameter("there is nothing to search for", param="q", hint="give q")
    search = Search(text, filters=asked.filters, sort=Sort.NEWEST, mode=asked.mode)
    return _answer(request, library, f"Winnow: {text}", find_newest(library, search))


@router.get("/related/feed")
@router.get("/related/feed.json")
def feed_related(
    request: Request, asked: Params[LikePageParams], library: LibraryDep
) -> Response:
    """Answer with papers like some. Raises BadParameter."""
    like = read_ids(asked.like, "like", MAX_BATCH)
    if not like:
        raise BadParameter("no paper is named", param="like", hint="give ids by commas")
    unlike = read_ids(asked.unlike, "unlike", MAX_BATCH)
    title = f"Winnow: papers like {', '.join(like)}"
    return _answer(request, library, title, find_alike(library, like, unlike))


@router.get("/arxiv/{categories}/feed")
@router.get("/arxiv/{categories}/feed.json")
def feed_listing(
    request: Request,
    categories: str,
    library: LibraryDep,
    sort: Annotated[str, Query(max_length=MAX_LENGTH)] = "",
) -> Response:
    """Answer with the papers of a listing's last three days. Raises BadQuery."""
    expression = read_expression(categories)
    papers = list_days(library, expression, sort)
    return _answer(request, library, f"Winnow: {expression}", papers, expression)


@router.get("/atom/{categories}")
@router.get("/rss/{categories}")
def feed_announced(request: Request, categories: str, library: LibraryDep) -> Response:
    """Answer as arXiv's own feeds do: the latest day, ids with versions, new ones too."""
    kind = request.url.path.split("/")[1]
    expression = read_expression(categories)
    papers = list_days(library, expression, days=1)
    listed = {paper.id for paper in papers}
    later = [p for p in list_replaced(library, expression) if p.id not in listed]
    replaced = later[: MOST - len(papers)]
    home = find_home(request)
    entries = make_entries(
        request,
        [*papers, *replaced],
        home,
        versioned=True,
        expression=expression,
        replaced={paper.id for paper in replaced},
    )
    feed = Feed(
        title=f"{expression} updates on Winnow",
        address=f"{home}/{kind}/{expression}",
        page=f"{home}/arxiv/{expression}",
        home=home,
        entries=entries,
    )
    return answer_feed(request, library, feed, kind)


@router.get("/about/feeds", response_class=HTMLResponse)
def explain_feeds(request: Request, templates: TemplatesDep) -> Response:
    """Explain what feeds there are."""
    return templates.render(request, "feeds.html")


def _answer(
    request: Request,
    library: Library,
    title: str,
    papers: Sequence[Paper],
    expression: Expression | None = None,
) -> Response:
    home = find_home(request)
    query = f"?{request.url.query}" if request.url.query else ""
    path = request.url.path
    feed = Feed(
        title=title,
        address=f"{home}{path}{query}",
        page=f"{home}{path.rpartition('/')[0]}{query}",
        home=home,
        entries=make_entries(request, papers, home, expression=expression),
    )
    return answer_feed(request, library, feed, "json" if path.endswith(".json") else "atom")
