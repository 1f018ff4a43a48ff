"""The rules of RFC 4287 that a feed can break, written from its text."""

import re
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


def find_faults(text):
    """Return what a feed does that the RFC forbids."""
    root = ET.fromstring(text)  # noqa: S314  our own
    faults = [] if root.tag == f"{ATOM}feed" else [f"4.1.1: the root is {root.tag}"]
    faults += _check(root, "feed")
    entries = root.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    if len(ids) != len(set(ids)):
        faults.append("4.2.6: an id twice")
    has_author = root.find(f"{ATOM}author") is not None
    for entry in entries:
        faults += _check(entry, "entry")
        if not has_author and entry.find(f"{ATOM}author") is None:
            faults.append("4.1.2: an entry without an author")
        has_content = entry.find(f"{ATOM}content") is not None
        if not has_content and not _links(entry, "alternate"):
            faults.append("4.1.2: neither content nor an alternate link")
    return faults


def _check(element, kind):
    for rule in (_count_parts, _check_dates, _check_links, _check_texts):
        yield from rule(element, kind)


def _count_parts(element, kind):
    for name in ("id", "title", "updated"):
        count = len(element.findall(ATOM + name))
        if count != 1:
            yield f"4.1: {kind} has {count} times {name}"
    for name in ("generator", "icon", "logo", "rights", "subtitle", "published", "summary"):
        if len(element.findall(ATOM + name)) > 1:
            yield f"4.1: {kind} has {name} more than once"
    for person in element.findall(f"{ATOM}author"):
        if not person.findtext(f"{ATOM}name"):
            yield "3.2: a person without a name"
    for category in element.findall(f"{ATOM}category"):
        if not category.get("term"):
            yield "4.2.2: a category without a term"


def _check_dates(element, _):
    dates = [e for n in ("updated", "published") for e in element.findall(ATOM + n)]
    for date in dates:
        if _DATE.fullmatch(date.text or ""):
            datetime.fromisoformat(date.text)
        else:
            yield f"3.3: {date.text!r} is no date"


def _check_links(element, kind):
    if not urlsplit(element.findtext(f"{ATOM}id") or "").scheme:
        yield f"4.2.6: the id of {kind} is no absolute IRI"
    kinds = [
        (link.get("type"), link.get("hreflang")) for link in _links(element, "alternate")
    ]
    if len(kinds) != len(set(kinds)):
        yield f"4.1: {kind} has two alternate links of one type"
    for link in element.findall(f"{ATOM}link"):
        if not urlsplit(link.get("href", "")).netloc:
            yield f"4.2.7: {link.get('href')!r} is not absolute"


def _check_texts(element, _):
    texts = [e for n in ("title", "summary", "content") for e in element.findall(ATOM + n)]
    for text in texts:
        if text.get("type", "text") not in {"text", "html", "xhtml"}:
            yield f"3.1: {text.tag} of type {text.get('type')}"
        if len(text):
            yield f"3.1: {text.tag} has elements"


def _links(element, rel):
    return [
        link
        for link in element.findall(f"{ATOM}link")
        if link.get("rel", "alternate") == rel
    ]
