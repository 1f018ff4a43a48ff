"""Suggestions, rendered as JSON."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from index import Suggestion


class SuggestionShape(BaseModel):
    """A completion of the text that a reader is typing."""

    kind: Literal["title", "author", "category"]
    text: str
    query: str = Field(description="What finds it.")
    papers: int
    id: str | None = Field(description="The paper's id, of a title.")
    author: str | None = Field(description="The paper's first author, of a title.")
    year: int | None = Field(description="The year of its first version, of a title.")
    listing: str | None = Field(description="The code of its listing, of a category.")


class SuggestAnswer(BaseModel):
    """Completions, the likeliest first."""

    data: list[SuggestionShape]


def render_suggestion(found: Suggestion) -> dict[str, Any]:
    """Return a completion as a SuggestionShape."""
    return {
        "kind": found.kind,
        "text": found.text,
        "query": found.query,
        "papers": found.papers,
        "id": found.id,
        "author": found.author,
        "year": found.year,
        "listing": found.listing,
    }
