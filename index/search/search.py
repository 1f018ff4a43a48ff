"""A search: query, filters, sort and mode as one hashable value."""

from dataclasses import KW_ONLY, dataclass, replace

from index.search.engine import Sort
from index.search.meaning import Mode
from index.search.query.filters import Filters
from index.search.query.parse import parse
from index.search.query.tree import AnyOf, Field, Query, Term

NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Search:
    """A text in the query language, what narrows it, an order and a mode.

    Without a mode papers are found by their words, and by meaning too where few papers
    have all the words.
    """

    text: str
    _: KW_ONLY
    filters: Filters = NO_FILTERS
    sort: Sort = Sort.RELEVANCE
    mode: Mode | None = None

    def understand(self) -> Query:
        """Return the query of the text within the filters. Raises BadQuery."""
        query = parse(self.text) if self.text.strip() or not self.filters else Query()
        if not self.filters:
            return query
        nodes = self.filters.nodes()
        if query.ids:  # as terms, so that the filters count
            terms = tuple(Term(Field.ID, known.id) for known in query.ids)
            tree = terms[0] if len(terms) == 1 else AnyOf(tuple(dict.fromkeys(terms)))
            query = replace(query, ids=(), tree=tree)
        return replace(query, filters=nodes)
