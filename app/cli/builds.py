"""Builds from a dump or from the library itself, and what becomes of older snapshots."""

from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

import click

from app.cli.options import DATA, KEEP, read_settings
from app.cli.progress import Progress
from app.cli.terminal import choice_shown, count_of, show_published, skipped_shown
from index import (
    Busy,
    Choice,
    Dump,
    PaperSource,
    Pruned,
    find_prunable,
    prune,
    rebuild_live,
)
from index import rebuild as rebuild_snapshot
from index import update as update_snapshot

_SPARE = 2  # snapshots that `winnow prune` keeps
_MIB = 1 << 20

_DUMP = click.argument("dump", metavar="DUMP")
_DUMP_OR_LIVE = click.argument("dump", metavar="[DUMP]", required=False)


@click.command()
@_DUMP_OR_LIVE
@DATA
@click.option("--live", is_flag=True, help="Take the live snapshot's own papers.")
@click.option("--limit", type=click.IntRange(min=1), help="Take only so many papers.")
@click.option(
    "--encoder",
    metavar="NAME",
    default=lambda: read_settings().encoder,
    show_default="WINNOW_ENCODER, or auto",
    help="What turns texts into vectors: auto, shipped, static, minilm, none, or a "
    "sentence-transformers model by name or path.",
)
@click.option(
    "--allow-download",
    is_flag=True,
    help="Let a model that is not on this machine be fetched from its hub.",
)
def rebuild(  # noqa: PLR0913  each is one more option of a build
    dump: str | None,
    data: Path,
    limit: int | None,
    encoder: str,
    *,
    allow_download: bool,
    live: bool,
) -> None:
    """Build a new snapshot from DUMP alone and make it the live one.

    DUMP is a file of arXiv metadata, one JSON object a line, plain or packed with gzip,
    bzip2, xz, Zstandard, zip or tar; or - for standard input. A build that was stopped
    while it encoded goes on with what it had encoded.

    With --live instead of DUMP, the papers are those of the live snapshot: a library that
    was harvested has no dump, and after a year of updates a rebuild makes it small and
    quick again.
    """
    if live == bool(dump):
        raise click.UsageError("name a DUMP, or give --live for the library's own papers")
    if live and limit:
        raise click.UsageError("--live takes all papers; --limit is for a DUMP")
    with Progress() as progress:
        asked = _Asked(
            encoder=encoder,
            allow_download=allow_download,
            watch=progress.show,
            chosen=lambda choice: progress.say("\n".join(choice_shown(choice))),
        )
        if dump is None:
            source, manifest = rebuild_live(data, **asked)
        else:
            with Dump.open(dump) as opened, skipped_shown(opened):
                manifest = rebuild_snapshot(opened, data, limit=limit, **asked)
            source = opened
    show_published(source, manifest)


class _Asked(TypedDict):
    """Options of a rebuild from a dump, and of one from the library's own papers."""

    encoder: str
    allow_download: bool
    watch: Callable[[str, PaperSource, int, int | None], None]
    chosen: Callable[[Choice], None]


@click.command()
@_DUMP
@DATA
@KEEP
def update(dump: str, data: Path, keep: int | None) -> None:
    """Add the papers of DUMP to the live snapshot, or replace those it has.

    The result is a new snapshot, which becomes the live one. Older ones stay without
    --keep.
    """
    with Dump.open(dump) as opened, skipped_shown(opened), Progress() as progress:
        manifest = update_snapshot(opened, data, watch=progress.show)
    show_published(opened, manifest)
    prune_after(data, keep)


def prune_after(data: Path, keep: int | None) -> None:
    """Delete all but so many snapshots; without a number, say what could be deleted."""
    if keep is None:
        _show_prunable(data)
        return
    try:
        show_pruned(prune(data, keep=keep))
    except Busy as error:
        click.echo(f"nothing was deleted: {error}", err=True)


def show_pruned(pruned: Pruned) -> None:
    """Show what was deleted, and what could not be."""
    for name in pruned.removed:
        click.echo(f"removed {name}")
    for name in pruned.in_use:
        click.echo(f"kept {name}: a process has it open")


def _show_prunable(data: Path) -> None:
    prunable = find_prunable(data, keep=_SPARE)
    if prunable.snapshots:
        click.echo(
            f"{count_of(prunable.snapshots, 'older snapshot')} could be deleted, "
            f"{prunable.bytes / _MIB:,.0f} MiB: `winnow prune`, or --keep {_SPARE}",
            err=True,
        )
