"""Atom 1.0 (RFC 4287), with arXiv's own elements."""

from datetime import datetime
from xml.etree import ElementTree as ET

from app.feeds.feed import Entry, Feed
from app.feeds.xml import ARXIV, ATOM, DC, add, make, write

TYPE = "application/atom+xml"


def write_atom(feed: Feed) -> bytes:
    """Return a feed as Atom."""
    root = make(_in(ATOM, "feed"))
    add(root, _in(ATOM, "id"), feed.address)
    add(root, _in(ATOM, "title"), feed.title)
    add(root, _in(ATOM, "updated"), write_time(feed.updated))
    add(root, _in(ATOM, "link"), rel="self", href=feed.address, type=TYPE)
    add(root, _in(ATOM, "link"), rel="alternate", href=feed.page, type="text/html")
    add(root, _in(ATOM, "generator"), "Winnow", uri=f"{feed.home}/")
    root.append(_make_person("arXiv"))
    root.extend(map(_make_entry, feed.entries))
    return write(root)


def write_time(when: datetime) -> str:
    """Return a time as RFC 3339 has it, to the second."""
    return f"{when:%Y-%m-%dT%H:%M:%SZ}"


def _make_entry(entry: Entry) -> ET.Element:
    element = make(_in(ATOM, "entry"))
    add(element, _in(ATOM, "id"), entry.id)
    add(element, _in(ATOM, "title"), entry.title)
    add(element, _in(ATOM, "updated"), write_time(entry.updated))
    add(element, _in(ATOM, "published"), write_time(entry.published))
    add(element, _in(ATOM, "link"), rel="alternate", href=entry.link, type="text/html")
    pdf = {"rel": "related", "href": entry.pdf, "type": "application/pdf", "title": "pdf"}
    add(element, _in(ATOM, "link"), **pdf)
    element.extend(map(_make_person, entry.authors or ("unknown",)))
    for code in entry.categories:
        add(element, _in(ATOM, "category"), term=code, scheme=ARXIV)
    add(element, _in(ATOM, "summary"), entry.abstract, type="text")
    if entry.content:
        add(element, _in(ATOM, "content"), entry.content, type="html")
    add(element, _in(ARXIV, "announce_type"), entry.announced)
    for name, text in (("DOI", entry.doi), ("journal_reference", entry.journal)):
        if text:
            add(element, _in(ARXIV, name), text)
    if entry.rights:
        add(element, _in(DC, "rights"), entry.rights)
    return element


def _make_person(name: str) -> ET.Element:
    person = make(_in(ATOM, "author"))
    add(person, _in(ATOM, "name"), name)
    return person


def _in(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}"
