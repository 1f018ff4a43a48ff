"""Files at the root of the site: robots.txt, favicon.ico and the web manifest."""

from fastapi import APIRouter, Request
from fastapi.responses import (
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)

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


@router.get("/manifest.webmanifest")
async def get_manifest(request: Request) -> Response:
    """Describe the site for a home screen (https://www.w3.org/TR/appmanifest/)."""
    icon = request.state.assets.make_url("favicon.svg")
    manifest = {
        "name": "Winnow",
        "short_name": "Winnow",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fbfbf8",
        "theme_color": "#12614a",
        "icons": [{"src": icon, "sizes": "any", "type": "image/svg+xml"}],
    }
    return JSONResponse(
        manifest,
        media_type="application/manifest+json",
        headers={"Cache-Control": f"max-age={_DAY_S}"},
    )
