"""A query tree, printed as the query that parses back to it."""

import re

from index.papers.arxiv_id import read_ids
from index.search.query.nodes import (
    All,
    AnyOf,
    Days,
    Field,
    Fuzzy,
    Loose,
    Node,
    Phrase,
    Prefix,
    Term,
    Unscored,
    Without,
)

OPERATORS = {"AND": "and", "OR": "or", "|": "or", "NOT": "not", "ANDNOT": "not"}
"""Words of the query language that stand for no word, and what they do."""

FIELD = re.compile(r"([A-Za-z]{1,15}):(?!//)(.*)", re.DOTALL)
"""What may be a field name with a value behind it."""

SEPARATOR = re.compile(r"[,;]+(?!\d)|(?<!\d)[,;]+")
"""What ends a bare word, as white space does."""


def print_node(node: Node, *, top: bool = False) -> str:
    """Return a node as the query language has it, in parentheses where it is a part."""
    match node:
        case Days():
            return _print_days(node)
        case Unscored():
            return print_node(node.node, top=top)
        case Without():
            return f"-{print_node(node.node)}"
        case All() | Loose():
            text = " ".join(map(print_node, node.nodes))
        case AnyOf():  # what must all match binds tighter than OR
            text = " OR ".join(print_node(n, top=isinstance(n, All)) for n in node.nodes)
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
    if starts_year and ends_year and not (days.since or days.until):
        years = [f"{day.year:04}" if day else "" for day in (first, last)]
        return f"year:{years[0]}" if years[0] == years[1] else "year:" + "..".join(years)
    edges = [
        day.isoformat().replace("-", "") + (f"{minute:%H%M}" if minute else "")
        if day
        else "*"
        for day, minute in ((first, days.since), (last, days.until))
    ]
    return f"submittedDate:[{edges[0]} TO {edges[1]}]"
