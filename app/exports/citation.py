"""A citation: what every format says of a paper, worked out once.

A paper with a journal reference is an article of that journal, in all formats; any other
is a preprint of arXiv, and so is one without a DOI that is only submitted to a journal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.exports.journal import Journal, read_journal
from index import Author, Paper, keep_particles


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One paper as it is cited.

    `authors` have the particles of their family names there. `year` is that of the
    journal where it tells one, else of the first version, as `day` is: None for an
    article, whose day nobody tells. `doi` is the journal's where there is one, else
    arXiv's. `notes` are sentences without full stops.
    """

    paper: Paper
    authors: tuple[Author, ...]
    journal: Journal | None
    year: int
    day: date | None
    doi: str
    notes: tuple[str, ...]

    @property
    def arxiv(self) -> str:
        """The paper's id as a reader knows it: `arXiv:1706.03762`."""
        return f"arXiv:{self.paper.id}"

    @property
    def first_and_last_page(self) -> tuple[str, str]:
        """The ends of the journal's range of pages; a single page has no second one."""
        first, _, last = self.journal.pages.partition("–") if self.journal else ("",) * 3
        return first, last


def cite(paper: Paper) -> Citation:
    """Return a paper's citation."""
    told = read_journal(paper.journal_ref)
    journal = told if told and (paper.dois or not told.is_submitted) else None
    stated = journal.year if journal else None
    doi, *others = paper.dois or (f"10.48550/arXiv.{paper.id}",)
    return Citation(
        paper=paper,
        authors=tuple(map(keep_particles, paper.authors)),
        journal=journal,
        year=stated or paper.submitted.year,
        day=None if journal else paper.submitted,
        doi=doi,
        notes=tuple(_list_notes(paper, told, others)),
    )


def _list_notes(
    paper: Paper, journal: Journal | None, others: Sequence[str]
) -> Iterator[str]:
    if paper.withdrawn:
        yield "Withdrawn"
    if journal and journal.state:
        is_told = journal.is_submitted and not paper.dois
        yield journal.state.capitalize() + (f" to {journal.name}" if is_told else "")
    if journal and journal.rest:
        yield journal.rest.rstrip(".")
    yield from (f"Also doi:{doi}" for doi in others)


def clean_line(text: str) -> str:
    """Return a text on one line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
