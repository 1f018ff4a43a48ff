"""Entries of papers: what a feed reader shows of them, summaries included."""

import logging
import re
from collections.abc import Container, Mapping, Sequence
from html import escape

from fastapi import Request

from app.feeds.feed import Announced, Entry
from app.state.connection import StateError
from app.summaries.store import SummaryStore
from app.web.deps import get_database
from index import Expression, Paper, write_plain

_LOG = logging.getLogger(__name__)
_BLANK = re.compile(r"\n\s*\n")
_MARKS = re.compile(r"^[ \t]*(?:#{1,6}|>|[-*+])[ \t]+|\*\*|__|`", re.MULTILINE)


def make_entries(  # noqa: PLR0913  each tells something of the list
    request: Request,
    papers: Sequence[Paper],
    home: str,
    *,
    versioned: bool = False,
    expression: Expression | None = None,
    replaced: Container[str] = (),
) -> tuple[Entry, ...]:
    """Return papers as entries, in order; ids have a version where arXiv's own have one.

    `replaced` has the ids of those that are announced because of a new version.
    """
    summaries = _read_summaries(request, [paper.id for paper in papers])
    return tuple(
        _make_entry(
            paper,
            home,
            summaries.get(paper.id),
            versioned,
            _ANNOUNCED[paper.id in replaced, _is_cross(paper, expression)],
        )
        for paper in papers
    )


_ANNOUNCED = {
    (False, False): Announced.NEW,
    (False, True): Announced.CROSS,
    (True, False): Announced.REPLACED,
    (True, True): Announced.REPLACED_CROSS,
}
"""By whether a paper has a new version, and whether it is only listed there, too."""


def _is_cross(paper: Paper, expression: Expression | None) -> bool:
    return expression is not None and not expression.names(paper.primary_category or "")


def _make_entry(
    paper: Paper,
    home: str,
    summary: str | None,
    versioned: bool,  # noqa: FBT001  passed on
    announced: Announced,
) -> Entry:
    suffix = f"v{paper.last_version}" if versioned else ""
    return Entry(
        id=f"oai:arXiv.org:{paper.id}{suffix}",
        title=write_plain(paper.title),
        abstract=write_plain(paper.abstract),
        content=write_html(summary) if summary else None,
        authors=tuple(author.name for author in paper.authors),
        categories=paper.categories,
        link=f"{home}/paper/{paper.id}",
        pdf=paper.pdf_url,
        published=paper.submitted_at,
        updated=paper.updated_at,
        announced=announced,
        doi=paper.dois[0] if paper.dois else None,
        journal=paper.journal_ref,
        rights=paper.license,
    )


def write_html(markdown: str) -> str:
    """Write the first part of a summary as paragraphs, formulas as Unicode.

    A feed reader has no typesetter, and takes HTML that nobody has checked: every text is
    escaped, and marks of Markdown are left out.
    """
    parts = _BLANK.split(markdown.strip())
    texts = (write_plain(_MARKS.sub("", part)).strip() for part in parts)
    return "".join(f"<p>{escape(text)}</p>" for text in texts if text)


def _read_summaries(request: Request, ids: Sequence[str]) -> Mapping[str, str]:
    """Return the first summary of each paper; none if the database cannot be read."""
    try:
        return SummaryStore(get_database(request)).read_first(ids)
    except StateError as error:
        _LOG.warning("%s", error)
        return {}
