"""The paper: the record that all other rooms read, write, find and show."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from index.papers.doi import read_dois

_DIGITS = 4  # of a version's number
_FIRST_HTML = date(2023, 12, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person or a collaboration, as Unicode text.

    A collaboration, or a name that could not be split, has only a last name. `native` is
    the name in Chinese, Japanese or Korean characters that stands beside another.
    """

    last: str
    first: str = ""
    suffix: str = ""
    native: str = ""

    @property
    def name(self) -> str:
        """The name in reading order: first names, last name, suffix."""
        name = f"{self.first} {self.last}" if self.first else self.last
        return f"{name} {self.suffix}" if self.suffix else name


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One announced version: "v1", and its submission time (UTC, ISO 8601)."""

    version: str
    created: str | None

    @property
    def named_number(self) -> int | None:
        """The number in the version's name, if it has one."""
        digits = self.version.removeprefix("v")
        is_number = digits.isdecimal() and len(digits) <= _DIGITS
        return int(digits) if is_number else None

    @property
    def number(self) -> int:
        """The number of the version, 1 if its name has none."""
        return 1 if self.named_number is None else self.named_number

    @property
    def created_at(self) -> datetime | None:
        """When it was submitted (UTC), if that is told."""
        if not self.created:
            return None
        found = datetime.fromisoformat(self.created)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The authors and categories of a paper: a part that is quick to read."""

    authors: tuple[Author, ...]
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One arXiv paper: Unicode prose with TeX formulas, never HTML.

    `id` and `categories` are canonical (see arxiv_id and categories); the first
    category is the primary one. `submitted` is the paper's day: the UTC date of
    its first version, else `update_date`, else the first of its id's month.
    `license` is an address; `withdrawn` follows the rule in index/papers/withdrawn.
    `keywords` are the phrases that a build found, best first; a dump has none.
    """

    id: str
    title: str
    abstract: str
    authors: tuple[Author, ...]
    categories: tuple[str, ...]
    submitted: date
    updated: date
    versions: tuple[Version, ...] = ()
    doi: str | None = None
    journal_ref: str | None = None
    comments: str | None = None
    report_no: str | None = None
    license: str | None = None
    submitter: str | None = None
    withdrawn: bool = False
    keywords: tuple[str, ...] = ()

    @property
    def primary_category(self) -> str | None:
        """The first category of the paper, if it has any."""
        return self.categories[0] if self.categories else None

    @property
    def submitted_at(self) -> datetime:
        """When the first version came (UTC); its day's beginning if no time is told."""
        created = next((one.created_at for one in self.versions if one.created), None)
        return created or datetime.combine(self.submitted, time(), UTC)

    @property
    def updated_at(self) -> datetime:
        """When the last version came (UTC); its day's beginning if no time is told."""
        created = self.versions[-1].created_at if self.versions else None
        return created or datetime.combine(self.updated, time(), UTC)

    @property
    def last_version(self) -> int:
        """The number of the last version, 1 if it is not told."""
        return self.versions[-1].number if self.versions else 1

    @property
    def dois(self) -> tuple[str, ...]:
        """The DOIs of `doi`, which is as its authors wrote it and may hold several."""
        return read_dois(self.doi) if self.doi else ()

    @property
    def url(self) -> str:
        """The paper's abstract page at arXiv."""
        return f"https://arxiv.org/abs/{self.id}"

    @property
    def pdf_url(self) -> str:
        """The paper's PDF at arXiv."""
        return f"https://arxiv.org/pdf/{self.id}"

    @property
    def html_url(self) -> str | None:
        """The paper's HTML at arXiv, which has it for papers since December 2023."""
        if self.submitted < _FIRST_HTML:
            return None
        return f"https://arxiv.org/html/{self.id}"
