"""Results in a terminal: on standard output, and what is said of them on standard error."""

import sys
from collections.abc import Iterable

import click

from app.cli.terminal import count_of
from app.search.params import SearchParams
from index import (
    Facets,
    Field,
    Highlighter,
    Library,
    Notice,
    Paper,
    RelatedPage,
    split_marked,
    write_plain,
)

_NAMES = 3  # authors that fit a line
_CATEGORIES = 10


def show_search(library: Library, asked: SearchParams) -> int:
    """Show papers a line each: id, day and title between tabs. Return the total.

    What is said about the result goes to standard error.
    """
    found = library.finder.find(asked.search, asked.window)
    _show_notices(found.query.notices)
    understood = f" for: {found.query.understood}" if found.query.understood else ""
    click.echo(f"{count_of(found.total, 'paper')}{understood}", err=True)
    if asked.explain:
        for step in found.steps:
            click.echo(f"tried {step.name}: {count_of(step.total, 'paper')}", err=True)
    for paper in found.papers:
        _show_paper(paper, found.highlights)
    if asked.facets:
        _show_facets(found.facets)
    return found.total


def show_related(page: RelatedPage) -> None:
    """Show related papers a line each: id, day, nearness, title, reasons between tabs.

    Nearness is the cosine, or without vectors the share of words.
    """
    _show_notices(page.notices)
    for one in page.papers:
        reasons = (*one.reasons.authors, *one.reasons.keywords, *one.reasons.categories)
        paper = one.paper
        near = one.score if one.similarity is None else one.similarity
        click.echo(
            f"{paper.id}\t{paper.submitted}\t{near:.2f}\t{write_plain(paper.title)}\t"
            f"{write_plain(', '.join(reasons))}"
        )


def _show_notices(notices: Iterable[Notice]) -> None:
    for notice in notices:
        params = ", ".join(f"{name} {value}" for name, value in notice.params.items())
        click.echo(f"note: {notice.code}{f' ({params})' if params else ''}", err=True)


def _show_paper(paper: Paper, marks: Highlighter) -> None:
    title = f"[withdrawn] {paper.title}" if paper.withdrawn else paper.title
    if sys.stdout.isatty():
        pieces = split_marked(title, marks.ranges(title, Field.TITLE))
        title = "".join(click.style(p, bold=True) if on else p for p, on in pieces)
    click.echo(f"{paper.id}\t{paper.submitted}\t{write_plain(title)}")
    if sys.stdout.isatty():
        names = [author.name for author in paper.authors]
        more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
        line = f"    {', '.join(names[:_NAMES])}{more}"
        click.echo(click.style(line, dim=True))


def _show_facets(facets: Facets) -> None:
    for code, papers in list(facets.categories.items())[:_CATEGORIES]:
        click.echo(f"{code:<20} {papers:>9,}", err=True)
    for year, papers in facets.years.items():
        click.echo(f"{year:<20} {papers:>9,}", err=True)
