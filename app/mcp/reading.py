"""The tools that read papers by id: one whole, some with abstracts, as citations."""

from collections.abc import Sequence
from typing import Any

from app.exports.formats import export
from app.mcp.params import (
    MOST_READ,
    Abstracts,
    CiteArguments,
    FetchArguments,
    GetPapersArguments,
)
from app.mcp.shape import NOTE, Desk, shape_paper
from app.summaries.shown import write_markdown
from app.web.errors import BadParameter
from index import ArxivId, BadId, Paper, UnknownPaper

MOST_TEXT = 24_000
"""Characters of a paper's text."""

SCHEME = "paper://"

_SHOWN = 40  # characters of what is no id


def fetch(desk: Desk, asked: FetchArguments) -> dict[str, Any]:
    """Return a paper as OpenAI's connectors read it. Raises BadId, UnknownPaper."""
    paper = desk.library.catalog.by_id(ArxivId.parse(_read_address(asked.id)).id)
    text = write_markdown(desk.database, paper)
    metadata: dict[str, Any] = {
        "authors": [author.name for author in paper.authors],
        "published": paper.submitted.isoformat(),
        "updated": paper.updated.isoformat(),
        "categories": list(paper.categories),
        "doi": next(iter(paper.dois), None),
        "journal_ref": paper.journal_ref,
        "pdf_url": paper.pdf_url,
        "withdrawn": paper.withdrawn,
        "note": NOTE,
    }
    if len(text) > MOST_TEXT:
        metadata["left_out"] = f"{len(text) - MOST_TEXT:,} characters at the end"
    return {
        "id": paper.id,
        "title": paper.title,
        "text": text[:MOST_TEXT],
        "url": desk.url(paper),
        "metadata": {name: value for name, value in metadata.items() if value},
    }


def read_resource(desk: Desk, uri: str) -> str:
    """Return the Markdown of `paper://ID`. Raises BadId, UnknownPaper."""
    paper = desk.library.catalog.by_id(ArxivId.parse(_read_address(uri)).id)
    return write_markdown(desk.database, paper)[:MOST_TEXT]


def get_papers(desk: Desk, asked: GetPapersArguments) -> dict[str, Any]:
    """Return papers with their abstracts. Raises BadParameter, UnknownPaper."""
    if len(asked.ids) > MOST_READ:
        raise BadParameter(
            f"{len(asked.ids)} ids are given", param="ids", hint=f"give at most {MOST_READ}"
        )
    papers, missing = _find(desk, asked.ids)
    shapes = [
        shape_paper(desk, paper, Abstracts.FULL) | _keywords(paper) for paper in papers
    ]
    return {"papers": shapes} | missing | {"note": NOTE}


def export_citations(desk: Desk, asked: CiteArguments) -> dict[str, Any]:
    """Return papers in a format of citations. Raises BadParameter, UnknownPaper."""
    papers, missing = _find(desk, asked.ids)
    return {
        "format": asked.format.value,
        "citations": export(papers, asked.format),
    } | missing


def _find(desk: Desk, written: Sequence[str]) -> tuple[list[Paper], dict[str, Any]]:
    """Return the papers that are here, in order, and which are not."""
    ids = list(dict.fromkeys(map(_canonicalize, written)))
    found = desk.library.catalog.by_ids(ids)
    missing = [paper_id for paper_id in ids if paper_id not in found]
    if len(missing) == len(ids):
        raise UnknownPaper(f"none of these papers is in this library: {', '.join(missing)}")
    papers = [found[paper_id] for paper_id in ids if paper_id in found]
    return papers, ({"missing": missing} if missing else {})


def _canonicalize(text: str) -> str:
    """Return an id as the catalog has it; what is no id is in no catalog."""
    try:
        return ArxivId.parse(_read_address(text)).id
    except BadId:
        return text[:_SHOWN]


def _keywords(paper: Paper) -> dict[str, Any]:
    return {"keywords": list(paper.keywords)} if paper.keywords else {}


def _read_address(text: str) -> str:
    """Return the id in the address of a resource or of a page, or the text itself."""
    bare = text.strip().removeprefix(SCHEME).replace("%2F", "/").replace("%2f", "/")
    return bare.partition("/paper/")[2] or bare
