"""A page of an OAI-PMH answer: its records as those of a dump, and where it goes on.

Only the format arXivRaw is read: it alone has the dates of versions. A record of it has
the fields of arXiv's public metadata snapshot, but `update_date` is the header's
datestamp, versions have a `source_type`, and `authors_parsed` is missing. One that is
deleted is {"id": …, "update_date": …, "deleted": true}.
"""

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

PREFIX = "arXivRaw"
"""The metadata prefix to ask for."""

Record = dict[str, object]

_TEXTS = (
    "id",
    "submitter",
    "title",
    "authors",
    "categories",
    "comments",
    "report-no",
    "journal-ref",
    "doi",
    "license",
    "abstract",
)
_ROOT = "OAI-PMH"
_LIST = (_ROOT, "ListRecords")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]+)|([0-9]+));")
_LAST = 0x10FFFF  # of all characters
_TYPES = re.compile(r"<!(?:DOCTYPE|ENTITY)")
_MOST = 2_000_000  # tags of a page; one of 2,500 records has a tenth of them
_SHOWN = 200  # characters of a server's words


class BadPage(Exception):
    """An answer is not a page of records; the message says what it is."""


class Refusal(Exception):
    """A server answers with an error of OAI-PMH: its `code`, and its words."""

    def __init__(self, code: str, words: str) -> None:
        """Keep the code; the words are the message."""
        super().__init__(words)
        self.code = code


@dataclass(slots=True, kw_only=True)
class Page:
    """The records of a page in order, and the token of the next page, as it was given."""

    records: list[Record] = field(default_factory=list)
    token: str | None = None

    @property
    def days(self) -> list[date]:
        """The datestamps of the records but those that are yet to come, which mislead."""
        days = (date.fromisoformat(str(record["update_date"])) for record in self.records)
        last = datetime.now(UTC).date() + timedelta(days=1)  # clocks differ
        return [day for day in days if day <= last]


def read_page(content: bytes) -> Page:
    """Read an answer to ListRecords. Raises BadPage, and Refusal for a server's error.

    No document type is read, so that no entity is ever expanded.
    """
    text = _decode(content)
    page, is_list = Page(), False
    try:
        for path, element in _read_elements(text):
            if path == (_ROOT, "error"):
                words = show(_text(element) or "without a reason")
                raise Refusal(element.get("code") or "", words)
            if path == (*_LIST, "record"):
                page.records.append(_read_record(element))
                element.clear()
            elif path == (*_LIST, "resumptionToken"):
                page.token = _text(element)
            is_list = is_list or path == _LIST
    except ET.ParseError as error:
        raise BadPage(f"an answer that is no XML ({error})") from error
    if not is_list:
        raise BadPage(f"an answer without records: {show(text)!r}")
    if page.token and not page.records:
        raise BadPage("a page without records that says that it goes on")
    return page


def show(text: str) -> str:
    """Return the beginning of a server's words, on one line and printable."""
    text = " ".join(text[: 2 * _SHOWN].split())[:_SHOWN]
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _decode(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadPage("an answer that is not UTF-8") from error
    if _TYPES.search(text):
        raise BadPage(f"an answer with a document type: {show(text)!r}")
    return _REFERENCE.sub(_check_reference, _FORBIDDEN.sub("", text))


def _check_reference(found: re.Match[str]) -> str:
    """Return a reference to a character, nothing where XML has no such character."""
    number = int(found[1][:_DIGITS], 16) if found[1] else int(found[2][:_DIGITS])
    is_one = number <= _LAST and not _FORBIDDEN.match(chr(number))
    return found[0] if is_one else ""


_DIGITS = 20  # of a reference; longer ones mean no character whatever follows


def _read_elements(text: str) -> Iterator[tuple[tuple[str, ...], ET.Element]]:
    """Yield each element that ends with its path of names, without namespaces."""
    path: list[str] = []
    events = ET.iterparse(io.StringIO(text), ("start", "end"))  # noqa: S314  no entities
    for count, (event, element) in enumerate(events):
        if count > _MOST:
            raise BadPage(f"an answer with more than {_MOST:,} tags")
        if event == "start":
            path.append(_name(element))
            if path[0] != _ROOT:
                raise BadPage(f"an answer that is not OAI-PMH: {show(text)!r}")
        else:
            yield tuple(path[:4]), element
            path.pop()


def _read_record(element: ET.Element) -> Record:
    parts = {_name(part): part for part in element}
    header = {_name(part): part for part in parts.get("header", ())}
    if "identifier" not in header or "datestamp" not in header:
        raise BadPage("a record without identifier or datestamp")
    paper_id = (_text(header["identifier"]) or "").rpartition(":")[2]
    day = _read_day(_text(header["datestamp"]))
    if parts["header"].get("status") == "deleted":
        return {"id": paper_id, "update_date": day, "deleted": True}
    raw = next(iter(parts.get("metadata", ())), None)
    if raw is None or _name(raw) != PREFIX:
        raise BadPage(f"a record that is not in the format {PREFIX}: {show(paper_id)}")
    return {"id": paper_id} | _read_fields(raw) | {"update_date": day}


def _read_fields(raw: ET.Element) -> Record:
    fields: Record = {"versions": [_read_version(v) for v in raw if _name(v) == "version"]}
    for part in raw:
        if _name(part) in _TEXTS and (text := _text(part)):
            fields[_name(part)] = text
    return fields


def _read_version(element: ET.Element) -> dict[str, str | None]:
    parts = {_name(part): _text(part) for part in element}
    return {
        "version": element.get("version"),
        "created": parts.get("date"),
        "source_type": parts.get("source_type"),
    }


def _read_day(text: str | None) -> str:
    try:
        return date.fromisoformat((text or "").strip()[:10]).isoformat()
    except ValueError:
        raise BadPage(f"a record with the datestamp {show(text or '')!r}") from None


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: ET.Element) -> str | None:
    """Return the text of an element as it stands; None if it is empty."""
    text = "".join(element.itertext())
    return text if text.strip() else None
