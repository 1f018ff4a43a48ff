"""Terminal output: results on standard output, everything else on standard error."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

from app.search.params import SearchParams
from index import (
    GET_NEURAL,
    Choice,
    Dump,
    Facets,
    Field,
    Highlighter,
    Library,
    Manifest,
    Notice,
    Paper,
    RelatedPage,
    split_marked,
    write_plain,
)

_NAMES = 3  # authors that fit a line
_CATEGORIES = 10


@contextmanager
def skipped_shown(dump: Dump) -> Iterator[None]:
    """At the end, good or bad, show which records of a dump were skipped, and why."""
    try:
        yield
    finally:
        for bad in dump.tally.examples:
            click.echo(f"skipped line {bad.line}: {bad.reason}: {bad.excerpt}", err=True)
        for reason, count in dump.tally.skipped.items():
            click.echo(f"skipped {_counted(count, 'record')}: {reason}", err=True)
        if left_out := dump.tally.left_out:
            counts = ", ".join(f"{count:,} {reason}" for reason, count in left_out.items())
            click.echo(f"left out of author lists, as no names: {counts}", err=True)


GAIN = (
    "related papers improve from 0.915 to 0.918 (hit@10 among 10,000 papers), and "
    "searches by meaning from 0.71 to 0.74 (nDCG@10 of SciFact)"
)
"""In words for operators (docs/benchmarks.md has the table)."""


def choice_shown(choice: Choice) -> Iterator[str]:
    """Yield the encoder that a build uses, why, and how long that is expected to take.

    Where a better one is quick enough, yield what it gains, and how to get it.
    """
    why = "the one that comes with Winnow" if choice.is_default else "as asked"
    takes = "" if choice.seconds is None else f", about {_duration(choice.seconds)}"
    yield f"encoder {choice.name}: {why}{takes}"
    if choice.gains:
        yield f"with --encoder minilm, {GAIN}; it needs an extra: {GET_NEURAL}"


_MINUTE_S, _HOUR_S = 60, 3_600


def _duration(seconds: float) -> str:
    if seconds < _MINUTE_S:
        return f"{seconds:.0f} s"
    if seconds < _HOUR_S:
        return f"{seconds / _MINUTE_S:.0f} min"
    return f"{seconds / _HOUR_S:.1f} h"


def show_published(dump: Dump, manifest: Manifest) -> None:
    """Show what a build has made."""
    if manifest.repeated:
        repeated = _counted(manifest.repeated, "repeated id")
        click.echo(f"{repeated}: the later record won", err=True)
    seconds = sum(stage.seconds for stage in manifest.stages)
    click.echo(
        f"published {manifest.name}: {_counted(manifest.papers, 'paper')}, "
        f"{manifest.kept:,} of them from {dump.name}, in {seconds:,.1f} s"
    )


def show_search(library: Library, asked: SearchParams) -> int:
    """Show papers a line each: id, day and title between tabs. Return the total.

    What is said about the result goes to standard error.
    """
    found = library.finder.find(asked.search, asked.window)
    _show_notices(found.query.notices)
    understood = f" for: {found.query.understood}" if found.query.understood else ""
    click.echo(f"{_counted(found.total, 'paper')}{understood}", err=True)
    if asked.explain:
        for step in found.steps:
            click.echo(f"tried {step.name}: {_counted(step.total, 'paper')}", err=True)
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


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
