"""RIS records of papers: tagged lines that end in CR LF.

Types and tags are those under which reference managers file a paper rightly: Zotero
takes UNPB for an article and M1 for its issue (docs/decisions/exports.md).
"""

from collections.abc import Iterator, Sequence
from datetime import date

from app.exports.citation import Citation, clean_line
from index import Author


def write_ris(citations: Sequence[Citation]) -> str:
    """Return a record for each paper."""
    return "".join(map(_write_record, citations))


def _write_record(cited: Citation) -> str:
    tags = [*_list_tags(cited), ("ER", "")]
    lines = (
        f"{tag}  - {line}\r\n"
        for tag, value in tags
        if (line := clean_line(value)) or tag == "ER"
    )
    return "".join(lines)


def _list_tags(cited: Citation) -> Iterator[tuple[str, str]]:
    paper = cited.paper
    yield "TY", "JOUR" if cited.journal else "RPRT"
    yield "ID", cited.arxiv
    yield "TI", paper.title
    for author in cited.authors:
        yield "AU", _invert_name(author)
    yield from _list_place(cited)
    yield "PY", f"{cited.year:04}"
    if cited.day:
        yield "DA", _write_day(cited.day)
    yield "AB", paper.abstract
    for keyword in paper.keywords:
        yield "KW", keyword
    yield "DO", cited.doi
    yield "UR", paper.url
    yield "L1", f"{paper.pdf_url}.pdf"  # its file's name is the attachment's
    yield "DB", "arXiv"
    yield "AN", cited.arxiv
    for note in cited.notes:
        yield "N1", note


def _list_place(cited: Citation) -> Iterator[tuple[str, str]]:
    """Yield the journal, or arXiv as the institution whose report a preprint is."""
    journal = cited.journal
    if journal is None:
        yield "PB", "arXiv"
        yield "M3", "Preprint"
        yield "SN", cited.arxiv
        return
    first, last = cited.first_and_last_page
    yield "T2", journal.name
    yield "VL", journal.volume
    yield "IS", journal.issue
    yield "SP", first
    yield "EP", last


def _write_day(day: date) -> str:
    return f"{day.year:04}/{day.month:02}/{day.day:02}"


def _invert_name(author: Author) -> str:
    if not author.first:
        return author.name.replace(",", " ")
    parts = (author.last, author.first, author.suffix)
    return ", ".join(part.replace(",", " ") for part in parts if part)
