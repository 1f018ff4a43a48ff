"""Papers as a page shows them: marked where they match, with all their links."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fastapi import Request
from markupsafe import Markup, escape

from app.templating import local_url
from index import CATEGORIES, Author, Field, Highlighter, Paper, marked

SHOWN_AUTHORS = 40
"""Authors of a card before the fold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a link says, where it leads, and what it says when pointed at."""

    text: str
    url: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One paper of a result; title and abstract are safe, with <mark> in them."""

    number: int
    paper: Paper
    url: str
    title: Markup
    abstract: Markup
    authors: Sequence[Link]
    more_authors: Sequence[Link]
    subjects: Sequence[Link]
    scores: Mapping[str, float] = field(default_factory=dict)


def cards(
    request: Request,
    papers: Sequence[Paper],
    marks: Highlighter,
    first: int,
    scores: Sequence[Mapping[str, float]] = (),
) -> Iterator[Card]:
    """Yield the cards of a page whose first paper has that number."""
    for at, paper in enumerate(papers):
        authors = author_links(request, paper.authors)
        yield Card(
            number=first + at,
            paper=paper,
            url=local_url(request, f"/paper/{paper.id}"),
            title=_marked(paper.title, marks, Field.TITLE),
            abstract=_marked(paper.abstract, marks, Field.ABSTRACT),
            authors=authors[:SHOWN_AUTHORS],
            more_authors=authors[SHOWN_AUTHORS:],
            subjects=[_subject(request, code) for code in paper.categories],
            scores=scores[at] if scores else {},
        )


def author_links(request: Request, authors: Sequence[Author]) -> list[Link]:
    """Return a link for each author to all of their papers."""
    return [
        Link(text=author.name, url=local_url(request, "/search", q=f'au:"{author.name}"'))
        for author in authors
    ]


def _subject(request: Request, code: str) -> Link:
    known = CATEGORIES.get(code)
    url = local_url(request, "/search", q=f"cat:{code}")
    return Link(text=known.name if known else code, url=url, title=code)


def _marked(text: str, marks: Highlighter, where: Field) -> Markup:
    ranges = marks.ranges(text, where)
    if not ranges:
        return escape(text)
    pieces = marked(text, ranges)
    return Markup("").join(_MARK.format(piece) if on else piece for piece, on in pieces)


_MARK = Markup("<mark>{}</mark>")
