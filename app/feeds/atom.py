"""Atom 1.0 (RFC 4287), with arXiv's own elements."""

from app.atom.elements import (
    DC,
    TYPE,
    make_category,
    make_link,
    make_pdf_link,
    make_person,
    write_feed,
    write_time,
)
from app.atom.xml import NOTHING, Xml, tag, wrap
from app.feeds.feed import Entry, Feed


def write_atom(feed: Feed) -> bytes:
    """Return a feed as Atom."""
    return write_feed(
        tag("id", feed.address),
        tag("title", feed.title),
        tag("updated", write_time(feed.updated)),
        make_link("self", feed.address, type=TYPE),
        make_link("alternate", feed.page, type="text/html"),
        tag("generator", "Winnow", uri=f"{feed.home}/"),
        make_person("arXiv"),
        *map(_make_entry, feed.entries),
        dc=DC,
    )


def _make_entry(entry: Entry) -> Xml:
    content = tag("content", entry.content, type="html") if entry.content else NOTHING
    doi = tag("arxiv:DOI", entry.doi) if entry.doi else NOTHING
    journal = tag("arxiv:journal_reference", entry.journal) if entry.journal else NOTHING
    rights = tag("dc:rights", entry.rights) if entry.rights else NOTHING
    return wrap(
        "entry",
        tag("id", entry.id),
        tag("title", entry.title),
        tag("updated", write_time(entry.updated)),
        tag("published", write_time(entry.published)),
        make_link("alternate", entry.link, type="text/html"),
        make_pdf_link(entry.pdf),
        *map(make_person, entry.authors or ("unknown",)),
        *map(make_category, entry.categories),
        tag("summary", entry.abstract, type="text"),
        content,
        tag("arxiv:announce_type", entry.announced),
        doi,
        journal,
        rights,
    )
