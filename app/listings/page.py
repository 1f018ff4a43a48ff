"""The pages of listings: the papers of some days in some categories, or of some ids."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.cards.card import Card, cards
from app.cards.notes import noted
from app.listings.address import Address, Feed, Part
from app.listings.neighbours import around
from app.listings.params import (
    ListingPageParams,
    ListingParams,
    Order,
)
from app.listings.request import EMPTY, listed, wish_for
from app.search.params import MAX_BATCH, MOST_PAGES, PAGE_SIZE
from app.web.deps import TemplatesDep, live_library
from app.web.errors import BadParameter
from app.web.params import read_ids, read_params
from app.web.templates import local_url
from index import BadId, BadQuery, Expression, Paper

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

MOST_SHOWN = 1_000
"""Cards of one page; its script loads more."""

_ORDERS = {"": Order.LISTED, "0": Order.NEWEST, "1": Order.STARS}
"""What `sort` stands for, as in Cool Papers; anything else are keywords."""

_SEARCH_SORTS = {"0": "newest"}


@router.get("/arxiv")
def chosen(request: Request) -> Response:
    """Lead from categories chosen in a form to their listing."""
    given = request.query_params
    include, exclude = given.getlist("include"), given.getlist("exclude")
    if not include:
        return _redirect(request, "/categories")
    text = "+".join(include) + "".join(f"-{code}" for code in exclude)
    return _redirect(request, f"/arxiv/{Expression.parse(text)}")


@router.get("/arxiv/search")
def search(request: Request) -> Response:
    """Lead from Cool Papers' address of a search to ours."""
    asked = read_params(request, ListingPageParams)
    page = min(asked.skip // PAGE_SIZE + 1, MOST_PAGES)
    return _redirect(
        request,
        "/search",
        q=request.query_params.get("query", ""),
        sort=_SEARCH_SORTS.get(asked.sort),
        page=page if page > 1 else None,
    )


@router.get("/arxiv/{what:path}")
def listing(request: Request, templates: TemplatesDep, what: str) -> Response:
    """Show the papers of categories (`cs.AI+cs.LG-cs.CY`) or of ids by commas."""
    asked = read_params(request, ListingPageParams)
    if not what.strip():
        return _redirect(request, "/categories")
    try:
        expression = Expression.parse(what)
    except BadQuery as error:
        return _of_ids(request, templates, what, asked, error)
    library = live_library(request)
    wished = _wished(asked)
    wish = wish_for(library, expression, wished)
    show = min(asked.show, MOST_SHOWN)
    found = listed(request, library, wish, limit=show, offset=asked.skip) if wish else EMPTY
    address = Address(request, str(expression), asked)
    if asked.skip and asked.skip >= found.total:
        return RedirectResponse(address.url(skip=None), 303)
    papers = library.catalog.by_keys(found.keys)
    part = Part(address=address, first=asked.skip, count=len(papers), total=found.total)
    return templates.page(
        request,
        "listing.html",
        expression=expression,
        asked=asked,
        order=wished.order.value,
        keywords=", ".join(wish.keywords) if wish else "",
        address=address.url,
        part=part,
        around=around(library, expression, wish.selection.span, address) if wish else None,
        feed=Feed(api=address.api(wish)) if wish else Feed(),
        snapshot=library.manifest.name,
        cards=_cards(request, papers, asked.skip),
    )


def _of_ids(
    request: Request,
    templates: TemplatesDep,
    what: str,
    asked: ListingPageParams,
    error: BadQuery,
) -> Response:
    """Show the papers of a list of ids, in its order."""
    try:
        ids = read_ids(what, "ids", MAX_BATCH)
    except BadParameter as unreadable:
        raise BadId(f"{error}; or ids of papers, joined by commas") from unreadable
    library = live_library(request)
    papers = library.catalog.by_ids(ids)
    held = [papers[i] for i in ids if i in papers]
    part = held[asked.skip : asked.skip + min(asked.show, MOST_SHOWN)]
    address = Address(request, what, asked)
    if asked.skip and asked.skip >= len(held):
        return RedirectResponse(address.url(skip=None), 303)
    return templates.page(
        request,
        "listing.html",
        expression=None,
        around=None,
        missing=[i for i in ids if i not in papers],
        asked=asked,
        part=Part(address=address, first=asked.skip, count=len(part), total=len(held)),
        feed=Feed(ids=",".join(paper.id for paper in held)),
        snapshot=library.manifest.name,
        cards=_cards(request, part, asked.skip),
    )


def _cards(request: Request, papers: Sequence[Paper], skipped: int) -> list[Card]:
    notes = noted(request, papers)
    return list(cards(request, papers, None, skipped + 1, noted=notes))


def _wished(asked: ListingPageParams) -> ListingParams:
    """Return what a page's parameters wish for, in the terms of the API."""
    order = _ORDERS.get(asked.sort)
    if order is None or (order is Order.LISTED and asked.like):
        order = Order.PREFERENCE
    return ListingParams(
        date=asked.date,
        order=order,
        keywords=asked.sort if order is Order.PREFERENCE else None,
        like=asked.like or None,
        include=asked.include or None,
        exclude=asked.exclude or None,
        match=asked.match,
    )


def _redirect(request: Request, path: str, **params: object) -> Response:
    return RedirectResponse(local_url(request, path, **params), 303)
