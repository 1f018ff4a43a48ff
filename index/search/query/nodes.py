"""The nodes of a query tree: words, phrases, days, and what joins them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import TypeAlias


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
    """Papers submitted from the first to the last day, both included; None is open.

    `since` is a minute of the first day, `until` one of the last (UTC), both included;
    None is all of that day.
    """

    first: date | None
    last: date | None
    since: time | None = None
    until: time | None = None

    @property
    def is_empty(self) -> bool:
        """True where it ends before it begins."""
        if not (self.first and self.last):
            return False
        begins = (self.first, self.since or time.min)
        return begins > (self.last, self.until or time.max)


@dataclass(frozen=True, slots=True)
class Without:
    """Papers that do not match."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class Unscored:
    """Papers that match the part, which adds nothing to their scores."""

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
Node: TypeAlias = Leaf | Without | Unscored | All | AnyOf | Loose


def walk_leaves(node: Node | None) -> Iterator[Leaf]:
    """Yield what a tree asks to be there, in order; not what must not be."""
    if isinstance(node, All | AnyOf | Loose):
        for part in node.nodes:
            yield from walk_leaves(part)
    elif isinstance(node, Unscored):
        yield from walk_leaves(node.node)
    elif node is not None and not isinstance(node, Without):
        yield node
