"""A feed and its entries, whatever format they are written in."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


class Announced(StrEnum):
    """The kind of a paper in a listing, as arXiv names it."""

    NEW = "new"
    CROSS = "cross"
    REPLACED = "replace"
    REPLACED_CROSS = "replace-cross"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A paper in a feed. Texts are plain, `content` is HTML; times are in UTC.

    `id` depends on the paper alone, so that no reader sees it twice.
    """

    id: str
    title: str
    abstract: str
    content: str | None
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    link: str
    pdf: str
    published: datetime
    updated: datetime
    announced: Announced
    doi: str | None = None
    journal: str | None = None
    rights: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A list as a feed: its own address, that of its page, and its entries in order."""

    title: str
    address: str
    page: str
    home: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """When the newest entry came or changed; never when the library was built."""
        now = datetime.now(UTC)
        times = (entry.updated for entry in self.entries if entry.updated <= now)
        return max(times, default=datetime.fromtimestamp(0, UTC))
