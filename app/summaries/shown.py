"""Summaries as a paper's page shows them, and the paper as a Markdown document."""

import logging
from dataclasses import dataclass
from datetime import date, datetime

from fastapi import Request

from app.state.connection import Database, StateError
from app.summaries.store import SummaryStore
from app.summaries.summary import Summary, find_latest_version
from app.web.deps import get_database
from app.web.languages import choose_language
from index import Paper

_LOG = logging.getLogger(__name__)
_MARKDOWN, _HTML = "text/markdown", "text/html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A summary as a page shows it; `latest` is the paper's version if that is newer."""

    summary: Summary
    day: date
    latest: int | None


def read_documents(request: Request, paper: Paper) -> list[Document]:
    """Read a paper's summaries, those in the reader's language first."""
    preferred = choose_language(request).code
    found = _read_summaries(get_database(request), paper.id)
    found.sort(key=lambda one: one.language.partition("-")[0] != preferred)
    return [
        Document(
            summary=one,
            day=datetime.fromisoformat(one.created).date(),
            latest=find_latest_version(paper) if one.is_outdated(paper) else None,
        )
        for one in found
    ]


def wants_markdown(request: Request) -> bool:
    """Tell whether Markdown is accepted, no less than HTML (RFC 9110, 12.5.1)."""
    qualities = dict(
        map(_parse_accepted, request.headers.get("accept", "").split(",")[:20])
    )
    markdown = qualities.get(_MARKDOWN, 0.0)
    return markdown > 0 and markdown >= qualities.get(_HTML, 0.0)


def write_markdown(database: Database, paper: Paper) -> str:
    """Write a paper as Markdown: its metadata, abstract and summaries."""
    facts = [
        f"# {paper.title}",
        ", ".join(author.name for author in paper.authors),
        f"arXiv:{paper.id} · {', '.join(paper.categories)} · {paper.submitted}",
        "**Withdrawn.**" if paper.withdrawn else "",
        f"<{paper.url}>",
        "## Abstract",
        paper.abstract,
    ]
    for one in _read_summaries(database, paper.id):
        version = f", of v{one.version}" if one.version else ""
        facts += [
            f"## Summary ({one.language}; {one.author}, {one.created[:10]}{version})",
            one.markdown.strip(),
        ]
    return "\n\n".join(fact for fact in facts if fact) + "\n"


def _read_summaries(database: Database, paper_id: str) -> list[Summary]:
    """Read a paper's summaries; return none if the database cannot be read."""
    try:
        return SummaryStore(database).read(paper_id)
    except StateError as error:
        _LOG.warning("%s", error)
        return []


def _parse_accepted(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    weights = [p.removeprefix("q=") for p in parameters if p.startswith("q=")]
    try:
        return name, float(weights[0]) if weights else 1.0
    except ValueError:
        return name, 0.0
