"""The answer with a feed: tags made of its content, and how long it stays as it is."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import Request, Response

from app.atom.elements import TYPE
from app.feeds import atom, json_feed, rss
from app.feeds.feed import Feed
from app.web.responses import names_tag
from index import Library

FORMATS: dict[str, tuple[str, Callable[[Feed], bytes]]] = {
    "atom": (TYPE, atom.write_atom),
    "rss": (rss.TYPE, rss.write_rss),
    "json": (json_feed.TYPE, json_feed.write_json_feed),
}

_ANNOUNCED_AT = 1  # o'clock in UTC, or an hour before, on days after a day of work
_WEEKDAYS = range(5)  # Monday to Friday, as arXiv announces from Sunday evening on
_SHORTEST_S = 300
_SOON_S = 900  # until one looks again whether the library has been updated


def answer_feed(request: Request, library: Library, feed: Feed, kind: str) -> Response:
    """Return a feed of a library, or 304 to a reader who has it.

    The entity tag is made of the content: a rebuild of the same papers changes nothing.
    A paper that comes late has no later date, so the feed is as new as the last change.
    """
    media_type, write = FORMATS[kind]
    body = write(feed)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    modified = max(feed.updated, library.history.changed or feed.updated)
    fresh_s = count_fresh(datetime.now(UTC), library.built)
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(modified, usegmt=True),
        "Cache-Control": f"public, max-age={fresh_s}",
        "Vary": "Accept-Encoding",
    }
    if _has_it(request, tag, modified):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=f"{media_type}; charset=utf-8", headers=headers)


def count_seconds(now: datetime) -> int:
    """Return the seconds until arXiv next announces papers, and a few minutes at least."""
    due = now.replace(hour=_ANNOUNCED_AT, minute=0, second=0, microsecond=0)
    while due <= now or due.weekday() not in _WEEKDAYS:
        due += timedelta(days=1)
    return max(_SHORTEST_S, int((due - now).total_seconds()))


def count_fresh(now: datetime, built: datetime) -> int:
    """Return the seconds that an answer is fresh: not long while the library is behind.

    It is until it was built after arXiv's last announcement.
    """
    announced = now.replace(hour=_ANNOUNCED_AT, minute=0, second=0, microsecond=0)
    while announced > now or announced.weekday() not in _WEEKDAYS:
        announced -= timedelta(days=1)
    return count_seconds(now) if built >= announced else min(_SOON_S, count_seconds(now))


def _has_it(request: Request, tag: str, updated: datetime) -> bool:
    """Tell whether a reader's copy is current (RFC 9110, 13.2.2)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return names_tag(tags, tag)
    since = request.headers.get("if-modified-since", "")
    try:
        return bool(since) and parsedate_to_datetime(since) >= updated.replace(
            microsecond=0
        )
    except (ValueError, TypeError, OverflowError):
        return False
