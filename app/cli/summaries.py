"""The `winnow summaries` commands: import, export and delete summaries."""

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import click

from app.cli.options import DATA, read_settings
from app.state.connection import Database
from app.state.lock import hold_served
from app.summaries.files import (
    BadSummary,
    format_json_line,
    is_document,
    read_directory,
    read_document,
    read_lines,
    write_directory,
)
from app.summaries.store import SummaryStore
from app.summaries.summary import Summary
from index import ArxivId, NoSnapshot, Shelf

_SHOWN = 10  # bad records that are reported one by one
_BATCH = 500


@click.group()
def summaries() -> None:
    """Keep Markdown documents about papers, which pages and the API show."""


@summaries.command("import")
@click.argument("source", metavar="FILE|DIR|-")
@DATA
def import_summaries(source: str, data: Path) -> None:
    """Take in summaries, each in place of one of its paper, language and author.

    FILE has a JSON object a line (paper, language, author, version, created, markdown);
    a .md file, or each in DIR, begins with the same facts between two lines of ---;
    - reads JSON lines from standard input. Records that are not summaries are reported
    and left out; the exit status is then 1.
    """
    store = _open_store(data)
    bad: list[BadSummary] = []
    papers: set[str] = set()
    kept = new = 0
    read = _read(source)
    while batch := list(islice(read, _BATCH)):
        good = [one for one in batch if isinstance(one, Summary)]
        bad += [one for one in batch if isinstance(one, BadSummary)]
        new += store.put(good)
        kept += len(good)
        papers.update(one.paper for one in good)
    for one in bad[:_SHOWN]:
        click.echo(f"left out {one.place}: {one.problem}", err=True)
    if len(bad) > _SHOWN:
        click.echo(f"and {len(bad) - _SHOWN:,} more", err=True)
    click.echo(
        f"{kept:,} summaries of {len(papers):,} papers taken in, {new:,} of them new"
    )
    if missing := _count_missing(data, sorted(papers)):
        click.echo(f"{missing:,} of those papers are not in the library (yet)", err=True)
    sys.exit(1 if bad else 0)


@summaries.command("export")
@click.argument("ids", metavar="[ID…]", nargs=-1)
@DATA
@click.option(
    "--directory",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write a Markdown file each there instead.",
)
def export_summaries(ids: tuple[str, ...], data: Path, directory: Path | None) -> None:
    """Print the summaries of all papers, or of those with IDs, a JSON object a line.

    The exit status is 1 if there are none.
    """
    exported = _read_exported(_open_store(data), ids)
    if directory:
        count = write_directory(exported, directory)
        click.echo(f"{count:,} summaries written to {directory}")
    else:
        count = 0
        for count, summary in enumerate(exported, 1):  # noqa: B007  counted
            click.echo(format_json_line(summary), nl=False)
    sys.exit(0 if count else 1)


@summaries.command("delete")
@click.argument("ids", metavar="ID…", nargs=-1, required=True)
@DATA
@click.option("--language", metavar="TAG", help="Only those in this language.")
@click.option("--author", metavar="NAME", help="Only those by this author.")
def delete_summaries(
    ids: tuple[str, ...], data: Path, language: str | None, author: str | None
) -> None:
    """Delete the summaries of papers. The exit status is 1 if there are none."""
    store = _open_store(data)
    papers = [ArxivId.parse(text).id for text in ids]
    deleted = sum(store.delete(paper, language, author) for paper in papers)
    click.echo(f"{deleted:,} summaries deleted")
    sys.exit(0 if deleted else 1)


def _open_store(data: Path) -> SummaryStore:
    """Open the summaries; no restore puts another state in place until the command ends."""
    click.get_current_context().with_resource(hold_served(data))
    return SummaryStore(Database.beside(data, read_settings().state_url))


def _read(source: str) -> Iterator[Summary | BadSummary]:
    if source == "-":
        yield from read_lines(sys.stdin.buffer, "standard input")
    elif (path := Path(source)).is_dir():
        yield from read_directory(path)
    elif is_document(path) and path.exists():
        yield read_document(path, path.name)
    else:
        try:
            file = path.open("rb")
        except OSError as error:
            raise click.UsageError(f"cannot read {source}: {error.strerror}") from error
        with file:
            yield from read_lines(file, path.name)


def _read_exported(store: SummaryStore, ids: tuple[str, ...]) -> Iterator[Summary]:
    if not ids:
        yield from store.read_all()
    for text in ids:
        yield from store.read(ArxivId.parse(text).id)


def _count_missing(data: Path, papers: list[str]) -> int:
    """Count the papers that are not in the live library; 0 if there is no library."""
    try:
        catalog = Shelf(data).library().catalog
    except NoSnapshot:
        return 0
    return len(papers) - len(catalog.keys(papers))
