"""The service, assembled from its rooms."""

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from datetime import date
from functools import partial
from typing import TypedDict

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from app import __version__
from app.arxiv_api import api as arxiv_api
from app.cards.formulas import render_prose, render_text
from app.categories import api as categories_api
from app.categories import page as categories_page
from app.categories.trend import draw_sparkline
from app.changes import api as changes_api
from app.coolpapers import addresses as coolpapers_addresses
from app.coolpapers import star as coolpapers_star
from app.coolpapers.stamp import write_stamp
from app.discovery import llms, manifest, opensearch, robots, sitemap
from app.exports import api as exports_api
from app.feeds import page as feeds_page
from app.home import page as home_page
from app.listings import api as listings_api
from app.listings import page as listings_page
from app.lists import page as lists_page
from app.mcp import endpoint as mcp_endpoint
from app.mcp.guard import AgentCors
from app.papers import api as papers_api
from app.papers import at_arxiv
from app.papers import page as papers_page
from app.related import api as related_api
from app.related import page as related_page
from app.search import api as search_api
from app.search import page as search_page
from app.search.bars import share_links, year_links
from app.settings import Settings
from app.site import explorer, health, me, metrics, rendering, root
from app.site.prober import Prober
from app.stars import api as stars_api
from app.stars.limiter import StarLimiter
from app.state.connection import Database
from app.state.lock import hold_served
from app.summaries import api as summaries_api
from app.web import errors
from app.web.assets import PREFIX, Assets
from app.web.clients.address import Network, parse_networks
from app.web.clients.rates import RateLimit, RateMeter
from app.web.headers import SecurityHeaders
from app.web.languages import Language
from app.web.limits import BodyLimit, Budgets, QueryLimit
from app.web.templates import Templates
from app.web.watch.metrics import Metrics
from app.web.watch.observed import Observed
from app.zotero import bibtex as zotero_bibtex
from app.zotero import unapi
from app.zotero.metas import list_metas
from index import Shelf, Span, make_doi_url

_ROOMS = (
    arxiv_api,
    related_api,  # before the routes of papers: theirs are longer
    summaries_api,
    stars_api,
    listings_api,
    exports_api,
    search_api,
    changes_api,
    categories_api,
    papers_api,
    mcp_endpoint,
    home_page,
    feeds_page,  # before listings, whose addresses are shorter
    lists_page,  # before pages, whose addresses are theirs without a suffix
    search_page,
    papers_page,
    at_arxiv,
    related_page,
    llms,
    manifest,
    opensearch,
    robots,
    sitemap,
    unapi,
    zotero_bibtex,
    coolpapers_star,
    coolpapers_addresses,  # before the listings, which take any path
    listings_page,
    categories_page,
    me,
    rendering,
    explorer,
    health,
    metrics,
    root,
)
_COMPRESS_FROM = 1_000  # bytes
_COMPRESSION = 5
_THRESHOLDS = (50_000, 20, 100)
"""Objects more, young and middle collections until Python's collector looks for cycles.

Answers leave hardly any; by default it stops a worker for 70 ms every three seconds.
"""


class Lasting(TypedDict):
    """Objects that live as long as the service; routes read them from request.state."""

    shelf: Shelf
    assets: Assets
    templates: Templates
    database: Database
    limiter: StarLimiter
    token: str | None
    public_url: str | None
    prober: Prober
    metrics: Metrics
    metrics_from: list[Network]


class _Service(FastAPI):
    """Adds security headers outermost, so that unexpected errors have them too."""

    metrics: Metrics
    access_log: bool

    def build_middleware_stack(self) -> ASGIApp:
        inner = super().build_middleware_stack()
        return SecurityHeaders(Observed(inner, self.metrics, access_log=self.access_log))


_TAGS = ("papers", "related", "listings", "changes", "summaries", "stars", "health")
"""The parts of the API, in the order in which they are described."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the service, configured by settings. It opens nothing before it starts."""
    settings = settings or Settings()
    assets = Assets()
    measured = Metrics()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[Lasting]:
        held = ExitStack()
        await run_in_threadpool(held.enter_context, hold_served(settings.data_dir))
        shelf = Shelf(settings.data_dir, warm=True, watch=measured.step, collect=_collect)
        measured.watch_caches(lambda: shelf.held.cache_bytes if shelf.held else {})
        await run_in_threadpool(shelf.open)
        templates = Templates(assets, _make_filters)
        database = Database.beside(settings.data_dir, settings.state_url)
        prober = Prober(shelf, database)
        _collect()
        gc.set_threshold(*_THRESHOLDS)
        yield {
            "shelf": shelf,
            "assets": assets,
            "templates": templates,
            "database": database,
            "limiter": StarLimiter(),
            "token": settings.token.get_secret_value() if settings.token else None,
            "public_url": settings.public_url,
            "prober": prober,
            "metrics": measured,
            "metrics_from": parse_networks(settings.metrics_from),
        }
        prober.close()
        database.close()
        shelf.close()
        held.close()

    app = _Service(
        title="Winnow",
        version=__version__,
        description="Search and sift arXiv papers.",
        servers=[{"url": settings.public_url or "/"}],
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        openapi_tags=[{"name": name} for name in _TAGS],
        redirect_slashes=False,
    )
    app.metrics, app.access_log = measured, settings.access_log
    for room in _ROOMS:
        app.include_router(room.router)
    app.mount(f"{PREFIX}/{{digest}}", assets, name="static")
    errors.install(app)
    if settings.rate_limit:
        app.add_middleware(RateLimit, meter=RateMeter(settings.rate_limit))
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["If-None-Match"],
        expose_headers=["ETag", "X-Papers", "X-Total-Count"],
    )
    app.add_middleware(AgentCors, public_url=settings.public_url)
    app.add_middleware(Budgets)
    app.add_middleware(BodyLimit)
    app.add_middleware(QueryLimit)
    app.add_middleware(
        GZipMiddleware, minimum_size=_COMPRESS_FROM, compresslevel=_COMPRESSION
    )
    return app


def _collect() -> None:
    """Look for cycles among all objects, and never again among those that are left."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _make_filters(language: Language) -> dict[str, Callable[..., object]]:
    """Return the filters that rooms add to templates, in a language."""
    number = language.format_number

    def format_month(day: date) -> str:
        return format_span(Span.month_of(day))

    def format_span(days: Span) -> str:
        return language.format_span(days.first, days.last)

    return {
        "month": format_month,
        "span": format_span,
        "short_span": lambda days: language.format_short_span(days.first, days.last),
        "month_day": language.format_month_day,
        "render_prose": render_prose,
        "render_text": render_text,
        "metas": list_metas,
        "stamp": write_stamp,
        "doi_url": make_doi_url,
        "sparkline": partial(draw_sparkline, number=number),
        "year_links": partial(year_links, number=number),
        "share_links": partial(share_links, number=number, name=language.translate),
    }
