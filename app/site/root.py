"""The files that every site has at its root: robots.txt and favicon.ico."""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

router = APIRouter(include_in_schema=False)

ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /api/\n"

_DAY_S = 86_400


@router.get("/robots.txt")
async def get_robots() -> Response:
    """Tell crawlers which addresses are without end."""
    return PlainTextResponse(ROBOTS)


@router.get("/favicon.ico")
async def redirect_favicon(request: Request) -> Response:
    """Lead to the icon."""
    url = request.state.assets.make_url("favicon.svg")
    return RedirectResponse(url, headers={"Cache-Control": f"max-age={_DAY_S}"})
