"""Papers as a page shows them: marked where they match, with all their links.

Links and marks are written here, not by a template: there are hundreds on a page, and a
template takes several times as long to write them (DECISIONS.md).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from fastapi import Request
from markupsafe import Markup

from app.prose import written
from app.templating import urls
from index import CATEGORIES, Author, Field, Highlighter, Paper

SHOWN_AUTHORS = 40
"""Authors of a card before the fold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Links to the papers of authors, those before the fold and how many are behind it."""

    shown: Markup
    folded: Markup
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One paper of a result. What is Markup is escaped, with <mark> and links in it."""

    number: int
    paper: Paper
    url: str
    title: Markup
    abstract: Markup
    authors: Names
    subjects: Markup
    scores: Mapping[str, float] = field(default_factory=dict)


def cards(
    request: Request,
    papers: Sequence[Paper],
    marks: Highlighter,
    first: int,
    scores: Sequence[Mapping[str, float]] = (),
) -> Iterator[Card]:
    """Yield the cards of a page whose first paper has that number."""
    url = urls(request)
    for at, paper in enumerate(papers):
        yield Card(
            number=first + at,
            paper=paper,
            url=url(f"/paper/{paper.id}"),
            title=written(paper.title, marks.ranges(paper.title, Field.TITLE)),
            abstract=written(paper.abstract, marks.ranges(paper.abstract, Field.ABSTRACT)),
            authors=_names(url, paper.authors, SHOWN_AUTHORS),
            subjects=_joined(_subject(url, code) for code in paper.categories),
            scores=scores[at] if scores else {},
        )


def names(request: Request, authors: Sequence[Author], shown: int) -> Names:
    """Return a link for each author to all of their papers, so many before the fold."""
    return _names(urls(request), authors, shown)


def _names(url: Callable[..., str], authors: Sequence[Author], shown: int) -> Names:
    links = [_author(url, author.name) for author in authors]
    return Names(
        shown=_joined(links[:shown]),
        folded=_joined(links[shown:]),
        count=max(0, len(links) - shown),
    )


def _author(url: Callable[..., str], name: str) -> str:
    address = escape(url("/search", q=f'au:"{name}"'))
    return f'<a class="author" href="{address}">{escape(name)}</a>'


def _subject(url: Callable[..., str], code: str) -> str:
    known = CATEGORIES.get(code)
    name, address = known.name if known else code, url("/search", q=f"cat:{code}")
    return f'<a href="{escape(address)}" title="{escape(code)}">{escape(name)}</a>'


def _joined(links: Iterable[str]) -> Markup:
    return Markup(", ".join(links))  # noqa: S704  what is in a link is escaped above
