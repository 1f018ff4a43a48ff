"""CSL-JSON items of papers, for citation processors and reference managers."""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from app.exports.citation import Citation, clean_line
from index import Author


def write_csl(citations: Sequence[Citation]) -> str:
    """Return a list with an item for each paper."""
    items = [dict(_list_variables(cited)) for cited in citations]
    return orjson.dumps(items, option=orjson.OPT_INDENT_2).decode() + "\n"


def _list_variables(cited: Citation) -> Iterator[tuple[str, Any]]:
    """Yield the paper's CSL variables. A preprint is an `article`, as CSL 1.0.2 has it."""
    paper, day = cited.paper, cited.day
    yield "id", cited.arxiv
    yield "type", "article-journal" if cited.journal else "article"
    yield "title", clean_line(paper.title)
    yield "author", [_make_name(author) for author in cited.authors]
    yield (
        "issued",
        {"date-parts": [[day.year, day.month, day.day] if day else [cited.year]]},
    )
    yield "abstract", paper.abstract
    yield from _list_place(cited)
    yield "DOI", cited.doi
    yield "URL", paper.url
    if paper.keywords:
        yield "keyword", ", ".join(paper.keywords)
    if cited.notes:
        yield "note", ". ".join(cited.notes)


def _list_place(cited: Citation) -> Iterator[tuple[str, str]]:
    """Yield the journal's variables, or arXiv's as the publisher of a preprint."""
    journal = cited.journal
    if journal is None:
        yield "publisher", "arXiv"
        yield "number", cited.arxiv
        return
    told = {
        "container-title": journal.name,
        "volume": journal.volume,
        "issue": journal.issue,
        "page": journal.pages,
        "archive": "arXiv",
        "archive_location": cited.arxiv,
    }
    yield from ((name, value) for name, value in told.items() if value)


def _make_name(author: Author) -> dict[str, str]:
    if not author.first:
        return {"literal": author.name}
    name = {"family": author.last, "given": author.first}
    return name | ({"suffix": author.suffix} if author.suffix else {})
