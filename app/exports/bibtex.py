"""BibTeX and biblatex entries of papers.

A key depends on the paper alone and contains its id, so that the key in a manuscript
means the same paper in every file, and files can be joined.
"""

import re
from collections.abc import Sequence
from typing import TypeAlias

from app.exports.citation import Citation
from app.exports.tex import UNTELLING, escape, write_doi, write_name, write_title
from index import Paper, fold_name

_Fields: TypeAlias = dict[str, str]


def write_bibtex(citations: Sequence[Citation]) -> str:
    """Return an entry for each paper, each followed by a line break.

    The id stands in the fields that arXiv recommends, and in those that Zotero reads.
    """
    return "\n".join(_write_entry(cited, _list_bibtex(cited)) for cited in citations)


def write_biblatex(citations: Sequence[Citation]) -> str:
    """Return an entry for each paper with the types and fields of biblatex."""
    return "\n".join(_write_entry(cited, _list_biblatex(cited)) for cited in citations)


def make_key(paper: Paper) -> str:
    """Return a key such as `vaswani2017attention-170603762`."""
    name = _fold_to_ascii(paper.authors[0].last) if paper.authors else ""
    words = (_fold_to_ascii(word) for word in paper.title.split())
    telling = next((word for word in words if word and word not in UNTELLING), "")
    key = f"{name or 'arxiv'}{paper.submitted.year}{telling[:_LONGEST_WORD]}"
    return f"{key}-{_fold_to_ascii(paper.id)}"


_LONGEST_WORD = 40  # characters of a title's word in a key


def _list_bibtex(cited: Citation) -> _Fields:
    day = cited.day
    return {
        "": "article" if cited.journal else "misc",
        **_list_shared(cited),
        **_list_journal(cited, name="journal"),
        "year": str(cited.year),
        "month": day.strftime("%b").lower() if day else "",
        "eprint": cited.paper.id,
        "eprinttype": "arxiv",
        "archivePrefix": "arXiv",
        "primaryClass": cited.paper.primary_category or "",
        **_list_links(cited),
    }


def _list_biblatex(cited: Citation) -> _Fields:
    return {
        "": "article" if cited.journal else "online",
        **_list_shared(cited),
        **_list_journal(cited, name="journaltitle"),
        "date": cited.day.isoformat() if cited.day else str(cited.year),
        "eprint": cited.paper.id,
        "eprinttype": "arxiv",
        "eprintclass": cited.paper.primary_category or "",
        **_list_links(cited),
    }


def _list_shared(cited: Citation) -> _Fields:
    return {
        "title": write_title(cited.paper.title),
        "author": " and ".join(filter(None, map(write_name, cited.authors))),
    }


def _list_journal(cited: Citation, *, name: str) -> _Fields:
    journal = cited.journal
    if journal is None:
        return {}
    return {
        name: escape(journal.name),
        "volume": escape(journal.volume),
        "number": _write_range(journal.issue),
        "pages": _write_range(journal.pages),
    }


def _list_links(cited: Citation) -> _Fields:
    return {
        "doi": write_doi(cited.doi),
        "url": cited.paper.url,
        "note": escape(". ".join(cited.notes)),
    }


def _write_range(text: str) -> str:
    return escape(text).replace("–", "--")


def _write_entry(cited: Citation, fields: _Fields) -> str:
    kind = fields.pop("")
    lines = [
        f"  {name} = {value}," if name == "month" else f"  {name} = {{{value}}},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@{kind}{{{make_key(cited.paper)},", *lines, "}", ""])


def _fold_to_ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold_name(text))
