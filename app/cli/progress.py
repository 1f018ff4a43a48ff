"""Progress of a build: a bar on a terminal, plain lines elsewhere."""

import shutil
import sys
import time
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import click
from tqdm import tqdm

from index import PaperSource, Reached

_INTERVAL_S = 5.0

_MINUTE_S = 60


class Fetched:
    """Shows how far a harvest is, on standard error."""

    def __init__(self) -> None:
        """Start with nothing shown."""
        self._start = time.monotonic()
        self._shown = 0.0

    def show(self, reached: Reached) -> None:
        """Show the day that a page has reached, the rate, and the time left."""
        now = time.monotonic()
        if self._shown and now - self._shown < _INTERVAL_S:
            return
        self._shown = now
        seconds = max(now - self._start, 1e-9)
        within = f" of {reached.within}" if reached.within else ""
        line = f"fetch: {reached.records:,} records{within} up to {reached.day}"
        line += f", {reached.records / seconds:,.0f} a second"
        days = (reached.day - reached.start).days
        if days > 0:
            ahead = (datetime.now(UTC).date() - reached.day).days
            line += f", {seconds * max(0, ahead) / days / _MINUTE_S:,.0f} min left"
        click.echo(line, err=True)


class Progress:
    """Shows the stages of one build on standard error."""

    def __init__(self) -> None:
        """Start with nothing shown."""
        self._stage = ""
        self._opened = time.monotonic()
        self._start = 0.0
        self._shown = 0.0
        self._bar: tqdm[None] | None = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the bar."""
        self._close()

    def say(self, sentence: str) -> None:
        """Show a sentence on a line of its own."""
        self._close()
        click.echo(sentence, err=True)

    def show(
        self, stage: str, dump: PaperSource, done: int, total: int | None = None
    ) -> None:
        """Show a stage and how much of it is done.

        The stage `index` is measured by the dump's bytes, and `done` counts the papers
        kept so far; other stages count up to `total`, or have nothing to count.
        """
        if stage != self._stage:
            self._close()
            self._stage, self._shown = stage, 0.0
            self._start = time.monotonic() if self._start else self._opened
            if stage != "index":
                click.echo(f"{stage} …", err=True)
        read, size = (dump.position, dump.size) if stage == "index" else (done, total)
        if stage != "index" and total is None:
            return
        if sys.stderr.isatty():
            self._draw(done, read, size)
        else:
            self._print(done, read, size)

    def _draw(self, done: int, read: int, size: int | None) -> None:
        if self._bar is None:
            self._bar = tqdm(
                total=size,
                desc=self._stage,
                unit="B",
                unit_scale=True,
                ncols=shutil.get_terminal_size().columns,
                bar_format=None
                if size is None
                else "{desc} {percentage:3.0f}% {bar} {remaining} left{postfix}",
            )
        rate = f"{self._format_count(done)}, {self._measure_rate(done):,.0f}/s"
        self._bar.set_postfix_str(rate, refresh=False)
        self._bar.update(read - self._bar.n)

    def _print(self, done: int, read: int, size: int | None) -> None:
        now = time.monotonic()
        if now - self._shown < _INTERVAL_S:
            return
        self._shown = now
        rate = self._measure_rate(done)
        line = f"{self._stage}: {self._format_count(done)}, {rate:,.0f} a second"
        if size and read:
            left = (now - self._start) * (size - read) / read
            line += f", {read / size:.0%}, {left:,.0f} s left"
        click.echo(line, err=True)

    def _format_count(self, done: int) -> str:
        return f"{done:,} {'steps' if self._stage == 'train' else 'papers'}"

    def _measure_rate(self, done: int) -> float:
        return done / max(time.monotonic() - self._start, 1e-9)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
