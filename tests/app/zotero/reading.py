"""How Zotero reads pages, by the rules of its translators in our words.

unAPI comes before COinS, and both before Embedded Metadata (docs/decisions/exports.md).
"""

import re
from xml.etree import ElementTree as ET

from tests.app.zotero.rdf import Resource, complete, import_item, import_rdf

PREFIXES = {"bib", "dc", "dcterms", "z", "og", "article", "book", "rdf", "foaf", "prism"}
PREFIXES |= {"bibo", "vcard", "link", "eprint", "eprints", "music", "video", "so"}
HIGHWIRE = {  # in this order: the last one with a value holds
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_cover_date": "date",
    "citation_date": "date",
    "citation_journal_title": "publicationTitle",
    "citation_volume": "volume",
    "citation_issue": "issue",
    "citation_conference_title": "conferenceName",
    "citation_technical_report_institution": "institution",
    "citation_publisher": "publisher",
    "citation_abstract": "abstractNote",
    "citation_doi": "DOI",
    "citation_public_url": "url",
    "citation_language": "language",
}
FORMATS = ("rdf_zotero", "rdf_bibliontology", "marc", "unimarc", "marcxml", "mods")
FORMATS += ("ris", "refer", "bibtex", "rdf_dc")


def choose_translator(page):
    """Return which of the generic translators reads a page: the lowest number wins."""
    if list_unapi_ids(page):
        return "unAPI"
    if page.all("span", class_="Z3988"):
        return "COinS"
    return "Embedded Metadata"


def read_list(page, get):
    """Return the items of a list: formats are asked for once, papers one by one.

    `get` fetches the text of an address; ids go into addresses as they are.
    """
    (link,) = page.all("link", rel="unapi-server")
    assert link["type"] == "application/xml"
    server = link["href"]
    chosen = choose_format(get(server))
    assert chosen == "rdf_zotero"
    texts = [get(f"{server}?id={one}&format={chosen}") for one in list_unapi_ids(page)]
    return [item for text in texts for item in import_rdf(text)]


def list_unapi_ids(page):
    """Return the ids on a page that names a server."""
    if not page.all("link", rel="unapi-server"):
        return []
    return [one["title"] for one in page.all("abbr", class_="unapi-id") if one["title"]]


def choose_format(text):
    """Return the first of the formats that Zotero knows among those that are offered."""
    root = ET.fromstring(text)  # noqa: S314  our own
    offered = [one.get("name").lower() for one in root.iter("format")]
    return next((name for name in FORMATS if name in offered), None)


def read_page(page):
    """Return the item of a page, from its metas (translator Embedded Metadata)."""
    resource, guess = Resource(), None
    metas = [(one["name"] or one["property"], one["content"]) for one in page.all("meta")]
    for name, content in metas:
        if not (name and content):
            continue
        prefix, prop = _split_name(name)
        if prefix in PREFIXES:
            resource.add(f"{prefix}:{prop[:1].lower()}{prop[1:]}", content)
        elif name == "citation_title":
            guess = "journalArticle"
    item = import_item(resource, guess)
    _add_highwire(item, metas)
    _add_the_rest(page, item)
    return complete(item)


def _split_name(name):
    """Split `DC.type`; of three parts the second may be the prefix: `og:book:isbn`."""
    parts = re.split(r"[.:_]", name)
    if len(parts) > 2 and parts[1].lower() in PREFIXES:
        return parts[1].lower(), name[len(parts[0]) + len(parts[1]) + 2 :]
    return parts[0].lower(), name[len(parts[0]) + 1 :]


def _add_highwire(item, metas):
    def every(name):
        return [content for n, content in metas if n and n.endswith(name)]

    def first(name):
        return next(iter(every(name)), None)

    for name, field in HIGHWIRE.items():
        if value := " ".join((first(name) or "").split()):
            item[field] = value
    item["creators"] = [*_list_creators(every("citation_author"))]
    start, end = first("citation_firstpage"), first("citation_lastpage")
    if start:
        start = re.split(r"\s*[-–]\s*", start)[0]
        item["pages"] = f"{start}-{end}" if end else start
    if first("citation_journal_title"):
        item["itemType"] = "journalArticle"
    item["date"] = item["date"] or first("citation_online_date")
    item["keywords"] = [
        part.strip() for text in every("citation_keywords") for part in text.split(";")
    ]
    if pdf := first("citation_pdf_url"):
        pdf = {"title": "Full Text PDF", "url": pdf, "mimeType": "application/pdf"}
        item["attachments"] = [pdf]
    item.setdefault("url", first("citation_abstract_html_url"))


def _list_creators(texts):
    """Yield creators: of an only one, two words on both sides of a comma are two names."""
    last = None
    for text in texts:
        names = re.split(r"\s*;\s*", text)
        halves = re.split(r"\s*,\s*", names[0])
        if len(names) == len(texts) == 1 and len(halves) > 1:
            names = halves if " " in halves[0] and " " in halves[1] else names
        for name in map(str.strip, names):
            if re.search(r"[^\s,.;-]", name) and name != last:
                last = name
                yield clean_author(name, has_comma="," in name)


def clean_author(text, *, has_comma):
    """Split a name: at commas, of which two parts are kept, or before the last word."""
    text = re.sub(r"^[\s.,/\[\]:]+|[\s.,/\[\]:]+$", "", text)
    if has_comma:
        last, *first = re.split(r", ?", text)
        return last, first[0] if first else ""
    first, _, last = text.rpartition(" ")
    return last, first


def _add_the_rest(page, item):
    """Fill in from the page what metas leave open; drop tags, which are seldom right."""
    if title := item.get("publicationTitle"):
        tail = rf"\s*[-–—=_:|~#]\s*{re.escape(title)}\s*$"
        item["title"] = re.sub(tail, "", item["title"], flags=re.IGNORECASE)
    if not item["abstractNote"]:
        item["abstractNote"] = page.one("meta", name="description")["content"]
    item["language"] = item["language"] or page.one("html")["lang"]
    item["tags"] = []
    if item.get("DOI"):
        found = re.search(r"10\.\d{4,}(?:\.\d+)*/\S*[^\s.,]", item["DOI"])
        item["DOI"] = found[0] if found else None
