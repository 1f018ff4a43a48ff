"""Readers of exports that are not ours: all make CSL items of what they read."""

import json

import pybtex.database
import rispy
from pybtex.richtext import Text

from app.exports.formats import Format, export


def read_csl(papers):
    return json.loads(export(papers, Format.CSL))


def read_bibtex(papers, wanted):
    """Return CSL items of BibTeX, as pybtex reads it."""
    entries = pybtex.database.parse_string(export(papers, wanted), "bibtex").entries
    return [item_of_entry(entry) for entry in entries.values()]


_PLAIN = str.maketrans("“”", '""')


def read_latex(value):
    return str(Text.from_latex(value)).translate(_PLAIN)


def item_of_entry(entry):
    told = {name.lower(): read_latex(entry.fields[name]) for name in entry.fields}
    stated = entry.fields.get("date") or entry.fields["year"]
    day = [int(part) for part in stated.split("-")]
    item = {
        "id": f"arXiv:{told['eprint']}",
        "type": {"article": "article-journal"}.get(entry.type, "article"),
        "title": told["title"],
        "author": [name_of_person(person) for person in entry.persons["author"]],
        "issued": {"date-parts": [day]},
        "URL": entry.fields["url"],
        "DOI": entry.fields["doi"],
    }
    assert told["eprinttype"] == "arxiv"
    if item["type"] == "article":
        return item | {"publisher": "arXiv", "number": item["id"]}
    renamed = {
        "container-title": told.get("journal") or told.get("journaltitle"),
        "volume": told.get("volume"),
        "issue": told.get("number"),
        "page": told.get("pages"),
        "archive": "arXiv",
        "archive_location": item["id"],
    }
    return item | {name: value for name, value in renamed.items() if value}


def name_of_person(person):
    names = (
        person.prelast_names + person.last_names,
        person.first_names + person.middle_names,
    )
    last, first = (read_latex(" ".join(parts)) for parts in names)
    name = {"family": last, "given": first} if first else {"literal": last}
    suffix = " ".join(person.lineage_names)
    return name | ({"suffix": suffix} if suffix else {})


def read_ris(papers):
    """Return CSL items of RIS, as rispy reads it."""
    return [item_of_record(record) for record in rispy.loads(export(papers, Format.RIS))]


def item_of_record(record):
    day = record["date"].split("/") if "date" in record else [record["year"]]
    item = {
        "id": record["id"],
        "type": {"JOUR": "article-journal", "RPRT": "article"}[record["type_of_reference"]],
        "title": record["title"],
        "author": [name_of_line(line) for line in record["authors"]],
        "issued": {"date-parts": [[int(part) for part in day]]},
        "URL": record["urls"][0],
        "DOI": record["doi"],
    }
    if item["type"] == "article":
        return item | {
            "publisher": record["publisher"],
            "number": record["accession_number"],
        }
    pages = "–".join(filter(None, (record.get("start_page"), record.get("end_page"))))
    renamed = {
        "container-title": record["secondary_title"],
        "volume": record.get("volume"),
        "issue": record.get("number"),
        "page": pages,
        "archive": record["name_of_database"],
        "archive_location": record["accession_number"],
    }
    return item | {name: value for name, value in renamed.items() if value}


def name_of_line(line):
    last, *rest = line.split(", ")
    name = dict(zip(("given", "suffix"), rest, strict=False))
    return {"family": last, **name} if name else {"literal": last}


def expect_items(papers, reader):
    """Return the items of CSL-JSON, with the year alone where BibTeX has no more."""
    items = read_csl(papers)
    if reader == "bibtex":
        for item in items:
            item["issued"] = {"date-parts": [item["issued"]["date-parts"][0][:1]]}
    return items


READERS = {
    "bibtex": lambda papers: read_bibtex(papers, Format.BIBTEX),
    "biblatex": lambda papers: read_bibtex(papers, Format.BIBLATEX),
    "ris": read_ris,
}
