"""Queries of arXiv's API: the query language, read strictly, and what is arXiv's own in it.

`all:` and bare words look into comments, journal references, report numbers, DOIs, ids and
categories, too. What cannot be read as it stands is an error and is not left out.
"""

import re
from contextlib import suppress
from dataclasses import replace

from app.arxiv_api.asked import BadRequest
from index import (
    All,
    AnyOf,
    ArxivId,
    BadId,
    Field,
    Node,
    Phrase,
    Prefix,
    Query,
    Term,
    Unscored,
    Without,
    canonicalize_code,
    parse_as_written,
    read_dois,
)

_BESIDE = (Field.COMMENTS, Field.JOURNAL, Field.REPORT)
_CODE = re.compile(r"\w[.-]\w")  # no archive whose name is a common word
_REFUSED = {
    "bad_date": "{value} is no date for {field}; write YYYYMMDD or YYYYMMDDhhmm",
    "too_many_terms": "the query has more than {limit} words",
    "too_deep": "the query has more than {limit} parentheses within one another",
}
"""Notices of what a query was read without."""


def read_query(text: str) -> Query:
    """Read a query. Raises BadRequest, BadQuery."""
    query = parse_as_written(text)
    for notice in query.notices:
        if notice.code in _REFUSED:
            raise BadRequest(_REFUSED[notice.code].format(**notice.params))
    return replace(query, tree=query.tree and _widen(query.tree))


def _widen(node: Node) -> Node:
    """Return a node whose parts look into all fields where arXiv's do."""
    match node:
        case All(nodes=nodes):
            return All(tuple(map(_widen, nodes)))
        case AnyOf(nodes=nodes):
            wide = (_parts(_widen(part)) for part in nodes)
            return AnyOf(tuple(part for some in wide for part in some))
        case Without(node=part):
            return Without(_widen(part))
        case Term(field=Field.ANY) | Phrase(field=Field.ANY) | Prefix(field=Field.ANY):
            return AnyOf((node, *_list_beside(node)))
        case _:
            return node


def _parts(node: Node) -> tuple[Node, ...]:
    return node.nodes if isinstance(node, AnyOf) else (node,)


def _list_beside(leaf: Term | Phrase | Prefix) -> list[Node]:
    """Return where else a word is looked for; that ranks no paper higher."""
    found: list[Node] = [replace(leaf, field=field) for field in _BESIDE]
    if isinstance(leaf, Term):
        if _CODE.search(leaf.text) and (code := canonicalize_code(leaf.text)):
            found.append(Term(Field.CATEGORY, code))
        found += [Term(Field.DOI, doi.casefold()) for doi in read_dois(leaf.text)]
        with suppress(BadId):
            found.append(Term(Field.ID, ArxivId.parse(leaf.text).id))
    return [Unscored(node) for node in found]
