"""Files at the root of the site: robots.txt and favicon.ico."""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

router = APIRouter(include_in_schema=False)

ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /api/\n"

_DAY_S = 86_400


@router.get("/robots.txt")
async def get_robots() -> Response:
    """Tell crawlers which addresses to leave out."""
    return PlainTextResponse(ROBOTS)


@router.get("/favicon.ico")
async def redirect_favicon(request: Request) -> Response:
    """Redirect to the icon."""
    url = request.state.assets.make_url("favicon.svg")
    return RedirectResponse(url, headers={"Cache-Control": f"max-age={_DAY_S}"})
