"""How results look in a terminal: the answer on standard output, the rest beside it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from index import Dump, Manifest, Page

_NAMES = 3  # authors that fit a line


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


def show_page(page: Page) -> None:
    """Show papers a line each: id, day and title between tabs."""
    for notice in page.query.notices:
        params = ", ".join(f"{name} {value}" for name, value in notice.params.items())
        click.echo(f"note: {notice.code}{f' ({params})' if params else ''}", err=True)
    found = _counted(page.total, "paper")
    click.echo(f"{found} for: {page.query.understood}", err=True)
    for paper in page.papers:
        click.echo(f"{paper.id}\t{paper.submitted}\t{paper.title}")
        if sys.stdout.isatty():
            names = [author.name for author in paper.authors]
            more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
            line = f"    {', '.join(names[:_NAMES])}{more}"
            click.echo(click.style(line, dim=True))


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
