"""Zotero RDF of one paper: the form in which Zotero passes items to itself.

No other format that it imports has preprints, their repository and their id.
"""

from collections.abc import Iterator
from itertools import chain

from app.atom.xml import NOTHING, Xml, tag, wrap, write
from app.exports.citation import Citation, cite, clean_line
from app.exports.journal import Journal
from app.zotero.fields import list_fields, name_type
from index import Author, Paper

TYPE = "application/rdf+xml"

_SPACES = {
    "xmlns__rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmlns__z": "http://www.zotero.org/namespaces/export#",
    "xmlns__dc": "http://purl.org/dc/elements/1.1/",
    "xmlns__dcterms": "http://purl.org/dc/terms/",
    "xmlns__bib": "http://purl.org/net/biblio#",
    "xmlns__foaf": "http://xmlns.com/foaf/0.1/",
    "xmlns__prism": "http://prismstandard.org/namespaces/1.2/basic/",
    "xmlns__link": "http://purl.org/rss/1.0/modules/link/",
}


def write_rdf(paper: Paper) -> bytes:
    """Write a paper as a document of one item with its PDF; it says what exports say."""
    cited = cite(paper)
    name = "bib:Article" if cited.journal else "rdf:Description"
    parts = chain(_list_facts(cited), _list_links(cited))
    return write(wrap("rdf:RDF", wrap(name, *parts, rdf__about=paper.url), **_SPACES))


def _list_facts(cited: Citation) -> Iterator[Xml]:
    paper = cited.paper
    yield tag("z:itemType", name_type(cited))
    yield tag("dc:title", clean_line(paper.title))
    if cited.authors:
        people = (wrap("rdf:li", _write_person(one)) for one in cited.authors)
        yield wrap("bib:authors", wrap("rdf:Seq", *people))
    yield tag("dc:date", cited.day.isoformat() if cited.day else str(cited.year))
    if cited.journal:
        yield _write_journal(cited.journal)
        yield _write("bib:pages", "-".join(filter(None, cited.first_and_last_page)))
    for name, value in list_fields(cited):
        yield tag(f"z:{name}", value)
    if paper.abstract:
        yield tag("dcterms:abstract", paper.abstract)
    for keyword in paper.keywords:
        yield wrap("dc:subject", wrap("z:AutomaticTag", tag("rdf:value", keyword)))


def _write_journal(journal: Journal) -> Xml:
    facts = (
        tag("dc:title", journal.name),
        _write("prism:volume", journal.volume),
        _write("prism:number", journal.issue),
    )
    return wrap("dcterms:isPartOf", wrap("bib:Journal", *facts))


def _list_links(cited: Citation) -> Iterator[Xml]:
    paper = cited.paper
    yield tag("dc:identifier", f"DOI {cited.doi}")
    yield _write_address(paper.url)
    yield wrap(
        "link:link",
        wrap(
            "z:Attachment",
            tag("z:itemType", "attachment"),
            tag("dc:title", "Full Text PDF"),
            tag("link:type", "application/pdf"),
            _write_address(paper.pdf_url),
            rdf__about=paper.pdf_url,
        ),
    )


def _write_person(author: Author) -> Xml:
    """Return a person, with a suffix where Zotero keeps it, or a group: a surname alone."""
    if not author.first:
        return wrap("foaf:Person", tag("foaf:surname", clean_line(author.name)))
    given = ", ".join(filter(None, (author.first, author.suffix)))
    return wrap(
        "foaf:Person",
        tag("foaf:surname", clean_line(author.last)),
        tag("foaf:givenName", clean_line(given)),
    )


def _write_address(url: str) -> Xml:
    return wrap("dc:identifier", wrap("dcterms:URI", tag("rdf:value", url)))


def _write(name: str, text: str) -> Xml:
    return tag(name, text) if text else NOTHING
