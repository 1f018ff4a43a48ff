"""The `winnow` command: builds, maintains, serves and searches the library."""

import logging.config
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

import click
import orjson

from app import __version__
from app.cli.builds import show_pruned
from app.cli.options import DATA, read_settings
from app.state.connection import StateError
from app.web.watch.logs import make_log_config
from index import (
    BrokenSnapshot,
    History,
    LibraryError,
    Manifest,
    NoVectors,
    find_encoder_problem,
    find_open,
    list_gains,
    list_wear,
)
from index import find_live as live_snapshot
from index import prune as prune_snapshots
from index import verify as verify_snapshot

_INTERRUPTED = 130
_MIB = 1 << 20


_MODULES = {
    "backup": "app.cli.state",
    "harvest": "app.cli.harvest",
    "keywords": "app.cli.ask",
    "mcp": "app.cli.serve",
    "rebuild": "app.cli.builds",
    "related": "app.cli.ask",
    "restore": "app.cli.state",
    "search": "app.cli.ask",
    "serve": "app.cli.serve",
    "summaries": "app.cli.summaries",
    "update": "app.cli.builds",
}
"""Commands that are loaded when they are named; most need the packages of the web."""


class _Commands(click.Group):
    """Loads a command when it is named, and reports an error as one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *_MODULES])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _MODULES:
            return super().get_command(ctx, cmd_name)
        command: click.Command = getattr(import_module(_MODULES[cmd_name]), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except NoVectors as error:
            raise click.ClickException(f"{error}, or {error.helps}") from error
        except (LibraryError, StateError) as error:
            raise click.ClickException(str(error)) from error
        except PermissionError as error:
            raise click.ClickException(f"not allowed: {error.filename}") from error
        except KeyboardInterrupt:
            click.echo("stopped; the live snapshot is unchanged", err=True)
            sys.exit(_INTERRUPTED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="winnow")
def main() -> None:
    """Search and sift arXiv papers, from a dump, on one small machine."""
    settings = read_settings()
    is_set = "log_level" in settings.model_fields_set
    level = settings.log_level if is_set else "warning"  # `serve` sets its own
    if not logging.getLogger().handlers:  # a program around this one has its own
        logging.config.dictConfig(make_log_config(level, settings.log_format))


@main.command("info")
@DATA
@click.option("--json", "as_json", is_flag=True, help="Print the manifest.")
def show_info(data: Path, *, as_json: bool) -> None:
    """Say what the live snapshot holds and how it was made."""
    snapshot = live_snapshot(data)
    manifest = Manifest.read_from(snapshot)
    if as_json:
        click.echo(orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2))
        return
    size = sum(file.bytes for file in manifest.files.values())
    encoder = manifest.encoder
    click.echo(f"snapshot   {manifest.name} ({manifest.command}, encoder {encoder.name})")
    if encoder.dimensions:
        click.echo(
            f"vectors    {encoder.dimensions} dimensions, {encoder.model} {encoder.version}"
        )
    if problem := find_encoder_problem(snapshot, manifest):
        click.echo(f"           {problem}")
    click.echo(f"papers     {manifest.papers:,} in {len(manifest.categories)} categories")
    click.echo(f"days       {manifest.first_day} to {manifest.last_day}")
    click.echo(f"from       {manifest.source.name}, {manifest.source.bytes:,} bytes")
    for name, day in (manifest.harvested or {}).items():
        click.echo(f"current    to {day}{f' in {name}' if name else ''}")
    first = History(snapshot).first_build
    since = f"behind {first}" if first else "from the next build on"
    click.echo(f"changes    remembered {since}")
    for gain in list_gains(manifest):
        click.echo(f"           `winnow rebuild DUMP` would add: {gain}")
    for reason in list_wear(snapshot, manifest):
        click.echo(f"           `winnow rebuild --live` is due: {reason}")
    click.echo(f"on disk    {size / _MIB:,.0f} MiB in {snapshot}")
    for stage in manifest.stages:
        click.echo(
            f"{stage.stage:<10} {stage.seconds:8.1f} s  peak {stage.peak_mib:,.0f} MiB"
        )


@main.command()
@DATA
@click.option(
    "--live",
    "is_open",
    is_flag=True,
    help="Check what running servers have open, whatever is published.",
)
def verify(data: Path, *, is_open: bool) -> None:
    """Check the live snapshot's checksums and counts. The exit status tells.

    It reads every file, and may run beside a server.
    """
    opened = find_open(data) if is_open else []
    damaged = [s.name for s in opened or [live_snapshot(data)] if not _is_whole(s)]
    if damaged:
        raise BrokenSnapshot(
            f"{', '.join(damaged)} is damaged; run `winnow rebuild DUMP`, or write the "
            f"name of another snapshot into {data / 'CURRENT'}"
        )


def _is_whole(snapshot: Path) -> bool:
    problems = verify_snapshot(snapshot)
    for problem in problems:
        click.echo(problem, err=True)
    if not problems:
        click.echo(f"{snapshot.name} is whole")
    return not problems


@main.command()
@DATA
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="How many snapshots to keep, the live one included.",
)
def prune(data: Path, keep: int) -> None:
    """Delete old snapshots, and what builds that died have left."""
    pruned = prune_snapshots(data, keep=keep)
    show_pruned(pruned)
    if not pruned.removed and not pruned.in_use:
        click.echo("nothing to remove")
