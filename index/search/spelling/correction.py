"""The correction of a query: its unknown words, replaced by likely ones."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from index.search.query.tree import All, AnyOf, Field, Node, Phrase, Query, Term, Without
from index.search.spelling.speller import Speller
from index.search.terms.spellings import fold_name

RARE = 5
"""A word in fewer papers may be a slip, if a near one is FAR times as frequent."""

FAR = 200

MOST = 16
"""Unknown words that are looked up, the first ones. A text with more of them is not
misspelt, and each takes as long as many searches."""

_CORRECTED = (Field.ANY, Field.TITLE, Field.ABSTRACT, Field.AUTHOR)

Pairs = tuple[tuple[str, str], ...]
"""Words and what they are replaced by."""


def correct_query(
    query: Query, speller: Speller, frequency: Callable[[str], int]
) -> tuple[Query, Pairs] | None:
    """Return a query with its unknown words corrected, and the pairs; or None.

    `frequency` tells in how many papers a folded word is. Phrases are meant as they
    are written, and what is excluded cannot be missing.
    """
    if query.tree is None:
        return None
    texts = dict.fromkeys(term.text for term in _correctable(query.tree))
    counts = {text: frequency(fold_name(text)) for text in texts}
    unknown = [text for text, count in counts.items() if count < RARE]
    pairs = {}
    for text in unknown[:MOST]:
        if right := _correction(fold_name(text), speller, counts[text]):
            pairs[text] = right
    if not pairs:
        return None
    title = " ".join(_replaced(word, pairs) for word in query.title.split())
    tree = _corrected(query.tree, pairs)
    return replace(query, tree=tree, title=title), tuple(pairs.items())


def print_verbatim(query: Query) -> str:
    """Print a query's text with its plain words in quotes, which are never corrected."""

    def quoted(node: Node) -> Node:
        match node:
            case Term(field=where, text=text) if where in _CORRECTED:
                return Phrase(where, text) if where is not Field.AUTHOR else node
            case All(nodes=nodes):
                return All(tuple(map(quoted, nodes)))
            case AnyOf(nodes=nodes):
                return AnyOf(tuple(map(quoted, nodes)))
        return node

    tree = query.tree and quoted(query.tree)
    return replace(query, tree=tree).understood


def _correctable(node: Node) -> Iterator[Term]:
    match node:
        case Term(field=where, text=text) if where in _CORRECTED and text.isalpha():
            yield node
        case All(nodes=nodes) | AnyOf(nodes=nodes):
            for part in nodes:
                yield from _correctable(part)


def _correction(word: str, speller: Speller, count: int) -> str | None:
    right = speller.correct(word)
    if right and count and speller.count(right) < FAR * count:
        return None
    return right


def _corrected(node: Node, pairs: Mapping[str, str]) -> Node:
    match node:
        case Term(field=where, text=text) if where in _CORRECTED and text in pairs:
            terms = tuple(Term(where, word) for word in pairs[text].split())
            return terms[0] if len(terms) == 1 else All(terms)
        case All(nodes=nodes):
            return _joined(All, [_corrected(part, pairs) for part in nodes])
        case AnyOf(nodes=nodes):
            return _joined(AnyOf, [_corrected(part, pairs) for part in nodes])
    return node


def _joined(kind: type[All] | type[AnyOf], parts: Sequence[Node]) -> Node:
    """Join parts again, flat and without repetitions."""
    nodes: dict[Node, None] = {}
    for part in parts:
        nodes |= dict.fromkeys(part.nodes if isinstance(part, kind) else (part,))
    only = next(iter(nodes))
    return kind(tuple(nodes)) if len(nodes) > 1 or isinstance(only, Without) else only


def _replaced(word: str, pairs: Mapping[str, str]) -> str:
    return next((right for wrong, right in pairs.items() if fold_name(wrong) == word), word)
