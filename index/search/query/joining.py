"""Joins: parts of a query as one node, for all or for any of them."""

from collections.abc import Sequence

from index.search.query.nodes import All, AnyOf, Field, Fuzzy, Node, Prefix, Term, Without

STOP_WORDS = frozenset(
    "a an and are as at be but by for from if in into is it no not of on or such that "
    "the their then there these they this to was will with".split()
)
"""English words too common to search for, where other words remain."""


def join_all(parts: Sequence[Node]) -> Node | None:
    """Join parts that must all match, without stop words where other words remain."""
    nodes = flatten(All, parts)
    telling = tuple(n for n in nodes if not _is_stop_word(n))
    if any(not isinstance(n, Without) for n in telling):
        nodes = telling
    if len(nodes) > 1 or (nodes and isinstance(nodes[0], Without)):
        return All(nodes)
    return nodes[0] if nodes else None


def join_any(nodes: Sequence[Node]) -> Node | None:
    """Join nodes of which one must match."""
    flat = flatten(AnyOf, nodes)
    return AnyOf(flat) if len(flat) > 1 else next(iter(flat), None)


def join_words(run: Sequence[Node]) -> list[Node]:
    """Join the bare words of a run, any of which will do; its other parts stay as they are.

    Stop words are left out where other words remain.
    """
    bare = [node for node in run if is_bare_word(node)]
    telling = [node for node in bare if not _is_stop_word(node)] or bare
    words = join_any(telling)
    return [*([words] if words else []), *(node for node in run if not is_bare_word(node))]


def is_bare_word(node: Node) -> bool:
    """Tell whether a node is one word, in no field in particular."""
    return isinstance(node, Term | Prefix | Fuzzy) and node.field is Field.ANY


def flatten(kind: type[All] | type[AnyOf], nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Return the nodes, those of nodes of that kind in their place, each once."""
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.nodes if isinstance(node, kind) else (node,))
    return tuple(dict.fromkeys(flat))


def _is_stop_word(node: Node) -> bool:
    return (
        isinstance(node, Term)
        and node.field in (Field.ANY, Field.TITLE, Field.ABSTRACT)
        and node.text.lower() in STOP_WORDS
    )
