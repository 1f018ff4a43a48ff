"""The floor of a page's speed: 20 cards from a short Jinja2 template, and nothing else.

`python -m benchmarks.floor --port PORT` serves it with uvicorn.
"""

import argparse
from typing import Any

import uvicorn
from jinja2 import DictLoader, Environment
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

_CARDS = 20
_TEMPLATE = """<!doctype html><html><head><title>{{ cards | length }} papers</title></head>
<body><main><ol>{% for card in cards %}
<li><article id="{{ card.id }}">
  <h2><a href="/papers/{{ card.id }}">{{ card.title }}</a></h2>
  <p>{% for name in card.authors %}<a href="/search?q={{ name }}">{{ name }}</a>{{
    ", " if not loop.last }}{% endfor %}</p>
  <p>{{ card.abstract }}</p>
  <p>{% for code in card.categories %}<a href="/list/{{ code }}">{{ code }}</a> {% endfor %}
  <time datetime="{{ card.day }}">{{ card.day }}</time></p>
</article></li>{% endfor %}
</ol></main></body></html>"""

_PAGE = Environment(loader=DictLoader({"page": _TEMPLATE}), autoescape=True).get_template(
    "page"
)


def _make_card(number: int) -> dict[str, Any]:
    words = f"On lattices & their {number} neighbours in <n> dimensions, with bounds. "
    return {
        "id": f"2601.{number:05}",
        "title": words[:60],
        "authors": [f"Author {number} Number{n}" for n in range(5)],
        "abstract": words * 18,
        "categories": ["math.CO", "cs.DM"],
        "day": "2026-01-05",
    }


def _show(request: Request) -> HTMLResponse:
    first = int(request.query_params.get("first", 0))
    cards = [_make_card(first + n) for n in range(_CARDS)]
    return HTMLResponse(_PAGE.render(cards=cards))


def _tell(_: Request) -> PlainTextResponse:
    return PlainTextResponse("well")


app = Starlette(
    routes=[Route("/cards", _show), Route("/healthz", _tell)],
    middleware=[Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=4)],
)

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    uvicorn.run(app, port=parser.parse_args().port, log_level="warning")
