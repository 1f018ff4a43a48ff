"""Facets: chips, categories and years by which a result is narrowed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote_plus, urlencode

from fastapi import Request

from app.search.bars import CategoryBar, Histogram, histogram
from app.search.params import PageParams
from app.web.addresses import bind_urls
from index import ALIASES, CATEGORIES, Facets

BARS = 10
"""Categories shown at once; the rest is folded."""

_MOST = 30
_WIDTH = 100.0  # units of the longest bar
FILTERS = ("cat", "year", "after", "before", "author", "has", "withdrawn")
"""The parameters that narrow a result, in the order of their chips."""


_DIVIDED = {c.archive for c in CATEGORIES.values() if c.code != c.archive}
"""Archives that have categories; as a filter, their codes stand for all of them."""


_AUTHOR = re.compile(r'\s*au(?:thor)?:"[^"]+"\s*')


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A search that is followed: its parameters; whether all it names is an author."""

    search: str
    is_author: bool


class Address:
    """The address of a search, from which those of others like it are made."""

    def __init__(self, request: Request, asked: PageParams) -> None:
        """Take what has been asked for."""
        self._url = bind_urls(request)
        filters = {name: getattr(asked, name) for name in FILTERS}
        sort = None if asked.sort == "relevance" else asked.sort.value
        mode = asked.mode.value if asked.mode else None
        self._params = {"q": asked.q or None, "sort": sort, "mode": mode, **filters}

    def url(self, **changes: object) -> str:
        """Return the address with other values; None takes one away. Page one always."""
        return self._url("/search", **(self._params | changes))

    def api(self) -> str:
        """Return the address of the API that finds the same papers, their ids alone."""
        return self._url("/api/search", **(self._params | {"lang": None, "fields": "id"}))

    def follow(self) -> Followed:
        """Return the search as a reader follows it: the same papers, in whatever order."""
        names = ("q", *FILTERS)
        held = {name: self._params[name] for name in names if self._params[name]}
        is_author = len(held) == 1 and bool(_AUTHOR.fullmatch(str(held.get("q"))))
        return Followed(search=urlencode(held), is_author=is_author)

    def urls(self, name: str, values: Iterable[object]) -> Iterator[str]:
        """Yield the addresses with each value of a parameter: `url` for many of them."""
        base = self.url(**{name: None})
        joint = "&" if "?" in base else "?"
        for value in values:
            yield f"{base}{joint}{name}={quote_plus(str(value))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter that is set: its parameter, its value, and the address without it."""

    name: str
    value: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Everything that a result page offers to narrow with.

    `kept` is what the form of filters hands on unseen, `set` are the filters that a
    new search keeps: parameters and values.
    """

    chips: tuple[Chip, ...]
    clear: str
    categories: tuple[CategoryBar, ...]
    archives: tuple[CategoryBar, ...]
    years: Histogram | None
    year_urls: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]
    set: tuple[tuple[str, str], ...]


def narrow(address: Address, asked: PageParams, facets: Facets) -> Narrowing:
    """Return what is set, and what the result's counts offer."""
    hidden = {"q": asked.q, "sort": asked.sort.value, "cat": asked.cat, "year": asked.year}
    if asked.sort == "relevance":
        del hidden["sort"]
    if asked.mode:
        hidden["mode"] = asked.mode.value
    years = histogram(facets.years)
    bars = years.bars if years else ()
    return Narrowing(
        chips=tuple(_chips(address, asked)),
        clear=address.url(**dict.fromkeys(FILTERS)),
        categories=tuple(_bars(address, asked, facets)),
        archives=tuple(_archives(address, asked, facets)),
        years=years,
        year_urls=tuple(address.urls("year", (bar.year for bar in bars))),
        kept=tuple((name, value) for name, value in hidden.items() if value),
        set=tuple((n, value) for n in FILTERS if (value := getattr(asked, n))),
    )


def _chips(address: Address, asked: PageParams) -> Iterator[Chip]:
    for name in FILTERS:
        value = getattr(asked, name)
        codes = value.split(",") if name == "cat" and value else [value]
        for code in codes:
            if code:
                others = ",".join(c for c in codes if c != code) or None
                yield Chip(name=name, value=code.strip(), url=address.url(**{name: others}))


def _bars(address: Address, asked: PageParams, facets: Facets) -> Iterator[CategoryBar]:
    held = {c: n for c, n in facets.categories.items() if c not in _DIVIDED}
    most = max(held.values(), default=0)
    counts = dict(islice(held.items(), _MOST))
    for (code, papers), url in zip(
        counts.items(), address.urls("cat", counts), strict=True
    ):
        yield _category_bar(asked, code, papers, most, url)


def _archives(address: Address, asked: PageParams, facets: Facets) -> Iterator[CategoryBar]:
    """Yield the archives of which the result has more than one category."""
    held: dict[str, list[str]] = {}
    for code in facets.categories:
        if code in CATEGORIES and code not in ALIASES:
            held.setdefault(CATEGORIES[code].archive, []).append(code)
    several = [n for n, codes in held.items() if len(codes) > 1 or n in _DIVIDED & {*codes}]
    for archive, url in zip(several, address.urls("cat", several), strict=True):
        yield _category_bar(asked, archive, 0, 0, url)


def _category_bar(
    asked: PageParams, code: str, papers: int, most: int, url: str
) -> CategoryBar:
    known = CATEGORIES.get(code)
    return CategoryBar(
        code=code,
        name=known.name if known else code,
        papers=papers,
        width=round(_WIDTH * papers / most, 1) if most else 0.0,
        url=url,
        is_chosen=code in (asked.cat or "").split(","),
    )
