"""The tools that find papers: by a search, by likeness, by day and category."""

from typing import Any

from app.listings.request import find_span, read_expression
from app.mcp.params import (
    Abstracts,
    ListArguments,
    RelatedArguments,
    SearchArguments,
    SearchPapersArguments,
)
from app.mcp.shape import Desk, count_wanted, cut, shape_page, shape_paper, word_notices
from app.web.errors import BadParameter
from app.web.params import canonicalize_ids
from index import (
    MAX_LISTING,
    MAX_OFFSET,
    MAX_RELATED,
    BadQuery,
    Found,
    Paper,
    Search,
    Selection,
    Sort,
    Window,
)

_RESULTS = 20
"""Papers that `search` returns."""


def search(desk: Desk, asked: SearchArguments) -> dict[str, Any]:
    """Return the best papers as OpenAI's connectors read them. Raises BadParameter."""
    if not asked.query.strip():
        raise BadParameter("the query is empty", param="query", hint="give some words")
    found = desk.library.finder.find(Search(asked.query), Window(limit=_RESULTS))
    return {
        "results": [
            {"id": paper.id, "title": paper.title, "url": desk.url(paper)}
            for paper in found.papers
        ]
    }


def search_papers(desk: Desk, asked: SearchPapersArguments) -> dict[str, Any]:
    """Return a part of a search's result. Raises BadParameter, BadQuery."""
    wanted = asked.search
    if not (asked.query.strip() or wanted.filters):
        raise BadParameter(
            "there is nothing to search for",
            param="query",
            hint="give a query, or categories, an author or dates",
        )
    window = Window(
        limit=count_wanted(asked.max_results, asked.abstract), offset=asked.start
    )
    found = desk.library.finder.find(wanted, window)
    papers = [
        shape_paper(desk, paper, asked.abstract, _snip(found, paper, asked.abstract))
        for paper in found.papers
    ]
    page = shape_page(papers, total=found.total, start=asked.start, reach=MAX_OFFSET)
    told = {
        "understood": found.query.understood,
        "notices": word_notices(found.query.notices),
        "newest_day": desk.library.manifest.last_day,
    }
    return {name: value for name, value in told.items() if value} | page


def _snip(found: Found, paper: Paper, abstract: Abstracts) -> str:
    if abstract is not Abstracts.SNIPPET:
        return ""
    start, end = found.highlights.snippet(paper.abstract)
    return cut(paper.abstract, start, end)


def related_papers(desk: Desk, asked: RelatedArguments) -> dict[str, Any]:
    """Return papers like some, with what they share. Raises UnknownPaper, BadParameter."""
    liked = canonicalize_ids(asked.like, "like")
    unliked = [i for i in canonicalize_ids(asked.unlike, "unlike") if i not in liked]
    most = min(count_wanted(asked.max_results, asked.abstract), MAX_RELATED)
    found = desk.library.relater.related(liked, unliked, method=asked.method, limit=most)
    papers = []
    for one in found.papers:
        shares = {
            "keywords": list(one.reasons.keywords),
            "authors": list(one.reasons.authors),
        }
        papers.append(
            shape_paper(desk, one.paper, asked.abstract)
            | {"score": round(one.score, 3)}
            | {f"shared_{name}": value for name, value in shares.items() if value}
        )
    page = shape_page(papers, total=len(papers), start=0, reach=0)
    del page["next_start"], page["start"], page["has_more"], page["total"]
    notices = word_notices(found.notices)
    return {"method": found.method.value} | ({"notices": notices} if notices else {}) | page


def list_papers(desk: Desk, asked: ListArguments) -> dict[str, Any]:
    """Return the papers of some days in categories. Raises BadQuery, UnknownCategory."""
    expression = read_expression("+".join(asked.categories))
    lister = desk.library.lister
    try:
        span = find_span(desk.library, expression, asked.date)
    except BadQuery as error:
        raise BadParameter(
            f"{asked.date!r} is no day, week or month",
            param="date",
            hint="write 2026-07-21, 2026-W30 or 2026-07",
        ) from error
    if span is None:
        told = "this library has no papers of these categories"
        return {"categories": str(expression), "total": 0, "papers": [], "notices": [told]}
    found = lister.list_by_day(
        Selection(expression=expression, span=span),
        limit=count_wanted(asked.max_results, asked.abstract),
        offset=asked.start,
        sort=Sort.NEWEST if asked.order == "newest" else Sort.OLDEST,
    )
    papers = desk.library.catalog.by_keys(found.keys)
    shapes = [shape_paper(desk, paper, asked.abstract) for paper in papers]
    page = shape_page(shapes, total=found.total, start=asked.start, reach=MAX_LISTING)
    around = {
        "earlier_day": lister.find_day_before(expression, span.first),
        "later_day": lister.find_day_after(expression, span.last),
    }
    days = {name: day.isoformat() for name, day in around.items() if day}
    return {"categories": str(expression), "date": str(span)} | days | page
