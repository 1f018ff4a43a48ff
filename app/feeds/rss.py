"""RSS 2.0, in the shape of arXiv's own feeds."""

from email.utils import format_datetime

from app.atom.elements import ARXIV, ATOM, DC
from app.atom.xml import NOTHING, Xml, tag, wrap, write
from app.feeds.feed import Entry, Feed

TYPE = "application/rss+xml"


def write_rss(feed: Feed) -> bytes:
    """Return a feed as RSS."""
    channel = wrap(
        "channel",
        tag("title", feed.title),
        tag("link", feed.page),
        tag("description", feed.title),
        tag("atom:link", rel="self", href=feed.address, type=TYPE),
        tag("language", "en"),
        tag("pubDate", format_datetime(feed.updated)),
        tag("lastBuildDate", format_datetime(feed.updated)),
        wrap("skipDays", tag("day", "Saturday"), tag("day", "Sunday")),
        *map(_make_item, feed.entries),
    )
    known = {"xmlns__atom": ATOM, "xmlns__arxiv": ARXIV, "xmlns__dc": DC}
    return write(wrap("rss", channel, version="2.0", **known))


def _make_item(entry: Entry) -> Xml:
    return wrap(
        "item",
        tag("title", entry.title),
        tag("link", entry.link),
        tag("description", entry.abstract),
        tag("guid", entry.id, isPermaLink="false"),
        *(tag("category", code) for code in entry.categories),
        tag("pubDate", format_datetime(entry.published)),
        tag("arxiv:announce_type", entry.announced),
        tag("dc:creator", ", ".join(entry.authors)),
        tag("dc:rights", entry.rights) if entry.rights else NOTHING,
    )
