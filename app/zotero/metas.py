"""Metas of a paper's page: Highwire's `citation_*`, Dublin Core's type, Zotero's fields.

Google Scholar, Zotero and others read them. Zotero takes `z.name` for its field of that
name; `citation_title` alone would make every paper an article of a journal.
"""

from collections.abc import Iterator, Sequence

from app.exports.citation import Citation, cite, clean_line
from app.zotero.fields import list_fields, name_type
from index import CATEGORIES, Author, Paper

_SEPARATORS = str.maketrans(",;", "  ")  # of names, in the eyes of readers


def list_metas(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of each meta; they say what exports say."""
    cited = cite(paper)
    if cited.journal is None:
        yield "DC.type", name_type(cited)
    yield "citation_title", clean_line(paper.title)
    yield from _list_authors(cited.authors)
    yield from _list_dates(cited)
    yield from (item for item in _list_place(cited) if item[1])
    yield "citation_doi", cited.doi
    yield "citation_arxiv_id", paper.id
    yield "citation_abstract_html_url", paper.url
    yield "citation_pdf_url", paper.pdf_url
    yield "citation_language", "en"  # else Zotero takes the language of the page
    if paper.abstract:
        yield "citation_abstract", paper.abstract
    if paper.categories:
        yield "citation_keywords", "; ".join(map(_name_subject, paper.categories))
    for name, value in list_fields(cited):
        yield f"z.{name}", value


def _list_authors(authors: Sequence[Author]) -> Iterator[tuple[str, str]]:
    for author in authors:
        yield "citation_author", _write_name(author, is_alone=len(authors) == 1)


def _write_name(author: Author, *, is_alone: bool) -> str:
    """Return a name as `Last, First`.

    Zotero splits a name without a comma before its last word, and two words on both sides
    of the comma of an only author into two authors, unless a semicolon follows.
    """
    if not author.first:
        name = _clean_name(author.name)
        return f"{name}," if " " in name else name
    last = _clean_name(author.last)
    first = _clean_name(f"{author.first} {author.suffix}")
    is_split = is_alone and " " in last and " " in first
    return f"{last}, {first}{';' if is_split else ''}"


def _clean_name(text: str) -> str:
    return clean_line(text.translate(_SEPARATORS))


def _list_dates(cited: Citation) -> Iterator[tuple[str, str]]:
    """Yield when it was published, and when arXiv got its last version."""
    published = f"{cited.day:%Y/%m/%d}" if cited.day else str(cited.year)
    yield "citation_publication_date", published
    yield "citation_date", published
    yield "citation_online_date", f"{cited.paper.updated_at:%Y/%m/%d}"


def _list_place(cited: Citation) -> Iterator[tuple[str, str]]:
    journal = cited.journal
    if journal is None:
        yield "citation_publisher", "arXiv"
        return
    first, last = cited.first_and_last_page
    yield "citation_journal_title", journal.name
    yield "citation_volume", journal.volume
    yield "citation_issue", journal.issue
    yield "citation_firstpage", first
    yield "citation_lastpage", last


def _name_subject(code: str) -> str:
    category = CATEGORIES.get(code)
    return category.name if category else code
