"""The JSON routes of listings: the papers of some days in some categories."""

import time
from datetime import date as Day  # noqa: N812  a field is called `date`
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field

from app.cards.fields import parse_fields
from app.cards.shape import PartialShape, shape_paper
from app.listings.found import FoundListing, find_listing
from app.listings.params import DaysParams, ListingParams, Order
from app.listings.request import BY_DAY, find_span, read_request
from app.web.deps import LibraryDep
from app.web.errors import BadParameter
from app.web.params import DescribedRoute, Params
from app.web.responses import BAD, EVERYWHERE, SAME, answer, answer_unchanged
from index import Expression, Library, Span

router = APIRouter(
    prefix="/api", tags=["listings"], responses=EVERYWHERE, route_class=DescribedRoute
)

MAX_PAPERS = 200
"""Papers at once, unless nothing but their ids is asked for."""

_Categories = Annotated[str, Path(examples=["cs.LG", "cs.AI+cs.LG-cs.CY"])]


class ListingMeta(BaseModel):
    """Which listing it is, and what lies around it."""

    took_ms: float
    categories: str = Field(description="The categories as they were understood.")
    date: str | None = Field(description="The day, week or month; null without papers.")
    first: Day | None = Field(description="Its first day.")
    last: Day | None = Field(description="Its last day.")
    order: Order
    snapshot: str
    next_cursor: str | None = Field(
        description="Leads on in the orders by day; holds in later snapshots too."
    )


class ListingAnswer(BaseModel):
    """A part of a listing."""

    total: int = Field(description="How many papers it has, exactly.")
    offset: int
    next: int | None = Field(description="The offset to go on with; null at the end.")
    data: list[PartialShape]
    meta: ListingMeta


class DayShape(BaseModel):
    """How many papers a day has."""

    day: Day
    papers: int


class DaysAnswer(BaseModel):
    """The days of a week or month that have papers."""

    data: list[DayShape]


@router.get(
    "/listings/{categories}",
    operation_id="listPapers",
    responses={200: {"model": ListingAnswer}, 304: SAME, 400: BAD},
    response_class=Response,
)
def listing(
    request: Request,
    categories: _Categories,
    asked: Params[ListingParams],
    library: LibraryDep,
) -> Response:
    """List the papers of a day, week or month in categories, such as cs.AI+cs.LG-cs.CY."""
    fields = parse_fields(asked.fields)
    if asked.limit > MAX_PAPERS and fields != ("id",):
        raise BadParameter(
            f"limit: {asked.limit} whole papers are too many",
            param="limit",
            hint=f"ask for at most {MAX_PAPERS}, or for fields=id alone",
        )
    if asked.cursor and (asked.offset or asked.order not in BY_DAY):
        raise BadParameter(
            "a cursor has its own offset, and leads through the orders by day alone",
            param="cursor",
            hint="give offset instead",
        )
    expression = Expression.parse(categories)
    if asked.order is not Order.STARS and (same := answer_unchanged(request, library)):
        return same
    body = _render(request, library, expression, asked, fields)
    if asked.order is Order.STARS:
        return Response(orjson.dumps(body), media_type="application/json")
    return answer(request, library, body)


@router.get(
    "/listings/{categories}/days",
    operation_id="countDays",
    responses={200: {"model": DaysAnswer}, 304: SAME, 400: BAD},
    response_class=Response,
)
def days(
    request: Request,
    categories: _Categories,
    asked: Params[DaysParams],
    library: LibraryDep,
) -> Response:
    """Count the papers of each day of a week or month in some categories."""
    expression = Expression.parse(categories)
    if same := answer_unchanged(request, library):
        return same
    span = find_span(library, expression, asked.date)
    if span and not asked.date:
        span = Span.month_of(span.first)
    counts = library.lister.count_days(expression, span) if span else {}
    data = [{"day": day, "papers": papers} for day, papers in counts.items()]
    return answer(request, library, {"data": data})


def _render(
    request: Request,
    library: Library,
    expression: Expression,
    asked: ListingParams,
    fields: tuple[str, ...],
) -> dict[str, Any]:
    start = time.perf_counter()
    wanted = read_request(library, expression, asked)
    found = find_listing(request, library, wanted, asked.window)
    span = found.span
    return {
        "total": found.total,
        "offset": found.offset,
        "next": found.next,
        "data": _render_papers(found, fields),
        "meta": {
            "took_ms": round((time.perf_counter() - start) * 1_000, 3),
            "categories": str(expression),
            "date": str(span) if span else None,
            "first": span.first if span else None,
            "last": span.last if span else None,
            "order": asked.order,
            "snapshot": library.manifest.name,
            "next_cursor": found.cursor,
        },
    }


def _render_papers(found: FoundListing, fields: tuple[str, ...]) -> list[dict[str, Any]]:
    if fields == ("id",):
        return [{"id": paper_id} for paper_id in found.ids]
    return [shape_paper(paper, fields) for paper in found.papers]
