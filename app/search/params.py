"""Query parameters of searches, suggestions and result pages."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.web.params import EMPTY, PLAIN, Value
from index import (
    MAX_LENGTH,
    MAX_OFFSET,
    Filters,
    Mode,
    Search,
    Sort,
    Window,
)

MAX_LIMIT = 200
MAX_SUGGESTIONS = 20
PAGE_SIZE = 20
"""Papers on a page."""

MOST_PAGES = MAX_OFFSET // PAGE_SIZE
"""Of a result."""


class QueryParams(BaseModel):
    """The query itself."""

    q: str | None = Field(
        default=None,
        max_length=MAX_LENGTH,
        description="A query in the query language; may be omitted if there is a filter.",
        examples=["graph neural networks", 'au:"Hawking, S" "black holes"'],
    )


class FilterParams(BaseModel):
    """The filters of a search. Left out or empty, a filter is not set."""

    cat: Value = Field(
        default=None,
        description="Categories or archives, separated by commas.",
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
    withdrawn: Annotated[Literal["no", "only"] | None, EMPTY] = Field(
        default=None,
        description="Leave withdrawn papers out, or show only them.",
    )

    @property
    def filters(self) -> Filters:
        """The filters as the library takes them."""
        return Filters(
            cat=self.cat,
            year=self.year,
            after=self.after,
            before=self.before,
            author=self.author,
            has_doi=self.has == "doi",
            withdrawn=None if self.withdrawn is None else self.withdrawn == "only",
        )


class SearchParams(FilterParams, QueryParams):
    """The parameters of a search as JSON."""

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
        description="Fields of each paper, separated by commas; all if omitted.",
        examples=["id,title,authors"],
    )
    facets: bool = Field(
        default=False, description="Count the result by category and by year."
    )
    highlight: bool = Field(
        default=False, description="Say where title and abstract match."
    )
    explain: bool = Field(
        default=False,
        description="Say how the papers were found, and how the first 20 were scored.",
    )
    mode: Annotated[Mode | None, EMPTY] = Field(
        default=None,
        description="What finds papers: words, words and meaning, or meaning alone. If "
        "omitted, words, and meaning too where few papers have all the words.",
    )

    @property
    def search(self) -> Search:
        """The search as the library takes it."""
        return Search(self.q or "", filters=self.filters, sort=self.sort, mode=self.mode)

    @property
    def window(self) -> Window:
        """The part of the result that is wanted."""
        return Window(
            limit=self.limit,
            offset=self.offset,
            cursor=self.cursor,
            facets=self.facets,
            explain=self.explain,
        )


class PageParams(FilterParams):
    """The parameters of a page of results; any others are ignored."""

    q: str = Field(default="", max_length=MAX_LENGTH)
    sort: Sort = Sort.RELEVANCE
    page: Annotated[int, Field(ge=1, le=MOST_PAGES), PLAIN] = 1
    explain: bool = False
    mode: Annotated[Mode | None, EMPTY] = None

    @property
    def search(self) -> Search:
        """The search as the library takes it."""
        return Search(self.q, filters=self.filters, sort=self.sort, mode=self.mode)

    @property
    def is_bare(self) -> bool:
        """True where there is a text and nothing else."""
        return self == PageParams(q=self.q)

    @property
    def window(self) -> Window:
        """The part of the result that the page shows."""
        offset = (self.page - 1) * PAGE_SIZE
        return Window(limit=PAGE_SIZE, offset=offset, facets=True, explain=self.explain)


class SuggestParams(BaseModel):
    """The parameters of suggestions."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(
        max_length=MAX_LENGTH,
        description="What has been typed so far.",
        examples=["attention is"],
    )
    limit: Annotated[int, Field(ge=1, le=MAX_SUGGESTIONS), PLAIN] = 8
