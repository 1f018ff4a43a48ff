"""Cool Papers' addresses, redirected to ours."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.listings.params import (
    ListingPageParams,
)
from app.search.params import MOST_PAGES, PAGE_SIZE
from app.web.addresses import redirect
from app.web.params import Params

router = APIRouter(include_in_schema=False)

_SEARCH_SORTS = {"0": "newest"}


@router.get("/arxiv/search")
def redirect_search(request: Request, asked: Params[ListingPageParams]) -> Response:
    """Redirect Cool Papers' address of a search to ours."""
    page = min(asked.skip // PAGE_SIZE + 1, MOST_PAGES)
    return redirect(
        request,
        "/search",
        q=request.query_params.get("query", ""),
        sort=_SEARCH_SORTS.get(asked.sort),
        page=page if page > 1 else None,
    )
