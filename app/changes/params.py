"""Query parameters of changes."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.search.params import FilterParams, QueryParams
from app.web.params import EMPTY, PLAIN

MAX_CHANGES = 2_000
"""Changes of one JSON answer."""

MAX_WITH_PAPERS = 200
"""The same with the papers themselves."""

MAX_LINES = 100_000
"""Changes of one answer as JSON lines; a tenth of them with papers."""

_LONGEST = 40

_Since = Annotated[
    Annotated[str, Field(max_length=_LONGEST)] | None,
    EMPTY,
    Field(
        description="What a former answer gave as `meta.cursor`, the name of a snapshot, "
        "or a day (UTC); if omitted, all that is remembered.",
        examples=["20261129T043012Z", "20261129T043012Z.500", "2026-11-29"],
    ),
]


class Format(StrEnum):
    """How changes are written."""

    JSON = "json"
    LINES = "jsonl"


class ChangesParams(BaseModel):
    """The parameters of changes."""

    model_config = ConfigDict(extra="forbid")

    since: _Since = None
    kind: str | None = Field(
        default=None,
        max_length=100,
        description="Kinds of changes, separated by commas; all if omitted.",
        examples=["new,version"],
    )
    limit: Annotated[int, Field(ge=1, le=MAX_LINES), PLAIN] | None = Field(
        default=None, description="At most so many; fewer may come with `kind`."
    )
    format: Format = Format.JSON
    fields: str | None = Field(
        default=None,
        description="Fields of each paper as it is now, separated by commas; the paper is "
        "left out if omitted.",
        examples=["id,title,versions"],
    )


class NewParams(FilterParams, QueryParams):
    """A search among the papers that are new since a mark."""

    model_config = ConfigDict(extra="forbid")

    since: _Since = None
