"""Addresses of this service, which keep the language that the reader chose."""

from collections.abc import Callable
from functools import lru_cache, partial
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import RedirectResponse

from app.web.languages import get_explicit_language

_SHORT = 100  # characters; a visitor made up anything longer


def redirect(
    request: Request, path: str, status: int = 303, **params: object
) -> RedirectResponse:
    """Redirect to an address of this service, in the language that the reader chose."""
    return RedirectResponse(make_url(request, path, **params), status)


def make_url(request: Request, path: str, /, **params: object) -> str:
    """Return an address of this service that keeps an explicit ?lang=."""
    return _write_url(path, get_explicit_language(request), *params.items())


def find_home(request: Request) -> str:
    """Return the address of this service, as visitors know it, without a slash at its end.

    It is that of WINNOW_PUBLIC_URL, else the one that this request was sent to.
    """
    known: str | None = request.state.public_url
    return known or str(request.base_url).rstrip("/")


def bind_urls(request: Request) -> Callable[..., str]:
    """Return `make_url` bound to a request, for many addresses."""
    explicit = get_explicit_language(request)

    def url(path: str, /, **params: object) -> str:
        return _write_url(path, explicit, *params.items())

    return url


def bind_paper_urls(request: Request) -> Callable[..., str]:
    """Return `make_paper_url` bound to a request.

    It caches addresses of papers; addresses that contain a reader's input must not be.
    """
    return partial(make_paper_url, get_explicit_language(request))


def make_paper_url(language: str | None, path: str, /, **params: object) -> str:
    """Return an address made of a paper's data, in a language if one is given; cached."""
    length = len(path) + sum(len(str(value)) for value in params.values())
    write = _write_cached_url if length <= _SHORT else _write_url
    return write(path, language, *params.items())


def _write_url(path: str, language: str | None, *params: tuple[str, object]) -> str:
    path = f"/{path.lstrip('/')}"  # two slashes would begin another host's address
    all_params = {"lang": language} | dict(params)
    query = urlencode({k: v for k, v in all_params.items() if v is not None})
    return quote(path, safe="/:@!$&'()*+,;=~") + (f"?{query}" if query else "")


_write_cached_url = lru_cache(maxsize=65_536)(_write_url)
