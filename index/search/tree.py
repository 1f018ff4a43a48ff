"""What a query is: a tree of what to find, its printed form, and weaker forms of it.

Pure, like all of a query: nothing here knows an engine.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
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
    ID = "id"


@dataclass(frozen=True, slots=True)
class Term:
    """One word, category or id to be found in a field."""

    field: Field
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to be found in a field one after the other."""

    field: Field
    text: str


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
    """Papers that match at least `minimum` of two or more parts."""

    nodes: tuple["Node", ...]
    minimum: int = 1


Node: TypeAlias = Term | Phrase | Without | All | AnyOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something a reader should know, as a code with parameters; pages phrase it."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A parsed query. `tree` is None where nothing in the text can be searched for.

    `ids` are set instead of a tree where the text is nothing but ids. `title` is the
    text's title key: a paper of that very title is what the reader means.
    """

    tree: Node | None = None
    ids: tuple[ArxivId, ...] = ()
    title: str = ""
    notices: tuple[Notice, ...] = ()

    @property
    def understood(self) -> str:
        """The query printed in its own language.

        It parses back to the same tree, but for a relaxed one: how many of its words
        are wanted is in its notice.
        """
        if self.ids:
            return " ".join(known.id for known in self.ids)
        return _print(self.tree, top=True) if self.tree else ""

    def relaxations(self) -> Iterator["Query"]:
        """Yield ever weaker queries: most of the plain words, then any of them.

        Phrases, fields and exclusions are never given up. Each has a notice `relaxed`.
        """
        if not isinstance(self.tree, All):
            return
        words = tuple(n for n in self.tree.nodes if _is_plain(n))
        rest = tuple(n for n in self.tree.nodes if not _is_plain(n))
        count = len(words)
        for minimum in dict.fromkeys((-(-count * 2 // 3), 1)):
            if not 0 < minimum < count:
                continue
            weak = AnyOf(words, minimum)
            notice = Notice(code="relaxed", params={"matched": minimum, "of": count})
            yield replace(
                self,
                tree=All((weak, *rest)) if rest else weak,
                notices=(*self.notices, notice),
            )


OPERATORS = {"AND": "and", "OR": "or", "|": "or", "NOT": "not", "ANDNOT": "not"}
"""Words of the query language that stand for no word, and what they do."""

FIELD = re.compile(r"([A-Za-z]{1,12}):(?!//)(.*)", re.DOTALL)
"""What may be a field name with a value behind it."""


def _is_plain(node: Node) -> bool:
    return isinstance(node, Term) and node.field is Field.ANY


def _print(node: Node, *, top: bool = False) -> str:
    if isinstance(node, Term | Phrase):
        prefix = "" if node.field is Field.ANY else f"{node.field}:"
        return f"{prefix}{_quoted(node)}"
    if isinstance(node, Without):
        return f"-{_print(node.node)}"
    if isinstance(node, All):
        text = " ".join(map(_print, node.nodes))
    else:  # what must all match binds tighter than OR
        text = " OR ".join(_print(n, top=isinstance(n, All)) for n in node.nodes)
    return text if top else f"({text})"


def _quoted(node: Term | Phrase) -> str:
    if isinstance(node, Phrase) or not _is_one_word(node.text):
        return f'"{node.text}"'
    if node.field is Field.ANY and read_ids(node.text):
        return f'"{node.text}"'  # a word here, though it would be an id alone
    return node.text


def _is_one_word(text: str) -> bool:
    """Tell whether a term would be read as itself if it stood bare."""
    return (
        text not in OPERATORS
        and not text.startswith(("-", "//"))
        and not re.search(r'[\s"()]', text)
        and not FIELD.fullmatch(text)
    )
