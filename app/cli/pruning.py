"""Older snapshots after a build, deleted or counted, in lines for a terminal."""

from pathlib import Path

import click

from app.cli.terminal import count_of
from index import Busy, Pruned, find_prunable, prune

_SPARE = 2  # snapshots that `winnow prune` keeps
_MIB = 1 << 20


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
