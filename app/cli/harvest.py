"""`winnow harvest`: brings the library up to date from arXiv, once or for ever."""

import re
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import click

from app import __version__
from app.cli.builds import prune_after
from app.cli.options import DATA, KEEP, read_settings
from app.cli.progress import Fetched, Progress
from app.cli.schedule import Schedule, read_schedule, repeat
from app.cli.terminal import choice_shown, count_of, show_published, skipped_shown
from index import (
    Gathered,
    Manifest,
    NoSnapshot,
    OaiClient,
    check_encoder,
    find_live,
    gather,
)
from index import rebuild as rebuild_snapshot
from index import update as update_snapshot


def _read_day(_: click.Context, __: click.Parameter, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a day such as 2026-11-01") from None
    if day > datetime.now(UTC).date():
        raise click.BadParameter(f"{text} is yet to come")
    return day


def _read_sets(_: click.Context, __: click.Parameter, text: str | None) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(part.strip() for part in (text or "").split(",") if text))
    if not all(re.fullmatch(r"[\w.~!*'()-]+(?::[\w.~!*'()-]+)*", name) for name in names):
        raise click.BadParameter("sets are such as cs, math or physics:hep-th, by commas")
    return names


def _read_schedule(
    _: click.Context, __: click.Parameter, text: str | None
) -> Schedule | None:
    return None if text is None else read_schedule(text)


@click.command()
@DATA
@click.option(
    "--from",
    "since",
    metavar="DATE",
    callback=_read_day,
    help="Fetch what changed on this day (UTC) or later, whatever the library knows.",
)
@click.option(
    "--set",
    "sets",
    metavar="SETS",
    callback=_read_sets,
    help="Only of these sets of arXiv's, by commas: cs,math,physics:hep-th.",
)
@click.option("--url", help="The server to ask; WINNOW_OAI_URL, or arXiv's, by default.")
@click.option(
    "--every",
    callback=_read_schedule,
    metavar="WHEN",
    help="Run for ever: every 24h, 90m or 2d, or at a time of day in UTC, such as 04:30, "
    "from Monday to Friday.",
)
@KEEP
def harvest(  # noqa: PLR0913  each is an option
    data: Path,
    *,
    since: date | None,
    sets: tuple[str, ...],
    url: str | None,
    every: Schedule | None,
    keep: int | None,
) -> None:
    """Fetch new and changed papers from arXiv and add them to the live snapshot.

    Without a snapshot, --from says where to begin, and the first one is built. A harvest
    that was stopped goes on where it was. With --every, --from holds until there is a
    snapshot.
    """
    settings = read_settings()
    contact = f" ({settings.contact})" if settings.contact else ""
    client = OaiClient(url or settings.oai_url, agent=f"Winnow/{__version__}{contact}")
    job = _Job(data=data, client=client, sets=sets, keep=keep)
    check_encoder(data, settings.encoder)
    if every is None:
        job.run(since)
    else:
        repeat(every, lambda: job.run(None if _has_snapshot(data) else since), time.sleep)


def _has_snapshot(data: Path) -> bool:
    try:
        find_live(data)
    except NoSnapshot:
        return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """A harvest, as often as it is run."""

    data: Path
    client: OaiClient
    sets: tuple[str, ...]
    keep: int | None

    def run(self, since: date | None) -> None:
        """Fetch and build; twice where the first only ends what another day began."""
        if self._run(since):
            self._run(None)

    def _run(self, since: date | None) -> bool:
        """Fetch and build. Return whether another harvest is due."""
        with gather(
            self.data, self.client, sets=self.sets, since=since, watch=Fetched().show
        ) as gathered:
            click.echo(
                f"fetched {count_of(gathered.records, 'record')}, "
                f"{gathered.changes:,} of them new or changed",
                err=True,
            )
            if gathered.changes:
                with skipped_shown(gathered.dump), Progress() as progress:
                    manifest = self._build(gathered, progress)
        if gathered.changes:
            show_published(gathered.dump, manifest)
            prune_after(self.data, self.keep)
        else:
            if gathered.unread:
                records = count_of(gathered.unread, "record")
                click.echo(f"{records} could not be read as a paper", err=True)
            click.echo("nothing new; nothing was published")
        return gathered.is_late

    def _build(self, gathered: Gathered, progress: Progress) -> Manifest:
        dump, harvest = gathered.dump, gathered.harvest
        if not gathered.is_first:
            return update_snapshot(dump, self.data, harvest=harvest, watch=progress.show)
        return rebuild_snapshot(
            dump,
            self.data,
            encoder=read_settings().encoder,
            harvest=harvest,
            watch=progress.show,
            chosen=lambda choice: progress.say("\n".join(choice_shown(choice))),
        )
