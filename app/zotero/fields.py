"""Zotero's own fields of a paper: its type of item, and where arXiv keeps it."""

from collections.abc import Iterator

from app.exports.citation import Citation


def name_type(cited: Citation) -> str:
    """Return the type of Zotero's item: an article of a journal, else a preprint."""
    return "journalArticle" if cited.journal else "preprint"


def list_fields(cited: Citation) -> Iterator[tuple[str, str]]:
    """Yield the fields that only Zotero has, by its names for them."""
    if cited.journal:
        yield "archive", "arXiv"
        yield "archiveLocation", cited.arxiv
    else:
        yield "repository", "arXiv"
        yield "archiveID", cited.arxiv
    if cited.notes:
        yield "extra", ". ".join(cited.notes)
