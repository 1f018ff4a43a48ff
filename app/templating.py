"""Pages from templates: Jinja2, set up once for each language."""

import secrets
from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.assets import Assets, shipped
from app.headers import page_policy
from app.languages import LANGUAGES, Language, chosen, language, preferred
from app.pictures import share_links, year_links
from app.prose import written
from app.sparkline import sparkline
from index import Span

_SHORT = 100  # characters; what is longer a visitor made up
_NONCE_BYTES = 16
_PRIVATE = {"Cache-Control": "private, no-cache", "Vary": "Accept-Language"}


class Templates:
    """Renders templates in the reader's language."""

    def __init__(self, assets: Assets) -> None:
        """Make an environment for each language."""
        self._environments = {
            code: _environment(language(code), assets) for code in LANGUAGES
        }

    def page(
        self,
        request: Request,
        name: str,
        *,
        status: int = 200,
        trusted_types: bool = True,
        **context: Any,
    ) -> HTMLResponse:
        """Render a template with a context, and what every page needs."""
        spoken = preferred(request)
        template = self._environments[spoken.code].get_template(name)
        nonce = secrets.token_urlsafe(_NONCE_BYTES)
        always = {
            "nonce": nonce,
            "snapshot": None,
            "status": status,
            "q": "",
            "sort": "relevance",
        }
        context = always | _addresses(request) | context
        return HTMLResponse(
            template.render(context),
            status,
            {
                **_PRIVATE,
                "Content-Language": spoken.code,
                "Content-Security-Policy": page_policy(nonce, trusted_types=trusted_types),
            },
        )


def local_url(request: Request, path: str, /, **params: object) -> str:
    """Return an address of this service that keeps an explicit ?lang=."""
    return _written(path, chosen(request), *params.items())


def urls(request: Request) -> Callable[..., str]:
    """Return what makes local addresses for a request: `local_url` for many of them."""
    explicit = chosen(request)

    def url(path: str, /, **params: object) -> str:
        return _written(path, explicit, *params.items())

    return url


def paper_urls(request: Request) -> Callable[..., str]:
    """Return the same for addresses that papers have, which are made again and again.

    They are remembered; what a reader asks for must not be.
    """
    return partial(url_in, chosen(request))


def url_in(language: str | None, path: str, /, **params: object) -> str:
    """Return an address that papers have, in a language if one is given; remembered."""
    length = len(path) + sum(len(str(value)) for value in params.values())
    write = _written_once if length <= _SHORT else _written
    return write(path, language, *params.items())


def search_url(language: str | None, query: str) -> str:
    """Return the address of a search, in less time: a page of cards has hundreds."""
    spoken = f"lang={language}&" if language else ""
    return f"/search?{spoken}q={quote_plus(query)}"


def _addresses(request: Request) -> dict[str, object]:
    explicit = chosen(request)

    def switch_language(code: str) -> str:
        params = dict(request.query_params) | {"lang": code}
        return local_url(request, request.scope["path"], **params)

    return {
        "url": paper_urls(request),
        "switch_language": switch_language,
        "explicit_language": explicit,
    }


def _written(path: str, language: str | None, *params: tuple[str, object]) -> str:
    path = f"/{path.lstrip('/')}"  # two slashes would begin another host's address
    given = {"lang": language} | dict(params)
    query = urlencode({k: v for k, v in given.items() if v is not None})
    return quote(path, safe="/:@!$&'()*+,;=~") + (f"?{query}" if query else "")


_written_once = lru_cache(maxsize=65_536)(_written)


def _environment(spoken: Language, assets: Assets) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(shipped("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(spoken.translations, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(
        lang=spoken.code, static=assets.url, weekdays=spoken.weekdays()
    )
    environment.filters.update(
        number=spoken.number,
        day=spoken.day,
        span=_span_in(spoken),
        month=lambda day: spoken.span(*_month(day)),
        path_of=lambda url: url.partition("?")[0],
        language_name=spoken.language_name,
        category_name=spoken.category_name,
        said=spoken.said,
        prose=written,
        sparkline=partial(sparkline, number=spoken.number),
        year_links=partial(year_links, number=spoken.number),
        share_links=partial(share_links, number=spoken.number),
    )
    return environment


def _month(day: date) -> tuple[date, date]:
    month = Span.month_of(day)
    return month.first, month.last


def _span_in(spoken: Language) -> Callable[[Span], str]:
    return lambda span: spoken.span(span.first, span.last)
