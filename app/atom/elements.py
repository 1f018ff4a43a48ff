"""The elements of Atom (RFC 4287): a feed, persons, links, categories, times.

Atom is the default namespace and arXiv's is `arxiv`: some readers know no namespaces and
look for just these names.
"""

from datetime import datetime

from app.atom.xml import Xml, tag, wrap, write

TYPE = "application/atom+xml"
ATOM = "http://www.w3.org/2005/Atom"
ARXIV = "http://arxiv.org/schemas/atom"
DC = "http://purl.org/dc/elements/1.1/"


def write_feed(*parts: Xml, **namespaces: str) -> bytes:
    """Return a document of a feed's parts; namespaces are given by their prefixes."""
    more = {f"xmlns__{prefix}": address for prefix, address in namespaces.items()}
    return write(wrap("feed", *parts, xmlns=ATOM, xmlns__arxiv=ARXIV, **more))


def write_time(when: datetime) -> str:
    """Return a time as RFC 3339 has it, to the second."""
    return f"{when:%Y-%m-%dT%H:%M:%SZ}"


def make_person(name: str) -> Xml:
    """Return an author."""
    return wrap("author", tag("name", name))


def make_link(rel: str, href: str, **attributes: str) -> Xml:
    """Return a link."""
    return tag("link", rel=rel, href=href, **attributes)


def make_pdf_link(href: str) -> Xml:
    """Return a link to a paper's PDF, which readers know by its title."""
    return make_link("related", href, type="application/pdf", title="pdf")


def make_category(code: str) -> Xml:
    """Return a category of arXiv."""
    return tag("category", term=code, scheme=ARXIV)
