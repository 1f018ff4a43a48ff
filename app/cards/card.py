"""Cards: papers as a page shows them, with matches marked and all links written.

Python writes the links and marks, not a template: a page has hundreds of them, and a
template takes several times as long (docs/decisions/pages.md).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from urllib.parse import quote_plus

from fastapi import Request
from markupsafe import Markup

from app.cards.formulas import render_prose, render_text
from app.cards.notes import Notes
from app.summaries.gist import Gist
from app.web.addresses import bind_paper_urls, make_paper_url
from app.web.languages import choose_language, get_explicit_language, load_language
from index import CATEGORIES, Author, Field, Highlighter, Paper

NO_NOTES = Notes()
SHOWN_AUTHORS = 40
"""Authors of a card before the fold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorLinks:
    """Links to authors' papers: those before the fold, those after it, and their count."""

    shown: Markup
    folded: Markup
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One paper of a result. Markup fields are escaped HTML with marks and links."""

    number: int
    paper: Paper
    url: str
    title: Markup
    abstract: Markup
    comments: Markup
    authors: AuthorLinks
    subjects: Markup
    keywords: Markup
    related: str
    bibtex: str
    summaries: str | None = None
    gist: Markup | None = None
    gist_language: str = ""
    stars: int = 0
    scores: Mapping[str, float] = field(default_factory=dict)
    found_by_meaning: bool = False


def make_cards(  # noqa: PLR0913, PLR0917  each is one more thing that a card shows
    request: Request,
    papers: Sequence[Paper],
    marks: Highlighter | None,
    first: int,
    scores: Sequence[Mapping[str, float]] = (),
    by_meaning: Sequence[bool] = (),
    *,
    notes: Notes = NO_NOTES,
) -> Iterator[Card]:
    """Yield a card for each paper; numbers count from `first`.

    Without `marks` nothing is marked.
    """
    explicit, shown = get_explicit_language(request), choose_language(request).code
    url = bind_paper_urls(request)
    for at, paper in enumerate(papers):
        gist = notes.gists.get(paper.id)
        yield Card(
            number=first + at,
            paper=paper,
            url=url(f"/paper/{paper.id}"),
            title=_render_title(paper.title, marks),
            abstract=_render_abstract(paper.abstract, marks),
            comments=render_prose(paper.comments or ""),
            authors=_link_authors(explicit, paper.authors, SHOWN_AUTHORS),
            subjects=_join(
                (_link_category(explicit, shown, code) for code in paper.categories), " "
            ),
            keywords=_link_keywords(explicit, paper.keywords),
            related=url("/related", like=paper.id),
            bibtex=f"/api/export?ids={paper.id}&format=bibtex",
            summaries=_make_summaries_url(paper) if gist else None,
            gist=_render_gist(gist),
            gist_language=gist.language if gist else "",
            stars=notes.stars.get(paper.id, 0),
            scores=scores[at] if at < len(scores) else {},
            found_by_meaning=bool(by_meaning) and by_meaning[at],
        )


def _make_summaries_url(paper: Paper) -> str:
    return f"/api/papers/{paper.id}/summaries"


def _render_gist(gist: Gist | None) -> Markup | None:
    return render_text(gist.text) if gist and gist.text else None


def _render_title(text: str, marks: Highlighter | None) -> Markup:
    return render_text(text, marks.ranges(text, Field.TITLE) if marks else ())


def _render_abstract(text: str, marks: Highlighter | None) -> Markup:
    return render_prose(text, marks.ranges(text, Field.ABSTRACT) if marks else ())


def link_authors(request: Request, authors: Sequence[Author], shown: int) -> AuthorLinks:
    """Link each author to all of their papers, `shown` of them before the fold."""
    return _link_authors(get_explicit_language(request), authors, shown)


def link_keywords(request: Request, keywords: Iterable[str]) -> Markup:
    """Return a list item for each keyword, with a link that searches for it."""
    return _link_keywords(get_explicit_language(request), keywords)


def _link_authors(
    explicit: str | None, authors: Sequence[Author], shown: int
) -> AuthorLinks:
    links = [_link_author(explicit, author.name) for author in authors]
    return AuthorLinks(
        shown=_join(links[:shown]),
        folded=_join(links[shown:]),
        count=max(0, len(links) - shown),
    )


def _link_keywords(explicit: str | None, keywords: Iterable[str]) -> Markup:
    return _join((_link_keyword(explicit, keyword) for keyword in keywords), "")


# The texts below come from the library, not from a visitor, so caching them is safe.


@lru_cache(maxsize=65_536)
def _link_author(explicit: str | None, name: str) -> str:
    address = escape(make_search_url(explicit, f'au:"{name}"'))
    return f'<a class="author" href="{address}">{escape(name)}</a>'


@lru_cache(maxsize=1_024)
def _link_category(explicit: str | None, shown: str, code: str) -> str:
    name, is_known = escape(load_language(shown).name_category(code)), code in CATEGORIES
    code = escape(code)
    path, params = (f"/arxiv/{code}", {}) if is_known else ("/search", {"q": f"cat:{code}"})
    address = escape(make_paper_url(explicit, path, **params))
    return (
        f'<span class="subject"><a href="{address}" '
        f'data-code="{code}"><span class="name">{name}</span> '
        f'<span class="code notranslate" translate="no">{code}</span></a></span>'
    )


@lru_cache(maxsize=65_536)
def _link_keyword(explicit: str | None, keyword: str) -> str:
    address = escape(make_search_url(explicit, quote_keyword(keyword)))
    shown = render_text(keyword, ()) if "$" in keyword else escape(keyword)
    return f'<li><a href="{address}">{shown}</a></li>'


@lru_cache(maxsize=65_536)
def quote_keyword(keyword: str) -> str:
    """Return the query for a keyword; quotes it if the query language would alter it."""
    if _PLAIN_WORDS.fullmatch(keyword) and not _OPERATOR.search(keyword):
        return keyword
    bare = keyword.replace('"', " ").strip()
    return f'"{bare}"'


_PLAIN_WORDS = re.compile(r"\w[\w'’–-]*(?: \w[\w'’–-]*)*")
_OPERATOR = re.compile(r"\b(?:AND|OR|NOT|ANDNOT)\b")


def _join(links: Iterable[str], between: str = ", ") -> Markup:
    return Markup(between.join(links))  # noqa: S704  the links above escape their texts


def make_search_url(language: str | None, query: str) -> str:
    """Return the address of a search; faster than `make_url`, for a page has hundreds."""
    prefix = f"lang={language}&" if language else ""
    return f"/search?{prefix}q={quote_plus(query)}"
