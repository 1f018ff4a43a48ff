"""Parameters of related papers and keywords."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.web.params import MAX_IDS_LENGTH, MAX_LIKED, PLAIN
from index import (
    MAX_RELATED,
    Method,
    RelatedSort,
)

MAX_TEXT = 100_000  # characters to find keywords in


MAX_TITLE = 2_000


MAX_KEYWORDS = 50


class RelatedParams(BaseModel):
    """What papers related to one may be asked with."""

    model_config = ConfigDict(extra="forbid")

    method: Method = Field(
        default=Method.HYBRID,
        description="What counts: shared words, nearness of meaning, or both.",
    )
    sort: RelatedSort = Field(
        default=RelatedSort.SIMILARITY,
        description="The nearest first, or the newest of them first.",
    )
    limit: Annotated[int, Field(ge=1, le=MAX_RELATED), PLAIN] = 20
    fields: str | None = Field(
        default=None,
        description="Fields of each paper, by commas; all if left out.",
        examples=["id,title,authors"],
    )


class LikeParams(RelatedParams):
    """What papers like several may be asked with."""

    like: str = Field(
        max_length=MAX_IDS_LENGTH,
        description=f"Ids of papers to be near to, by commas; at most {MAX_LIKED}.",
        examples=["1706.03762,1810.04805"],
    )
    unlike: str | None = Field(
        default=None,
        max_length=MAX_IDS_LENGTH,
        description="Ids of papers to be far from, by commas.",
        examples=["1406.2661"],
    )


class LikePageParams(BaseModel):
    """What the page of related papers may be asked with."""

    like: str = Field(default="", max_length=MAX_IDS_LENGTH)
    unlike: str = Field(default="", max_length=MAX_IDS_LENGTH)
    method: Method = Method.HYBRID
    sort: RelatedSort = RelatedSort.SIMILARITY


class KeywordsRequest(BaseModel):
    """A text to find the keywords of; Markdown and TeX may be in it."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=MAX_TEXT)
    title: str = Field(
        default="", max_length=MAX_TITLE, description="What stands there counts more."
    )
    limit: int = Field(default=10, ge=1, le=MAX_KEYWORDS, strict=True)
