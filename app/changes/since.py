"""Marks and kinds of changes, as a request writes them."""

from datetime import date

from app.web.errors import BadParameter
from index import Kind, Library, Mark


def read_since(library: Library, text: str | None) -> Mark | None:
    """Return the mark that `since` names; None for all. Raises BadParameter, Forgotten."""
    if text is None:
        return None
    if mark := Mark.read(text):
        return mark
    try:
        return library.history.find_day(date.fromisoformat(text))
    except ValueError:
        raise BadParameter(
            "since: this is neither a cursor nor a day",
            param="since",
            hint="give meta.cursor of a former answer, or a day such as 2026-11-29",
        ) from None


def read_kinds(text: str | None) -> frozenset[Kind]:
    """Return the kinds of a list by commas; all without one. Raises BadParameter."""
    if not text:
        return frozenset(Kind)
    try:
        return frozenset(Kind(part.strip()) for part in text.split(","))
    except ValueError:
        raise BadParameter(
            "kind: there is no such kind of change",
            param="kind",
            hint=f"kinds are {', '.join(Kind)}",
        ) from None
