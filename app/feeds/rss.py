"""RSS 2.0, in the shape of arXiv's own feeds."""

from email.utils import format_datetime
from xml.etree import ElementTree as ET

from app.feeds.feed import Entry, Feed
from app.feeds.xml import ARXIV, ATOM, DC, add, make, write

TYPE = "application/rss+xml"


def write_rss(feed: Feed) -> bytes:
    """Return a feed as RSS."""
    root = make("rss", version="2.0")
    channel = make("channel")
    root.append(channel)
    add(channel, "title", feed.title)
    add(channel, "link", feed.page)
    add(channel, "description", feed.title)
    add(channel, f"{{{ATOM}}}link", rel="self", href=feed.address, type=TYPE)
    add(channel, "language", "en")
    add(channel, "pubDate", format_datetime(feed.updated))
    add(channel, "lastBuildDate", format_datetime(feed.updated))
    idle = make("skipDays")
    for day in ("Saturday", "Sunday"):
        add(idle, "day", day)
    channel.append(idle)
    channel.extend(map(_make_item, feed.entries))
    return write(root)


def _make_item(entry: Entry) -> ET.Element:
    item = make("item")
    add(item, "title", entry.title)
    add(item, "link", entry.link)
    add(item, "description", entry.abstract)
    add(item, "guid", entry.id, isPermaLink="false")
    for code in entry.categories:
        add(item, "category", code)
    add(item, "pubDate", format_datetime(entry.published))
    add(item, f"{{{ARXIV}}}announce_type", entry.announced)
    add(item, f"{{{DC}}}creator", ", ".join(entry.authors))
    if entry.rights:
        add(item, f"{{{DC}}}rights", entry.rights)
    return item
