"""Lines about a build for a terminal, on standard error."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from index import GET_NEURAL, Choice, Dump, Manifest, PaperSource, is_installed

_NAMED = 10
"""Files of an archive that are named."""

_WHY = {
    "numeric_id": "put ids in quotes: as a number, 2401.00010 loses its zeros",
    "lone_surrogate": "half of a surrogate pair, such as \\ud83d alone, is no character",
}
"""Reasons that their name does not explain."""


@contextmanager
def skipped_shown(dump: Dump) -> Iterator[None]:
    """At the end, good or bad, show which records of a dump were skipped, and why."""
    try:
        yield
    finally:
        for bad in dump.tally.examples:
            click.echo(f"skipped line {bad.line}: {bad.reason}: {bad.excerpt}", err=True)
        for reason, count in dump.tally.skipped.items():
            why = f" ({_WHY[reason]})" if reason in _WHY else ""
            click.echo(f"skipped {count_of(count, 'record')}: {reason}{why}", err=True)
        if names := dump.passed_over:
            shown = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
            files = count_of(len(names), "file")
            click.echo(f"passed over {files} of the archive, no JSON: {shown}", err=True)
        if left_out := dump.tally.left_out:
            counts = ", ".join(f"{count:,} {reason}" for reason, count in left_out.items())
            click.echo(f"left out of author lists, as no names: {counts}", err=True)


GAIN = (
    "related papers improve from 0.915 to 0.918 (hit@10 among 10,000 papers), and "
    "searches from 0.71 to 0.74 (nDCG@10 of SciFact)"
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
        needs = "" if is_installed() else f"; it needs an extra, 5 GB: {GET_NEURAL}"
        yield f"with --encoder minilm, about 30 papers a second, {GAIN}{needs}"


_MINUTE_S, _HOUR_S = 60, 3_600


def _duration(seconds: float) -> str:
    if seconds < _MINUTE_S:
        return f"{seconds:.0f} s"
    if seconds < _HOUR_S:
        return f"{seconds / _MINUTE_S:.0f} min"
    return f"{seconds / _HOUR_S:.1f} h"


def show_published(dump: PaperSource, manifest: Manifest) -> None:
    """Show what a build has made."""
    if manifest.repeated:
        repeated = count_of(manifest.repeated, "repeated id")
        click.echo(f"{repeated}: the later record won", err=True)
    seconds = sum(stage.seconds for stage in manifest.stages)
    click.echo(
        f"published {manifest.name}: {count_of(manifest.papers, 'paper')}, "
        f"{manifest.kept:,} of them from {dump.name}, in {seconds:,.1f} s"
    )


def count_of(count: int, noun: str) -> str:
    """Return a count and what it counts, as in "2 papers"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
