"""The query tree, which knows no engine: a parsed query, and the nodes of its tree."""

from dataclasses import dataclass, field, replace

from index.papers.arxiv_id import ArxivId
from index.search.query.nodes import (
    All,
    AnyOf,
    Days,
    Field,
    Fuzzy,
    Leaf,
    Loose,
    Node,
    Phrase,
    Prefix,
    Term,
    Unscored,
    Without,
    walk_leaves,
)
from index.search.query.printing import print_node

__all__ = [
    "All",
    "AnyOf",
    "Days",
    "Field",
    "Fuzzy",
    "Leaf",
    "Loose",
    "Node",
    "Notice",
    "Phrase",
    "Prefix",
    "Query",
    "Term",
    "Unscored",
    "Without",
    "walk_leaves",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something a reader should know, as a code with parameters; pages phrase it."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A parsed query. `tree` is None where nothing in the text can be searched for.

    `ids` are what the text names; a tree beside them counts if none is there. `title` is
    the text's title key: a paper of that very title is what the reader means; `titles`
    are its sentences'. `filters` must match too and add nothing to the score; with
    filters alone all papers that pass them match.
    """

    tree: Node | None = None
    ids: tuple[ArxivId, ...] = ()
    title: str = ""
    titles: tuple[str, ...] = ()
    filters: tuple[Node, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def understood(self) -> str:
        """The text, printed from its tree. It parses back to the same tree."""
        if self.ids:
            return " ".join(known.id for known in self.ids)
        return print_node(self.tree, top=True) if self.tree else ""

    @property
    def words(self) -> tuple[Term, ...]:
        """The plain words that must all match: what relaxing and correcting may touch."""
        nodes = self.tree.nodes if isinstance(self.tree, All) else (self.tree,)
        return tuple(n for n in nodes if isinstance(n, Term) and n.field is Field.ANY)

    @property
    def is_ranked(self) -> bool:
        """True where papers can match it more or less well."""
        return any(map(_is_scored, walk_leaves(self.tree)))

    def loosened(self, *, any_word: bool = False) -> "Query | None":
        """Return the query with its plain words loose, or None where it has too few.

        Phrases, fields, exclusions and filters are never given up.
        """
        words = self.words
        if len(words) < 2 or not isinstance(self.tree, All):  # noqa: PLR2004  one word cannot be loosened
            return None
        loose = Loose(words, any_word)
        rest = tuple(n for n in self.tree.nodes if n not in words)
        return replace(self, tree=All((loose, *rest)) if rest else loose, title="")

    def barred(self) -> "Query | None":
        """Return what else must match if the plain words need not; None if nothing."""
        nodes = self.tree.nodes if isinstance(self.tree, All) else (self.tree,)
        rest = tuple(n for n in nodes if n is not None and n not in self.words)
        if not rest and not self.filters:
            return None
        return Query(tree=All(rest) if rest else None, filters=self.filters)

    def noting(self, *notices: Notice) -> "Query":
        """Return the query with more notices."""
        return replace(self, notices=(*self.notices, *notices))


def _is_scored(leaf: Leaf) -> bool:
    unscored = (Field.CATEGORY, Field.ID, Field.DOI, Field.AUTHOR, Field.WITHDRAWN)
    return not isinstance(leaf, Days) and leaf.field not in unscored
