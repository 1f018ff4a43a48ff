"""The history of a snapshot as a reader: what has changed since a mark or a day."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from index.errors import BrokenSnapshot, Forgotten
from index.lazy import lazy_property
from index.snapshots.history.change import Change, Kind, Mark, read_day, read_moment
from index.snapshots.history.files import Part, list_files, read_parts

_REMEMBERED = 8  # parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some changes in order, those of one build after those of another.

    `builds` has the name of each change's build, `mark` is the place behind the last one,
    `is_end` says that nothing follows.
    """

    changes: tuple[Change, ...]
    builds: tuple[str, ...]
    mark: Mark | None
    is_end: bool


class History:
    """Reads the history of a snapshot, which has none where nothing wrote it.

    Safe to share between threads. Methods raise BrokenSnapshot for a damaged file.
    """

    def __init__(self, snapshot: Path) -> None:
        """Take the snapshot's directory; nothing is read before something is asked."""
        self._snapshot = snapshot
        self._read_part = lru_cache(_REMEMBERED)(_read_changes)

    @property
    def first_build(self) -> str | None:
        """The build after which all changes are known; None without a history."""
        return self._parts[0].build if self._parts else None

    @property
    def end(self) -> Mark | None:
        """The mark behind all changes; None without a history."""
        return Mark(self._parts[-1].build) if self._parts else None

    def list_latest(
        self, builds: int, most: int
    ) -> Iterator[tuple[str, tuple[Change, ...]]]:
        """Yield the names of at most `builds` builds with their changes, the last first.

        A build with more than `most` changes is passed over.
        """
        for part in reversed(self._parts[-builds:]):
            if part.count <= most:
                yield part.build, self._read_part(part)

    @property
    def changed(self) -> datetime | None:
        """When the last build began that changed a paper; None if none is known."""
        builds = (part.build for part in reversed(self._parts) if part.count)
        return next(map(read_moment, builds), None)

    def find_day(self, day: date) -> Mark | None:
        """Return the mark before the first build of a day; None without a history.

        Raises Forgotten where builds of that day may be lost.
        """
        days = [read_day(part.build) for part in self._parts]
        place = bisect_left(days, day)
        if place:
            return Mark(self._parts[place - 1].build)
        if not self._parts:
            return None
        raise Forgotten(
            f"what changed on {day} is not known any more", first=self.first_build
        )

    def read(self, since: Mark | None, limit: int) -> Stretch:
        """Return at most `limit` changes behind a mark, from the first one on without.

        Raises Forgotten if the history does not reach back to the mark, or has never
        known it.
        """
        place, skipped = (0, 0) if since is None else self._find(since)
        changes: list[Change] = []
        builds: list[str] = []
        mark = since
        while place < len(self._parts) and len(changes) < limit:
            part = self._parts[place]
            wanted = limit - len(changes)
            taken = self._read_part(part)[skipped : skipped + wanted]
            changes += taken
            builds += [part.build] * len(taken)
            is_whole = skipped + len(taken) == part.count
            mark = Mark(part.build, None if is_whole else skipped + len(taken))
            if not is_whole:
                break
            place, skipped = place + 1, 0
        return Stretch(
            changes=tuple(changes),
            builds=tuple(builds),
            mark=mark,
            is_end=place >= len(self._parts),
        )

    def _find(self, mark: Mark) -> tuple[int, int]:
        """Return the number of a part, and how many of its changes lie before a mark."""
        place = self._places.get(mark.build)
        if place is None:
            raise Forgotten("the mark is not known here any more", first=self.first_build)
        count = self._parts[place].count
        if mark.position is None or mark.position == count:
            return place + 1, 0
        if mark.position > count:
            raise Forgotten("the mark was never given here", first=self.first_build)
        return place, mark.position

    @lazy_property
    def _parts(self) -> list[Part]:
        try:
            return [
                part for file in list_files(self._snapshot) for part in read_parts(file)
            ]
        except (OSError, ValueError) as error:
            raise BrokenSnapshot(f"cannot read the history: {error}") from error

    @lazy_property
    def _places(self) -> dict[str, int]:
        return {part.build: place for place, part in enumerate(self._parts)}


def _read_changes(part: Part) -> tuple[Change, ...]:
    try:
        with part.file.open("rb") as file:
            file.seek(part.start)
            lines = file.read(part.stop - part.start).decode().splitlines()
        pairs = (line.split(" ", 1) for line in lines)
        changes = tuple(Change(Kind(kind), paper_id) for kind, paper_id in pairs)
    except (OSError, ValueError) as error:
        raise BrokenSnapshot(f"cannot read {part.file}: {error}") from error
    if len(changes) != part.count:
        raise BrokenSnapshot(f"{part.file} has lost changes of {part.build}")
    return changes
