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
    """Parameters of the papers related to one."""

    model_config = ConfigDict(extra="forbid")

    method: Method = Field(
        default=Method.HYBRID,
        description="The evidence to use: shared words, similar meaning, or both.",
    )
    sort: RelatedSort = Field(
        default=RelatedSort.SIMILARITY,
        description="The most similar first, or the newest first.",
    )
    limit: Annotated[int, Field(ge=1, le=MAX_RELATED), PLAIN] = 20
    fields: str | None = Field(
        default=None,
        description="Fields of each paper, separated by commas; all if omitted.",
        examples=["id,title,authors"],
    )


class LikeParams(RelatedParams):
    """Parameters of the papers related to several."""

    like: str = Field(
        max_length=MAX_IDS_LENGTH,
        description=f"Ids of papers to be like, separated by commas; at most {MAX_LIKED}.",
        examples=["1706.03762,1810.04805"],
    )
    unlike: str | None = Field(
        default=None,
        max_length=MAX_IDS_LENGTH,
        description="Ids of papers to be unlike, separated by commas.",
        examples=["1406.2661"],
    )


class LikePageParams(BaseModel):
    """Parameters of the page of related papers."""

    like: str = Field(default="", max_length=MAX_IDS_LENGTH)
    unlike: str = Field(default="", max_length=MAX_IDS_LENGTH)
    method: Method = Method.HYBRID
    sort: RelatedSort = RelatedSort.SIMILARITY


class KeywordsRequest(BaseModel):
    """A text to extract keywords from; it may contain Markdown and TeX."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(
        min_length=1,
        max_length=MAX_TEXT,
        examples=["Spin glasses on a lattice have many ground states."],
    )
    title: str = Field(
        default="", max_length=MAX_TITLE, description="Phrases in the title count more."
    )
    limit: int = Field(default=10, ge=1, le=MAX_KEYWORDS, strict=True)
