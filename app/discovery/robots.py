"""robots.txt: crawlers may read papers, days and feeds, and keep off endless spaces."""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from app.web.addresses import find_home

router = APIRouter(include_in_schema=False)

AGENTS = (
    "ChatGPT-User",
    "Claude-User",
    "DuckAssistBot",
    "Google-NotebookLM",
    "Meta-ExternalFetcher",
    "MistralAI-User",
    "Perplexity-User",
)
"""Programs that ask for one reader, who waits: they may ask what a reader may."""

ALLOWED = (
    "/api/openapi.json",
    "/arxiv/*/feed",
    "/arxiv/*.md$",
    "/related/feed",
    "/search/feed",
)
DISALLOWED = (
    "/api/",
    "/arxiv/*,",  # lists of ids
    "/arxiv/*+",  # combinations of categories
    "/arxiv/*?",  # days, orders, parts
    "/arxiv/search",
    "/bibtex/",
    "/me",
    "/mcp",
    "/paper/*?",
    "/related",
    "/search",
    "/unapi",
)


@router.get("/robots.txt")
async def get_robots(request: Request) -> Response:
    """Tell crawlers which addresses to leave out (RFC 9309)."""
    agents = [f"User-agent: {name}" for name in AGENTS]
    rules = [f"Allow: {path}" for path in ALLOWED]
    rules += [f"Disallow: {path}" for path in DISALLOWED]
    sitemap = f"Sitemap: {find_home(request)}/sitemap.xml"
    groups = [*agents, "Allow: /", "", "User-agent: *", *rules, "", sitemap]
    return PlainTextResponse("\n".join(groups) + "\n")
