"""The web manifest, by which a browser puts the site on a home screen."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

router = APIRouter(include_in_schema=False)

_DAY_S = 86_400


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
