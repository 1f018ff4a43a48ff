"""The summary: a Markdown document about a paper."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from index import ArxivId, Paper

MAX_MARKDOWN = 200_000
"""Characters of a summary."""

MAX_AUTHOR = 200
MAX_LANGUAGE = 20

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A document about a paper: one per language and author.

    `version` is the version of the paper that it describes, from 1, or None if unknown;
    `created` is a UTC time in ISO 8601.
    """

    paper: str
    language: str
    author: str
    version: int | None
    created: str
    markdown: str

    def is_outdated(self, paper: Paper) -> bool:
        """Tell whether the paper has a newer version than the summary describes."""
        return self.version is not None and self.version < find_latest_version(paper)


def find_latest_version(paper: Paper) -> int:
    """Return the number of a paper's latest version, 0 if versions are unknown."""
    numbers = (version.version.lstrip("v") for version in paper.versions)
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def _refuse_controls(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("has control characters or lone surrogates")
    return text


def _refuse_line_breaks(text: str) -> str:
    if len(text.splitlines()) > 1:
        raise ValueError("has line breaks")
    return text


def _refuse_empty(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    return text


def _write_tag(value: Any) -> Any:
    """Write a locale as a language tag: zh_CN is zh-CN, EN is en."""
    if not isinstance(value, str):
        return value
    first, *others = value.partition(".")[0].replace("_", "-").split("-")
    return "-".join([first.lower(), *others])


def _parse_version(value: Any) -> Any:
    match = re.fullmatch(r"v?([1-9]\d{0,2})", value) if isinstance(value, str) else None
    return int(match[1]) if match else value


def _parse_moment(value: Any) -> Any:
    """Turn a day into its midnight; refuse numbers, which pydantic reads as seconds."""
    if isinstance(value, (int, float)) or not value:
        raise ValueError("is not a day or a time in ISO 8601")
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value


_Number = Annotated[int, Field(ge=1, lt=1_000)]


class SummaryText(BaseModel):
    """A summary without its paper: the text, its author, time and version."""

    model_config = ConfigDict(extra="forbid")

    language: Annotated[
        str,
        StringConstraints(
            pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$", max_length=MAX_LANGUAGE
        ),
        BeforeValidator(_write_tag),
    ] = Field(description="A language tag.", examples=["en", "zh"])
    author: Annotated[
        str,
        StringConstraints(min_length=1, max_length=MAX_AUTHOR, strip_whitespace=True),
        AfterValidator(_refuse_controls),
        AfterValidator(_refuse_line_breaks),
    ] = Field(description="The person or model that wrote it.")
    version: Annotated[_Number | None, BeforeValidator(_parse_version)] = Field(
        default=None, description="The version of the paper that it describes: 2, or v2."
    )
    created: Annotated[datetime | None, BeforeValidator(_parse_moment)] = Field(
        default=None, description="A day or a time, ISO 8601; now if omitted."
    )
    markdown: Annotated[
        str,
        StringConstraints(min_length=1, max_length=MAX_MARKDOWN),
        AfterValidator(_refuse_controls),
        AfterValidator(_refuse_empty),
    ] = Field(description="GitHub-flavoured Markdown with TeX formulas.")

    def make_summary(self, paper_id: str) -> Summary:
        """Return the summary for the paper with a canonical id."""
        return Summary(
            paper=paper_id,
            language=self.language,
            author=self.author,
            version=self.version,
            created=_format_moment(self.created or datetime.now(UTC)),
            markdown=self.markdown.replace("\r\n", "\n").replace("\r", "\n"),
        )


class SummaryRecord(SummaryText):
    """A summary with its paper, as in files; the id may name the version."""

    paper: str

    def make_summary_of_paper(self) -> Summary:
        """Return the summary. Raises BadId."""
        paper = ArxivId.parse(self.paper)
        text = self.model_copy(update={"version": self.version or paper.version})
        return text.make_summary(paper.id)


def _format_moment(moment: datetime) -> str:
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:  # at the calendar's ends
        moment = moment.replace(tzinfo=UTC)
    return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"
