"""The query tree, which knows no engine: its parts, and how they print as a query."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from index.papers.arxiv_id import ArxivId, read_ids


class Field(StrEnum):
    """Where to look; the value is the short name of the query language."""

    ANY = "all"
    TITLE = "ti"
    ABSTRACT = "abs"
    AUTHOR = "au"
    CATEGORY = "cat"
    COMMENTS = "co"
    JOURNAL = "jr"
    REPORT = "rn"
    ID = "id"
    DOI = "doi"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Term:
    """One word in any of its forms; or an author, a category, an id or a DOI, whole."""

    field: Field
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in just these forms, in this order, at most `slop` places apart."""

    field: Field
    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word that begins so. An empty text asks for papers that have the field at all."""

    field: Field
    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word that differs in at most `distance` letters: 1 or 2."""

    field: Field
    text: str
    distance: int


@dataclass(frozen=True, slots=True)
class Days:
    """Papers submitted from the first to the last day, both included; None is open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Without:
    """Papers that do not match."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """Papers that match every part. At least two parts, or one Without."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Papers that match at least one of two or more parts."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Loose:
    """Papers with the telling ones among two or more words; every word adds to the score.

    The telling words are the fewest, rarest first, that have more than ESSENTIAL of the
    words' inverse document frequencies; one of them must be there. With `any_word`,
    one of all the words will do.
    """

    nodes: tuple[Term, ...]
    any_word: bool = False


Leaf: TypeAlias = Term | Phrase | Prefix | Fuzzy | Days
Node: TypeAlias = Leaf | Without | All | AnyOf | Loose


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
        return _print(self.tree, top=True) if self.tree else ""

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


OPERATORS = {"AND": "and", "OR": "or", "|": "or", "NOT": "not", "ANDNOT": "not"}
"""Words of the query language that stand for no word, and what they do."""

FIELD = re.compile(r"([A-Za-z]{1,13}):(?!//)(.*)", re.DOTALL)
"""What may be a field name with a value behind it."""

SEPARATOR = re.compile(r"[,;]+(?!\d)|(?<!\d)[,;]+")
"""What ends a bare word, as white space does."""


def walk_leaves(node: Node | None) -> Iterator[Leaf]:
    """Yield what a tree asks to be there, in order; not what must not be."""
    if isinstance(node, All | AnyOf | Loose):
        for part in node.nodes:
            yield from walk_leaves(part)
    elif node is not None and not isinstance(node, Without):
        yield node


def _is_scored(leaf: Leaf) -> bool:
    unscored = (Field.CATEGORY, Field.ID, Field.DOI, Field.AUTHOR, Field.WITHDRAWN)
    return not isinstance(leaf, Days) and leaf.field not in unscored


def _print(node: Node, *, top: bool = False) -> str:
    match node:
        case Days():
            return _print_days(node)
        case Without():
            return f"-{_print(node.node)}"
        case All() | Loose():
            text = " ".join(map(_print, node.nodes))
        case AnyOf():  # what must all match binds tighter than OR
            text = " OR ".join(_print(n, top=isinstance(n, All)) for n in node.nodes)
        case _:
            return _print_leaf(node)
    return text if top else f"({text})"


def _print_leaf(leaf: Term | Phrase | Prefix | Fuzzy) -> str:
    text = leaf.text
    match leaf:
        case Phrase(slop=slop):
            text = f'"{text}"' + (f"~{slop}" if slop else "")
        case Prefix():
            text = f"{text}*"
        case Fuzzy(distance=distance):
            text = f"{text}~{distance}"
        case Term() if " " in text:
            text = f'"{text}"'
    is_bare = leaf.field is Field.ANY and not _reads_otherwise(leaf)
    return text if is_bare else f"{leaf.field}:{text}"


def _reads_otherwise(leaf: Term | Phrase | Prefix | Fuzzy) -> bool:
    """Tell whether a word that stood bare would be taken for something else."""
    text = leaf.text
    return not isinstance(leaf, Phrase) and (
        text in OPERATORS
        or bool(FIELD.fullmatch(text) or read_ids(text) or SEPARATOR.search(text))
    )


def _print_days(days: Days) -> str:
    first, last = days.first, days.last
    starts_year = first is None or (first.month, first.day) == (1, 1)
    ends_year = last is None or (last.month, last.day) == (12, 31)
    if starts_year and ends_year:
        years = [f"{day.year:04}" if day else "" for day in (first, last)]
        return f"year:{years[0]}" if years[0] == years[1] else "year:" + "..".join(years)
    edges = [day.isoformat().replace("-", "") if day else "*" for day in (first, last)]
    return f"submittedDate:[{edges[0]} TO {edges[1]}]"
