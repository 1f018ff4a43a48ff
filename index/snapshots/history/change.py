"""Changes of a library, and the marks between them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Self

from index.papers.paper import Paper, Version

_MARK = re.compile(r"(\d{8}T\d{6}Z(?:-\d{1,3})?)(?:\.(\d{1,7}))?", re.ASCII)


class Kind(StrEnum):
    """How a paper has changed; where it changed in several ways, the first of these."""

    DELETED = "deleted"
    NEW = "new"
    WITHDRAWN = "withdrawn"
    VERSION = "version"
    CROSS = "cross"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the paper with that id."""

    kind: Kind
    paper_id: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the history: behind so many changes of a build; of all where None."""

    build: str
    position: int | None = None

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read what `str` has written, or the name of a snapshot; None if it is neither."""
        match = _MARK.fullmatch(text)
        if match is None:
            return None
        return cls(match[1], None if match[2] is None else int(match[2]))

    def __str__(self) -> str:
        """Print the mark so that it reads back."""
        return self.build if self.position is None else f"{self.build}.{self.position}"


def read_day(build: str) -> date:
    """Return the day on which a build began, which its name tells. Raises ValueError."""
    return date.fromisoformat(f"{build[:4]}-{build[4:6]}-{build[6:8]}")


def read_moment(build: str) -> datetime:
    """Return when a build began, which its name tells. Raises ValueError."""
    return datetime.strptime(build[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def find_kind(old: Paper | None, new: Paper) -> Kind | None:
    """Return how a paper has changed; None if only its keywords differ, or nothing."""
    if old is None:
        return Kind.NEW
    if new.withdrawn and not old.withdrawn:
        return Kind.WITHDRAWN
    if _read_number(new.versions) > _read_number(old.versions):
        return Kind.VERSION
    if set(new.categories) - set(old.categories):
        return Kind.CROSS
    return None if _is_same(old, new) else Kind.CHANGED


def _read_number(versions: tuple[Version, ...]) -> int:
    """Return the number of the last version; how many there are where it has none."""
    named = versions[-1].named_number if versions else None
    return len(versions) if named is None else named


def _is_same(old: Paper, new: Paper) -> bool:
    names = (name for name in Paper.__slots__ if name != "keywords")
    return all(getattr(old, name) == getattr(new, name) for name in names)
