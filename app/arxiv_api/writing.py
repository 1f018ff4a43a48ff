"""Answers of arXiv's API as Atom, element by element as arXiv writes them."""

import base64
import hashlib
import re
from collections.abc import Iterator
from datetime import datetime

from app.arxiv_api.asked import Asked
from app.arxiv_api.finding import Dated, Result
from app.atom.elements import (
    TYPE,
    make_category,
    make_link,
    make_pdf_link,
    make_person,
    write_feed,
    write_time,
)
from app.atom.xml import Xml, tag, wrap
from index import make_doi_url

_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_ERRORS = "http://arxiv.org/api/errors"
_UNKNOWN = "unknown"
_NO_WORD = re.compile(r"[^\w.-]+")


def write_result(asked: Asked, result: Result, address: str, updated: str) -> bytes:
    """Return what was found as a feed with an address, as of a time (RFC 3339)."""
    per_page = len(result.papers) if asked.limit is None else asked.limit
    return _write(
        asked.written,
        updated,
        (per_page, result.total, asked.start),
        make_link("self", address, type=TYPE),
        *map(_make_entry, result.papers),
    )


def write_error(message: str, now: datetime) -> bytes:
    """Return an error as a feed of one entry, as arXiv did: without `published`."""
    name = _NO_WORD.sub("_", message).strip("_")
    address = f"{_ERRORS}#{name}"
    entry = wrap(
        "entry",
        tag("id", address),
        tag("title", "Error"),
        tag("summary", message),
        tag("updated", write_time(now)),
        make_link("alternate", address, type="text/html"),
        make_person("arXiv api core"),
    )
    return _write("", write_time(now), (1, 1, 0), entry)


def _write(written: str, updated: str, counts: tuple[int, int, int], *parts: Xml) -> bytes:
    """Return a feed; `counts` are papers a page, in all, and before this page."""
    digest = base64.b64encode(hashlib.sha1(written.encode(errors="replace")).digest())  # noqa: S324  an id
    names = ("itemsPerPage", "totalResults", "startIndex")
    return write_feed(
        tag("id", f"https://arxiv.org/api/{digest.decode().rstrip('=')}"),
        tag("title", f"arXiv Query: {written}"),
        tag("updated", updated),
        *(
            tag(f"opensearch:{name}", str(count))
            for name, count in zip(names, counts, strict=True)
        ),
        *parts,
        opensearch=_OPENSEARCH,
    )


def _make_entry(dated: Dated) -> Xml:
    return wrap("entry", *_list_elements(dated))


def _list_elements(dated: Dated) -> Iterator[Xml]:
    paper, version = dated.paper, dated.version
    known = f"{paper.id}v{version.number if version else 1}"
    is_last = version is None or version is paper.versions[-1]
    created = version.created_at if version else None
    updated = paper.updated_at if is_last else created or paper.submitted_at
    categories = paper.categories or (_UNKNOWN,)
    yield tag("id", f"http://arxiv.org/abs/{known}")
    yield tag("title", _join_lines(paper.title))
    yield tag("updated", write_time(updated))
    yield make_link("alternate", f"https://arxiv.org/abs/{known}", type="text/html")
    yield make_pdf_link(f"https://arxiv.org/pdf/{known}")
    yield tag("summary", _join_lines(paper.abstract))
    yield from map(make_category, categories)
    yield tag("published", write_time(paper.submitted_at))
    if paper.comments:
        yield tag("arxiv:comment", _join_lines(paper.comments))
    yield tag("arxiv:primary_category", term=categories[0])
    if paper.journal_ref:
        yield tag("arxiv:journal_ref", _join_lines(paper.journal_ref))
    yield from (make_person(author.name) for author in paper.authors)
    if not paper.authors:
        yield make_person(_UNKNOWN)
    for doi in paper.dois:
        yield tag("arxiv:doi", doi)
        yield make_link("related", make_doi_url(doi), title="doi")


def _join_lines(text: str) -> str:
    return " ".join(text.split())
