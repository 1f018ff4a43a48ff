"""How reference managers import our files, by their rules in our words.

Zotero's importers of BibTeX, RIS and CSL-JSON, Better BibTeX, JabRef's clean-up.
"""

import json
import re
from collections import defaultdict
from pathlib import PurePosixPath

import pybtex.database

from app.exports.formats import Format, export


def import_bibtex(paper):
    """Return what Zotero makes of an entry; it knows no preprints.

    `archivePrefix` and `primaryClass` are lost; `eprint` is kept by its `eprinttype`.
    """
    entry = read_entry(paper, Format.BIBTEX)
    told = entry.fields
    kinds = {"article": "journalArticle", "misc": "document"}
    kept = {"arxiv": f"arXiv: {told['eprint']}"}
    return {
        "itemType": kinds[entry.type],
        "DOI": told["doi"],
        "url": told["url"],
        "date": told["year"],
        "publicationTitle": told.get("journal", ""),
        "extra": kept.get(told.get("eprinttype", "").lower(), ""),
    }


def import_better_bibtex(paper):
    """Return the line that Better BibTeX puts into Extra."""
    told = read_entry(paper, Format.BIBTEX).fields
    assert told["archivePrefix"] == "arXiv"
    subject = f" [{told['primaryClass']}]" if "primaryClass" in told else ""
    return f"arXiv: {told['eprint']}{subject}"


def clean_up_eprint(paper):
    """Return JabRef's id: that of the first of four fields in which it finds one."""
    told = read_entry(paper, Format.BIBTEX).fields
    pattern = r"(?:arxiv(?:\.org/abs/|:)\s*)?(\d{4}\.\d{4,5}|[a-z-]+/\d{7})$"
    fields = [told.get(name, "") for name in ("eprint", "url", "journal", "note")]
    found = [re.search(pattern, text, re.IGNORECASE) for text in fields]
    return next(one[1] for one in found if one)


def read_entry(paper, wanted):
    """Return the entry of a file."""
    text = export([paper], wanted)
    (entry,) = pybtex.database.parse_string(text, "bibtex").entries.values()
    return entry


def import_ris(paper):
    """Return what Zotero makes of a record; a type that it does not know is an article.

    `M1` of an article is its issue, `SN` of a report its number, and the name of a file
    up to its last full stop is the title of the attachment.
    """
    tags = defaultdict(list)
    for line in export([paper], Format.RIS).splitlines():
        tags[line[:2]].append(line[6:])
    kinds = {"JOUR": "journalArticle", "RPRT": "report"}
    kind = kinds.get(tags["TY"][0], "journalArticle")
    is_article = kind == "journalArticle"
    return {
        "itemType": kind,
        "DOI": tags["DO"][0],
        "url": tags["UR"][0],
        "date": tags["DA"][0] if tags["DA"] else tags["PY"][0],
        "publicationTitle": "".join(tags["T2"]),
        "issue": "".join(tags["M1"] or tags["IS"]) if is_article else "",
        "institution": "" if is_article else "".join(tags["PB"]),
        "reportNumber": "" if is_article else "".join(tags["SN"]),
        "attachments": [(PurePosixPath(url).stem, url) for url in tags["L1"]],
    }


def import_csl(paper):
    """Return what Zotero makes of an item; an `article` is a preprint (CSL 1.0.2)."""
    (item,) = json.loads(export([paper], Format.CSL))
    kinds = {"article": "preprint", "article-journal": "journalArticle"}
    names = {
        "DOI": "DOI",
        "URL": "url",
        "container-title": "publicationTitle",
        "publisher": "repository",
        "number": "archiveID",
        "archive": "archive",
        "archive_location": "archiveLocation",
    }
    found = {field: item[name] for name, field in names.items() if name in item}
    return {"itemType": kinds[item["type"]], **found}
