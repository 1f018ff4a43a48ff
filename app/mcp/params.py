"""The arguments of tools. Their descriptions are what a model reads before it asks."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from app.exports.formats import Format
from app.web.errors import BadParameter
from index import (
    MAX_LENGTH,
    MAX_LISTING,
    MAX_OFFSET,
    BadQuery,
    Filters,
    Method,
    Mode,
    Search,
    Sort,
    Span,
)

MOST_PAPERS = 50
"""Papers of one answer."""

MOST_READ = 20
"""Papers of one answer with their whole abstracts."""

MOST_CITED = 100
"""Papers of one file of citations."""

_YEAR = 4  # characters
_DATE_HINT = "write 2024, 2024-03 or 2024-03-21"


def _split(value: object) -> object:
    """Take a text with commas for a list: models write both."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


class Abstracts(StrEnum):
    """How much of each abstract is in an answer."""

    NONE = "none"
    SNIPPET = "snippet"
    FULL = "full"


class By(StrEnum):
    """The ways to find papers."""

    AUTO = "auto"
    WORDS = "words"
    MEANING = "meaning"
    BOTH = "both"

    @property
    def mode(self) -> Mode | None:
        """The mode as the library has it; None to choose by itself."""
        modes = {By.WORDS: Mode.LEXICAL, By.MEANING: Mode.SEMANTIC, By.BOTH: Mode.HYBRID}
        return modes.get(self)


_Texts = Annotated[list[str], BeforeValidator(_split)]
_Ids = Annotated[
    _Texts,
    Field(
        min_length=1,
        max_length=MOST_CITED,
        description="arXiv ids, such as 1706.03762 or hep-th/9711200; a version, a DOI "
        "10.48550/arXiv.… or a link to arXiv is understood.",
    ),
]
_Count = Field(
    default=10,
    ge=1,
    le=MOST_PAPERS,
    description=f"Papers to return, at most {MOST_PAPERS}.",
)
_Abstract = Field(
    default=Abstracts.SNIPPET,
    description="How much of each abstract to return: none, the telling part, or all "
    f"(at most {MOST_READ} papers then).",
)


class Arguments(BaseModel):
    """The arguments of a tool; others are refused by name."""

    model_config = ConfigDict(extra="forbid")


class SearchArguments(Arguments):
    """The arguments of `search`."""

    query: str = Field(max_length=MAX_LENGTH, description="What to look for.")


class FetchArguments(Arguments):
    """The arguments of `fetch`."""

    id: str = Field(max_length=200, description="The id of a result, such as 1706.03762.")


class SearchPapersArguments(Arguments):
    """The arguments of `search_papers`."""

    query: str = Field(
        default="",
        max_length=MAX_LENGTH,
        description='Words, "exact phrases", fields (ti: abs: au: cat: co: jr: doi:), AND, '
        "OR, NOT, parentheses. A title or an id finds that paper. May be empty beside a "
        "filter.",
        examples=["graph neural networks", 'ti:"attention is all you need"'],
    )
    categories: _Texts = Field(
        default=[],
        max_length=20,
        description="Only papers of any of these categories or archives.",
        examples=[["cs.LG", "stat.ML"], ["astro-ph"]],
    )
    date_from: str | None = Field(
        default=None,
        max_length=20,
        description="Submitted on this day or later: YYYY, YYYY-MM or YYYY-MM-DD.",
    )
    date_to: str | None = Field(
        default=None,
        max_length=20,
        description="Submitted on this day, in this month or year, or earlier.",
    )
    author: str | None = Field(
        default=None, max_length=200, description="Only papers of this author."
    )
    sort: Sort = Field(default=Sort.RELEVANCE, description="The order of the papers.")
    mode: By = Field(
        default=By.AUTO,
        description="Find by words, by meaning, or both; auto adds meaning where few "
        "papers have all the words.",
    )
    start: int = Field(
        default=0,
        ge=0,
        lt=MAX_OFFSET,
        description="How many papers to pass over: next_start of the answer before.",
    )
    max_results: int = _Count
    abstract: Abstracts = _Abstract

    @property
    def search(self) -> Search:
        """The search as the library takes it. Raises BadParameter."""
        filters = Filters(
            cat=",".join(self.categories) or None,
            after=read_first_day(self.date_from, "date_from"),
            before=read_day_after(self.date_to, "date_to"),
            author=self.author or None,
        )
        return Search(self.query, filters=filters, sort=self.sort, mode=self.mode.mode)


class GetPapersArguments(Arguments):
    """The arguments of `get_papers`."""

    ids: _Ids


class RelatedArguments(Arguments):
    """The arguments of `related_papers`."""

    like: _Ids
    unlike: _Texts = Field(
        default=[], max_length=MOST_CITED, description="Ids of papers to keep away from."
    )
    method: Method = Field(
        default=Method.HYBRID,
        description="Compare by shared words, by nearness of meaning, or both.",
    )
    max_results: int = _Count
    abstract: Abstracts = _Abstract


class ListArguments(Arguments):
    """The arguments of `list_papers`."""

    categories: Annotated[
        _Texts,
        Field(
            min_length=1,
            max_length=20,
            description="Categories or archives of arXiv.",
            examples=[["cs.LG"], ["cs.CL", "cs.AI"]],
        ),
    ]
    date: str | None = Field(
        default=None,
        max_length=20,
        description="A day (2026-07-21), a week (2026-W30) or a month (2026-07); without "
        "it, the latest day that has papers.",
    )
    order: Literal["newest", "oldest"] = Field(
        default="newest", description="Which of these days' papers come first."
    )
    start: int = Field(
        default=0,
        ge=0,
        lt=MAX_LISTING,
        description="How many papers to pass over: next_start of the answer before.",
    )
    max_results: int = _Count
    abstract: Abstracts = _Abstract


class CiteArguments(Arguments):
    """The arguments of `export_citations`."""

    ids: _Ids
    format: Format = Field(default=Format.BIBTEX, description="The format to write.")


def read_first_day(text: str | None, param: str) -> str | None:
    """Return the first day of a date, as a filter takes it. Raises BadParameter."""
    span = _read_span(text, param)
    return span.first.isoformat() if span else None


def read_day_after(text: str | None, param: str) -> str | None:
    """Return the day behind a date; None where no day follows. Raises BadParameter."""
    span = _read_span(text, param)
    if span is None or span.last == date.max:
        return None
    return (span.last + timedelta(days=1)).isoformat()


def _read_span(text: str | None, param: str) -> Span | None:
    if not text:
        return None
    try:
        if len(text) == _YEAR and text.isdecimal():
            return Span(
                first=Span.parse(f"{text}-01").first, last=Span.parse(f"{text}-12").last
            )
        return Span.parse(text)
    except BadQuery as error:
        raise BadParameter(f"{text!r} is no date", param=param, hint=_DATE_HINT) from error
