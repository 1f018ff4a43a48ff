"""The shapes of what requests ask with."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from index import (
    MAX_LENGTH,
    MAX_OFFSET,
    MAX_RELATED,
    Filters,
    Method,
    Mode,
    RelatedSort,
    Sort,
)

MAX_LIMIT = 200
MAX_BATCH = 500
MAX_SUGGESTIONS = 20
PAGE_SIZE = 20
"""Papers on a page."""

MOST_PAGES = MAX_OFFSET // PAGE_SIZE
"""Of a result."""

MAX_LIKED = 100
MAX_IDS_LENGTH = 3_000  # characters of ids in one parameter
MAX_TEXT = 100_000  # characters to find keywords in
MAX_TITLE = 2_000
MAX_KEYWORDS = 50
MAX_VALUE = 200
"""Characters of a filter."""


def _plain_digits(value: object) -> object:
    if isinstance(value, str) and "_" in value:  # Python's own way to write numbers
        raise PydanticCustomError("int_parsing", "Input should be a valid integer")
    return value


PLAIN = BeforeValidator(_plain_digits)

EMPTY = BeforeValidator(lambda value: None if value == "" else value)
"""Takes an empty field of a form for one that is not set."""

Value = Annotated[Annotated[str, Field(max_length=MAX_VALUE)] | None, EMPTY]


class QueryParams(BaseModel):
    """What is searched for."""

    q: str | None = Field(
        default=None,
        max_length=MAX_LENGTH,
        description="A query in the query language; may be left out beside a filter.",
        examples=["graph neural networks", 'au:"Hawking, S" "black holes"'],
    )


class FilterParams(BaseModel):
    """What narrows a result. Left out or empty, a filter is not set."""

    cat: Value = Field(
        default=None,
        description="A category or an archive with its categories; several by commas.",
        examples=["cs.LG", "astro-ph", "cs.LG,stat.ML"],
    )
    year: Value = Field(
        default=None,
        description="The year of the first version, or a range of years.",
        examples=["2019", "2015..2019", "..1999"],
    )
    after: Value = Field(
        default=None,
        description="Submitted on this day or later: YYYY, YYYY-MM or YYYY-MM-DD.",
        examples=["2019-03"],
    )
    before: Value = Field(
        default=None,
        description="Submitted before this day: YYYY, YYYY-MM or YYYY-MM-DD.",
        examples=["2020"],
    )
    author: Value = Field(
        default=None,
        description="An author's name, in any of the forms of `au:`.",
        examples=["Hawking, S"],
    )
    has: Annotated[Literal["doi"] | None, EMPTY] = Field(
        default=None, description="Only papers that have this: a DOI."
    )

    @property
    def filters(self) -> Filters:
        """What the library narrows a result by."""
        return Filters(
            cat=self.cat,
            year=self.year,
            after=self.after,
            before=self.before,
            author=self.author,
            has_doi=self.has == "doi",
        )


class SearchParams(FilterParams, QueryParams):
    """What a search may be asked with."""

    model_config = ConfigDict(extra="forbid")

    offset: Annotated[int, Field(ge=0, lt=MAX_OFFSET), PLAIN] = 0
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT), PLAIN] = 20
    cursor: str | None = Field(
        default=None,
        max_length=500,
        description="`meta.next_cursor` of the page before, for the same search.",
    )
    sort: Sort = Sort.RELEVANCE
    fields: str | None = Field(
        default=None,
        description="Fields of each paper, by commas; all if left out.",
        examples=["id,title,authors"],
    )
    facets: bool = Field(
        default=False, description="Count the result by category and by year."
    )
    highlight: bool = Field(
        default=False, description="Say where title and abstract match."
    )
    explain: bool = Field(
        default=False, description="Say how the papers were found and scored."
    )
    mode: Annotated[Mode | None, EMPTY] = Field(
        default=None,
        description="What finds papers: words, words and meaning, or meaning alone. Left "
        "out, words, and meaning too where few papers have all the words.",
    )


class PageParams(FilterParams):
    """What a result page may be asked with; what else an address has is ignored."""

    q: str = Field(default="", max_length=MAX_LENGTH)
    sort: Sort = Sort.RELEVANCE
    page: Annotated[int, Field(ge=1, le=MOST_PAGES), PLAIN] = 1
    explain: bool = False
    mode: Annotated[Mode | None, EMPTY] = None


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


class SummariesParams(BaseModel):
    """Which of a paper's summaries are meant; all of them if nothing is given."""

    model_config = ConfigDict(extra="forbid")

    language: Value = Field(default=None, description="A language tag.", examples=["en"])
    author: Value = Field(default=None, description="Who wrote it, or which model.")


class SuggestParams(BaseModel):
    """What completions may be asked with."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(
        max_length=MAX_LENGTH,
        description="What has been typed so far.",
        examples=["attention is"],
    )
    limit: Annotated[int, Field(ge=1, le=MAX_SUGGESTIONS), PLAIN] = 8


class NoParams(BaseModel):
    """For routes that take no parameters."""

    model_config = ConfigDict(extra="forbid")


class BatchRequest(BaseModel):
    """The ids of papers, in any form."""

    model_config = ConfigDict(extra="forbid")

    ids: list[str] = Field(max_length=MAX_BATCH)
