"""The kinds of files: their suffixes, media types, and how parts of a list become one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import orjson

from app.cards.shape import shape_paper
from app.exports.formats import MEDIA, Form, Format, make_form
from app.exports.parts import Source
from app.web.errors import BadParameter
from app.web.params import MAX_EXPORTED
from index import Paper


class Kind(StrEnum):
    """A kind of file that a list can be had as."""

    JSON = "json"
    JSONL = "jsonl"
    ATOM = "atom"
    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"
    RIS = "ris"
    CSL = "csl"
    MARKDOWN = "markdown"


SUFFIXES = {
    "json": Kind.JSON,
    "jsonl": Kind.JSONL,
    "atom": Kind.ATOM,
    "bib": Kind.BIBTEX,
    "ris": Kind.RIS,
    "csl.json": Kind.CSL,
    "md": Kind.MARKDOWN,
}

MEDIA_TYPES = {
    Kind.JSON: "application/json",
    Kind.JSONL: "application/jsonl",
    **{Kind(name.value): media for name, (media, _) in MEDIA.items()},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperList:
    """A list: what it is called, how many papers it has in all, and who finds them.

    The source has the first papers, `size` of them.
    """

    title: str
    total: int
    size: int
    source: Source


def read_kind(text: str) -> Kind:
    """Return the kind that `format` or a suffix names. Raises BadParameter."""
    if text in SUFFIXES:
        return SUFFIXES[text]
    try:
        return Kind(text)
    except ValueError as error:
        raise BadParameter(
            f"{text[:40]!r} is no format",
            param="format",
            hint=f"formats are {', '.join(Kind)}",
        ) from error


def make_file_form(listed: PaperList, kind: Kind) -> Form:
    """Return the form that a list has as a file of a kind."""
    match kind:
        case Kind.JSON:
            facts = {"title": listed.title, "total": listed.total, "most": MAX_EXPORTED}
            head = orjson.dumps(facts)[:-1] + b',"data":['
            return Form(write=_write_each, head=head, between=b",\n", tail=b"]}\n")
        case Kind.JSONL:
            return Form(write=_write_lines)
        case Kind.MARKDOWN:
            form = make_form(Format.MARKDOWN)
            return replace(form, head=_write_heading(listed))
        case _:
            return make_form(Format(kind.value))


def _write_each(part: Sequence[Paper], _number: int) -> bytes:
    return b",\n".join(orjson.dumps(shape_paper(paper)) for paper in part)


def _write_lines(part: Sequence[Paper], _number: int) -> bytes:
    return b"".join(orjson.dumps(shape_paper(paper)) + b"\n" for paper in part)


def _write_heading(listed: PaperList) -> bytes:
    shown = f"{listed.size:,} of " if listed.size < listed.total else ""
    plural = "" if listed.total == 1 else "s"
    title = listed.title.replace("\n", " ")
    return f"# {title}\n\n{shown}{listed.total:,} paper{plural}\n\n".encode()
