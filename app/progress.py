"""How far a build is: a bar on a terminal, plain lines elsewhere."""

import shutil
import sys
import time
from types import TracebackType
from typing import Self

import click
from tqdm import tqdm

from index import Dump

_INTERVAL_S = 5.0


class Progress:
    """Shows the stages of one build on standard error."""

    def __init__(self) -> None:
        """Begin with nothing shown."""
        self._start = time.monotonic()
        self._shown = 0.0
        self._stage = ""
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

    def show(self, stage: str, dump: Dump, papers: int) -> None:
        """Show a stage, how much of the dump is read, and the papers kept so far."""
        if stage != "index":
            self._close()
            click.echo(f"{stage} …", err=True)
        elif sys.stderr.isatty():
            self._draw(dump, papers)
        else:
            self._print(dump, papers)

    def _draw(self, dump: Dump, papers: int) -> None:
        if self._bar is None:
            self._bar = tqdm(
                total=dump.size,
                desc="index",
                unit="B",
                unit_scale=True,
                ncols=shutil.get_terminal_size().columns,
                bar_format=None
                if dump.size is None
                else "{desc} {percentage:3.0f}% {bar} {remaining} left{postfix}",
            )
        rate = papers / max(time.monotonic() - self._start, 1e-9)
        self._bar.set_postfix_str(f"{papers:,} papers, {rate:,.0f}/s", refresh=False)
        self._bar.update(dump.position - self._bar.n)

    def _print(self, dump: Dump, papers: int) -> None:
        now = time.monotonic()
        if now - self._shown < _INTERVAL_S:
            return
        self._shown = now
        elapsed = now - self._start
        line = f"index: {papers:,} papers, {papers / max(elapsed, 1e-9):,.0f} a second"
        if dump.size and dump.position:
            left = elapsed * (dump.size - dump.position) / dump.position
            line += f", {dump.position / dump.size:.0%}, {left:,.0f} s left"
        click.echo(line, err=True)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
