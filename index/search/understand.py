"""What a reader asks for: the query of a text and filters, and what it says."""

from dataclasses import replace

from rapidfuzz import fuzz

from index.papers.paper import Paper
from index.search.matching import NEAR, SHORTEST_TITLE
from index.search.query.filters import Filters
from index.search.query.parse import parse
from index.search.query.tree import All, AnyOf, Field, Query, Term
from index.search.terms.title import title_key

NO_FILTERS = Filters()
_FEWEST_WORDS = 2


def understand(text: str, filters: Filters = NO_FILTERS) -> Query:
    """Return the query of a text within filters. Raises BadQuery."""
    query = parse(text) if text.strip() or not filters else Query()
    if not filters:
        return query
    nodes = filters.nodes()
    if query.ids:  # as terms, so that the filters count
        terms = tuple(Term(Field.ID, known.id) for known in query.ids)
        tree = terms[0] if len(terms) == 1 else AnyOf(tuple(dict.fromkeys(terms)))
        query = replace(query, ids=(), tree=tree)
    return replace(query, filters=nodes)


def asked_for(query: Query) -> tuple[object, ...]:
    """Return what tells a query from others, whatever is said of it."""
    return query.tree, query.ids, query.title, query.filters


def has_meaning(query: Query) -> bool:
    """Tell whether a query has a meaning beyond the words themselves."""
    return len(query.words) >= _FEWEST_WORDS


def said(text: str, query: Query, understood: Query) -> str:
    """Return what an encoder reads: the text, or just its plain words where it has more."""
    nodes = query.tree.nodes if isinstance(query.tree, All) else (query.tree,)
    if understood.words == query.words == nodes:
        return " ".join(text.split())
    return " ".join(word.text for word in understood.words)


def is_meant(paper: Paper, query: Query) -> bool:
    """Tell whether a paper's title is the query, or nearly."""
    title = title_key(paper.title)
    if len(query.title) < SHORTEST_TITLE:
        return bool(title) and title == query.title
    return fuzz.ratio(title, query.title) >= NEAR
