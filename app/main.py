"""Putting the service together."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypedDict

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from app import __version__
from app.categories import page as categories_page
from app.exports import api as exports_api
from app.listings import api as listings_api
from app.listings import page as listings_page
from app.papers import api as papers_api
from app.papers import page as papers_page
from app.related import api as related_api
from app.related import page as related_page
from app.settings import Settings
from app.site import health, me, rendering
from app.stars import api as stars_api
from app.stars.limiter import Ballots
from app.state.connection import State
from app.summaries import api as summaries_api
from app.web import errors
from app.web.assets import PREFIX, Assets
from app.web.headers import SecurityHeaders
from app.web.limits import BodyLimit
from app.web.templates import Templates
from index import Shelf

ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /api/\n"

_ROOMS = (
    related_api,  # before the routes of papers: theirs are longer
    summaries_api,
    stars_api,
    listings_api,
    exports_api,
    papers_api,
    papers_page,
    related_page,
    listings_page,
    categories_page,
    me,
    rendering,
    health,
)
_COMPRESS_FROM = 1_000  # bytes
_COMPRESSION = 5
_DAY_S = 86_400


class Lasting(TypedDict):
    """What lives as long as the service, read as request.state."""

    shelf: Shelf
    assets: Assets
    templates: Templates
    state: State
    ballots: Ballots
    token: str | None


class _Service(FastAPI):
    """Has the security headers outermost: an unforeseen error carries them too."""

    def build_middleware_stack(self) -> ASGIApp:
        return SecurityHeaders(super().build_middleware_stack())


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the service, wired from settings. Nothing is opened until it starts."""
    settings = settings or Settings()
    assets = Assets()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[Lasting]:
        shelf = Shelf(settings.data_dir, warm=True)
        await run_in_threadpool(shelf.open)
        templates = Templates(assets)
        state = State.beside(settings.data_dir, settings.state_url)
        gc.collect()
        gc.freeze()  # what is here now stays: requests need not pay for looking at it
        yield {
            "shelf": shelf,
            "assets": assets,
            "templates": templates,
            "state": state,
            "ballots": Ballots(),
            "token": settings.token.get_secret_value() if settings.token else None,
        }
        state.close()
        shelf.close()

    app = _Service(
        title="Winnow",
        version=__version__,
        description="Search and sift arXiv papers.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        redirect_slashes=False,
    )
    for room in _ROOMS:
        app.include_router(room.router)
    app.add_api_route("/robots.txt", _robots, include_in_schema=False)
    app.add_api_route("/favicon.ico", _favicon, include_in_schema=False)
    app.mount(f"{PREFIX}/{{digest}}", assets, name="static")
    errors.install(app)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["If-None-Match"],
        expose_headers=["ETag"],
    )
    app.add_middleware(BodyLimit)
    app.add_middleware(
        GZipMiddleware, minimum_size=_COMPRESS_FROM, compresslevel=_COMPRESSION
    )
    return app


async def _robots() -> Response:
    return PlainTextResponse(ROBOTS)


async def _favicon(request: Request) -> Response:
    url = request.state.assets.url("favicon.svg")
    return RedirectResponse(url, headers={"Cache-Control": f"max-age={_DAY_S}"})
