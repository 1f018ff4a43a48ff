"""The icon at the root of the site, where browsers look for it unasked."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

router = APIRouter(include_in_schema=False)

_DAY_S = 86_400


@router.get("/favicon.ico")
async def redirect_favicon(request: Request) -> Response:
    """Redirect to the icon."""
    url = request.state.assets.make_url("favicon.svg")
    return RedirectResponse(url, headers={"Cache-Control": f"max-age={_DAY_S}"})
