"""Query parameters of listings."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from app.web.params import EMPTY, MAX_IDS_LENGTH, MAX_VALUE, PLAIN, Value
from index import MAX_LENGTH, MAX_LISTING, Window

LISTED_AT_FIRST = 25
"""Papers of a listing's page."""

MAX_LISTED = 2_000
"""Ids of a listing at once."""


class Order(StrEnum):
    """The order of a listing."""

    LISTED = "listed"
    NEWEST = "newest"
    STARS = "stars"
    PREFERENCE = "preference"


class Kind(StrEnum):
    """The papers of a day: those that are new, or those with a new version."""

    NEW = "new"
    REPLACED = "replaced"


EMPTY_KIND = BeforeValidator(lambda value: value or Kind.NEW)
"""Treats an empty form field as unset."""


class DaysParams(BaseModel):
    """Which days are counted."""

    model_config = ConfigDict(extra="forbid")

    date: Value = Field(
        default=None,
        description="A day, a week or a month; if omitted, the month of the latest papers.",
        examples=["2026-07"],
    )


class ListingParams(BaseModel):
    """The parameters of a listing as JSON."""

    model_config = ConfigDict(extra="forbid")

    date: Value = Field(
        default=None,
        description="A day, a week or a month; if omitted, the latest day with a paper.",
        examples=["2026-07-21", "2026-W30", "2026-07"],
    )
    order: Order = Field(
        default=Order.LISTED,
        description="As they came in, the newest first, by readers' stars, or by "
        "`keywords` and `like`.",
    )
    keywords: str | None = Field(
        default=None,
        max_length=MAX_LENGTH,
        description="Keywords to rank by, separated by commas.",
        examples=["diffusion models, protein folding"],
    )
    like: str | None = Field(
        default=None,
        max_length=MAX_IDS_LENGTH,
        description="Ids of papers to rank by similarity to, separated by commas.",
    )
    include: Value = Field(
        default=None,
        description="Words, or their beginnings, that title, abstract or authors contain.",
        examples=["quantum walk"],
    )
    exclude: Value = Field(default=None, description="Words that they must not contain.")
    match: Literal["any", "all"] = Field(
        default="any", description="Whether one of `include` is enough."
    )
    primary: Value = Field(
        default=None,
        description="The papers' primary category: `own` for one of those listed, "
        "`cross` for any other (cross-listed papers), or a code.",
        examples=["own"],
    )
    kind: Annotated[Kind, EMPTY_KIND] = Field(
        default=Kind.NEW,
        description="Papers that are new on these days, or older ones whose last version "
        "came on that day (`replaced`, for a day alone).",
    )
    withdrawn: Annotated[Literal["no", "only"] | None, EMPTY] = Field(
        default=None, description="Leave withdrawn papers out, or list only them."
    )
    offset: Annotated[int, Field(ge=0, lt=MAX_LISTING), PLAIN] = 0
    limit: Annotated[int, Field(ge=1, le=MAX_LISTED), PLAIN] = 25
    cursor: str | None = Field(
        default=None,
        max_length=100,
        description="`meta.next_cursor` of the page before, for the same listing.",
    )
    fields: str | None = Field(
        default=None,
        description="Fields of each paper, separated by commas; all if omitted.",
        examples=["id,title,authors"],
    )

    @property
    def window(self) -> Window:
        """The part of the listing that is wanted."""
        return Window(limit=self.limit, offset=self.offset, cursor=self.cursor)


class ListingPageParams(BaseModel):
    """The parameters of a listing's page; any others are ignored."""

    date: Annotated[str | None, EMPTY] = Field(default=None, max_length=MAX_VALUE)
    sort: str = Field(default="", max_length=MAX_LENGTH)
    like: str = Field(default="", max_length=MAX_IDS_LENGTH)
    include: str = Field(default="", max_length=MAX_VALUE)
    exclude: str = Field(default="", max_length=MAX_VALUE)
    match: Literal["any", "all"] = "any"
    primary: str = Field(default="", max_length=MAX_VALUE)
    kind: Annotated[Kind, EMPTY_KIND] = Kind.NEW
    withdrawn: Annotated[Literal["no", "only"] | None, EMPTY] = None
    show: Annotated[int, Field(ge=1), PLAIN] = LISTED_AT_FIRST
    skip: Annotated[int, Field(ge=0, le=MAX_LISTING), PLAIN] = 0
