"""The pages of listings: the papers of some days in some categories, or of some ids."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.cards.card import Card, make_cards
from app.cards.notes import read_notes
from app.listings.address import Address, Feed, Part
from app.listings.contents import read_contents
from app.listings.found import find_listing
from app.listings.neighbours import look_around
from app.listings.params import ListingPageParams, ListingParams, Order
from app.listings.reasons import find_matched
from app.listings.request import read_expression, read_keywords, read_request
from app.web.addresses import redirect
from app.web.deps import LibraryDep, TemplatesDep
from app.web.errors import BadParameter
from app.web.params import MAX_BATCH, MAX_EXPORTED, Params, read_ids
from app.web.templates import Templates
from index import (
    CATEGORIES,
    BadId,
    BadQuery,
    Expression,
    Library,
    Paper,
    Window,
)

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

MOST_SHOWN = 1_000
"""Cards of one page; its script loads more."""

_ORDERS = {"": Order.LISTED, "0": Order.NEWEST, "1": Order.STARS}
"""What `sort` stands for, as in Cool Papers; anything else are keywords."""


@router.get("/arxiv")
def choose(request: Request) -> Response:
    """Lead from categories chosen in a form to their listing."""
    given = request.query_params
    include, exclude = given.getlist("include"), given.getlist("exclude")
    if not include:
        return redirect(request, "/categories")
    text = "+".join(include) + "".join(f"-{code}" for code in exclude)
    return redirect(request, f"/arxiv/{Expression.parse(text)}")


@router.get("/latest")
def show_latest(request: Request, library: LibraryDep) -> Response:
    """Lead to the latest day of all that the library holds."""
    held = _list_held(library)
    if not held:
        return redirect(request, "/categories")
    return redirect(request, f"/arxiv/{'+'.join(sorted(held))}")


@router.get("/arxiv/{what:path}")
def listing(
    request: Request,
    templates: TemplatesDep,
    what: str,
    asked: Params[ListingPageParams],
    library: LibraryDep,
) -> Response:
    """Show the papers of categories (`cs.AI+cs.LG-cs.CY`) or of ids by commas."""
    if not what.strip():
        return redirect(request, "/categories")
    try:
        expression = read_expression(what)
    except BadQuery as error:
        unreadable = BadId(f"{error}; or ids of papers, joined by commas")
        return _list_ids(request, templates, library, asked, _read_ids(what, unreadable))
    wanted = read_request(library, expression, read_asked(asked))
    window = Window(limit=min(asked.show, MOST_SHOWN), offset=asked.skip)
    found = find_listing(request, library, wanted, window)
    address = Address(request, str(expression), asked)
    if asked.skip and asked.skip >= found.total:
        return RedirectResponse(address.url(skip=None), 303)
    count = len(found.papers)
    part = Part(address=address, first=asked.skip, count=count, total=found.total)
    around = found.span and look_around(library, expression, found.span, address)
    return templates.render(
        request,
        "listing.html",
        expression=expression,
        asked=asked,
        order=_read_order(asked).value,
        keywords=", ".join(wanted.keywords) if wanted else "",
        is_all=_is_all(library, expression),
        address=address.url,
        part=part,
        around=around,
        contents=read_contents(found, address.url),
        latest=library.manifest.last_day,
        feed=Feed(api=address.api(wanted)) if wanted else Feed(),
        matched=find_matched(found.papers, wanted.keywords if wanted else ()),
        snapshot=library.manifest.name,
        most_exported=MAX_EXPORTED,
        cards=_cards(request, found.papers, asked.skip),
    )


def _list_held(library: Library) -> set[str]:
    """Return the archives that the library has papers of."""
    return {CATEGORIES[c].archive for c in library.manifest.categories if c in CATEGORIES}


def _is_all(library: Library, expression: Expression) -> bool:
    """Tell whether a listing leaves out nothing that the library holds."""
    return _list_held(library) <= set(expression.include) and not expression.exclude


def _read_ids(text: str, unreadable: BadId) -> list[str]:
    """Return the ids of a list by commas. Raises the error where it is none."""
    try:
        return read_ids(text, "ids", MAX_BATCH)
    except BadParameter as error:
        raise unreadable from error


def _list_ids(
    request: Request,
    templates: Templates,
    library: Library,
    asked: ListingPageParams,
    ids: Sequence[str],
) -> Response:
    """Show the papers of a list of ids, in its order."""
    papers = library.catalog.by_ids(ids)
    held = [papers[i] for i in ids if i in papers]
    part = held[asked.skip : asked.skip + min(asked.show, MOST_SHOWN)]
    address = Address(request, ",".join(ids), asked)
    if asked.skip and asked.skip >= len(held):
        return RedirectResponse(address.url(skip=None), 303)
    return templates.render(
        request,
        "listing.html",
        expression=None,
        around=None,
        missing=[i for i in ids if i not in papers],
        asked=asked,
        part=Part(address=address, first=asked.skip, count=len(part), total=len(held)),
        feed=Feed(ids=",".join(paper.id for paper in held)),
        matched=find_matched(part, _read_keywords(asked)),
        snapshot=library.manifest.name,
        most_exported=MAX_EXPORTED,
        cards=_cards(request, part, asked.skip),
    )


def _cards(request: Request, papers: Sequence[Paper], skipped: int) -> list[Card]:
    notes = read_notes(request, papers)
    return list(make_cards(request, papers, None, skipped + 1, notes=notes))


def _read_order(asked: ListingPageParams) -> Order:
    """Return the order of a page: by preference where something is preferred."""
    order = _ORDERS.get(asked.sort)
    if order is None or (order is Order.LISTED and asked.like):
        return Order.PREFERENCE
    return order


def _read_keywords(asked: ListingPageParams) -> Sequence[str]:
    """Return the keywords that a page is sorted by, or its cards belong to."""
    is_preferred = _read_order(asked) is Order.PREFERENCE
    return read_keywords(asked.sort, "sort") if is_preferred else ()


def read_asked(asked: ListingPageParams) -> ListingParams:
    """Return what a page's parameters ask for, in the terms of the API."""
    order = _read_order(asked)
    return ListingParams(
        date=asked.date,
        order=order,
        keywords=asked.sort if order is Order.PREFERENCE else None,
        like=asked.like or None,
        include=asked.include or None,
        exclude=asked.exclude or None,
        match=asked.match,
        primary=asked.primary or None,
        kind=asked.kind,
        withdrawn=asked.withdrawn,
    )
