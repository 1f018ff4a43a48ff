"""Zotero's import of RDF, by its rules in our words (translators RDF and Zotero RDF).

A resource with a type or a title becomes an item, unless another has it as its part.
"""

from collections import defaultdict
from xml.etree import ElementTree as ET

SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "bib": "http://purl.org/net/biblio#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
    "link": "http://purl.org/rss/1.0/modules/link/",
    "og": "http://ogp.me/ns#",
    "article": "http://ogp.me/ns/article#",
    "book": "http://ogp.me/ns/book#",
}
_PREFIXES = {uri: prefix for prefix, uri in SPACES.items()}
_TYPES = {"preprint", "journalArticle", "webpage", "report", "document", "attachment"}

FIELDS = {
    "preprint": "title abstractNote repository archiveID date DOI url language extra",
    "journalArticle": "title abstractNote publicationTitle volume issue pages date DOI url "
    "archive archiveLocation language extra",
    "webpage": "title abstractNote websiteTitle date url language extra",
}
BASES = {"preprint": {"publisher": "repository", "number": "archiveID"}}


class Resource:
    """A node of a graph that is no literal; it has properties under prefixed names."""

    def __init__(self, kind=None):
        """Begin without properties."""
        self.kind, self.has, self.parts_of = kind, defaultdict(list), set()

    def add(self, name, value):
        """Say something of it."""
        self.has[name].append(value)
        if isinstance(value, Resource):
            value.parts_of.add(name)

    def first(self, *names):
        """Return the first value of the first of these properties that it has."""
        return next((self.has[name][0] for name in names if self.has[name]), None)


def read_graph(text):
    """Return the resources of RDF/XML, which alternates resources and properties."""
    root = ET.fromstring(text)  # noqa: S314  our own
    assert _name(root.tag) == "rdf:RDF"
    resources = []
    for element in root:
        _read_resource(element, resources)
    return resources


def _read_resource(element, resources):
    kind = _name(element.tag)
    resource = Resource(None if kind == "rdf:Description" else kind)
    resources.append(resource)
    for stated in element:
        assert len(stated) <= 1, "a property has one value"
        inner = [_read_resource(one, resources) for one in stated]
        resource.add(_name(stated.tag), inner[0] if inner else stated.text or "")
    return resource


def _name(tag):
    uri, _, name = tag.removeprefix("{").partition("}")
    return f"{_PREFIXES[uri]}:{name}"


def import_rdf(text):
    """Return the items of a file, as they are saved."""
    return [complete(item) for item in map(import_item, _list_items(read_graph(text)))]


def _list_items(resources):
    parts = {"dcterms:isPartOf", "link:link", "dcterms:creator"}
    alone = [one for one in resources if not one.parts_of & parts]
    return [one for one in alone if detect_type(one) or one.has["dc:title"]]


def detect_type(resource, default=None):
    """Return the type: Zotero's own, an article in a journal, Open Graph's, Dublin Core's.

    A page is an article only where nothing else says what it is.
    """
    stated, core = resource.first("z:itemType"), resource.first("dc:type")
    graph = {"website": "webpage"}.get(resource.first("og:type"))
    container = resource.first("dcterms:isPartOf")
    is_article = resource.kind == "bib:Article" and container.kind == "bib:Journal"
    return (
        (stated if stated in _TYPES else None)
        or ("journalArticle" if is_article else None)
        or graph
        or (core if core in _TYPES else None)
        or default
        or ("journalArticle" if resource.first("og:type") == "article" else None)
    )


def import_item(resource, default=None):
    """Return all that a resource says as an item, before fields are sorted out."""
    item = {
        "itemType": detect_type(resource, default),
        "title": resource.first("dc:title", "og:title"),
        "creators": [*_list_creators(resource)],
        "abstractNote": resource.first("og:description", "dcterms:abstract"),
        "publisher": resource.first("dc:publisher"),
        "date": resource.first("dc:date"),
        "pages": resource.first("bib:pages"),
        "language": resource.first("dc:language"),
        "tags": [one.first("rdf:value") for one in resource.has["dc:subject"]],
        "attachments": [*map(_import_attachment, resource.has["link:link"])],
    }
    if container := resource.first("dcterms:isPartOf"):
        item |= {
            "publicationTitle": container.first("dc:title"),
            "volume": container.first("prism:volume"),
            "issue": container.first("prism:number"),
        }
    _read_identifiers(resource, item)
    for name in list(resource.has):
        if name.startswith("z:") and (value := resource.first(name)):
            item[name.removeprefix("z:")] = value
    return item


def _read_identifiers(resource, item):
    for one in resource.has["dc:identifier"]:
        if isinstance(one, Resource):
            assert one.kind == "dcterms:URI"
            item["url"] = one.first("rdf:value")
        elif one.startswith("DOI "):
            item["DOI"] = one.removeprefix("DOI ")


def _list_creators(resource):
    container = resource.first("bib:authors")
    for person in container.has["rdf:li"] if container else ():
        assert person.kind == "foaf:Person"
        yield person.first("foaf:surname"), person.first("foaf:givenName") or ""


def _import_attachment(resource):
    assert resource.kind == "z:Attachment"
    found = {"title": resource.first("dc:title"), "mimeType": resource.first("link:type")}
    _read_identifiers(resource, found)
    return found


def complete(item):
    """Return an item as it is saved: other types' fields become its own, or are lost."""
    kind = item["itemType"]
    bases, fields = BASES.get(kind, {}), FIELDS[kind].split()
    kept = {name: item[name] for name in ("itemType", "creators", "tags", "attachments")}
    for name, value in item.items():
        field = bases.get(name, name)
        if value and field in fields:
            kept.setdefault(field, value)
    return kept
