"""The stamp of a paper: when it was submitted, as Cool Papers writes it on a card."""

from datetime import UTC, datetime, time

from index import Paper


def write_stamp(paper: Paper) -> str:
    """Return `2017-06-12 17:57:34 UTC`; midnight where only the day is known.

    Programs read it in all languages of the page.
    """
    first = paper.versions[0].created if paper.versions else None
    when = _read(first) or datetime.combine(paper.submitted, time(), UTC)
    return f"{when:%Y-%m-%d %H:%M:%S} UTC"


def _read(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    if found is None or found.tzinfo is None:
        return found
    return found.astimezone(UTC)
