"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from typing import Any

import orjson

from app.atom.elements import write_time
from app.feeds.feed import Entry, Feed

TYPE = "application/feed+json"


def write_json_feed(feed: Feed) -> bytes:
    """Return a feed as JSON."""
    return orjson.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": feed.page,
            "feed_url": feed.address,
            "language": "en",
            "items": [_make_item(entry) for entry in feed.entries],
        }
    )


def _make_item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "summary": entry.abstract,
        "date_published": write_time(entry.published),
        "date_modified": write_time(entry.updated),
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.categories),
        "attachments": [{"url": entry.pdf, "mime_type": "application/pdf"}],
    }
    # An item has HTML or text, one of them at least.
    body = "content_html" if entry.content else "content_text"
    return item | {body: entry.content or entry.abstract}
