"""The kinds of files: their suffixes, media types, and how parts of a list become one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import orjson

from app.cards.shape import shape_paper
from app.exports.formats import MEDIA, Format
from app.exports.parts import export_parts, join
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
    """A list: what it is called, how many papers it has in all, and a file's parts of it.

    The parts hold the first papers, `size` of them, a few at a time.
    """

    title: str
    total: int
    size: int
    parts: Iterable[Sequence[Paper]]


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


def write(listed: PaperList, kind: Kind) -> Iterator[bytes]:
    """Yield a list as a file of a kind, a part at a time."""
    writer = _WRITERS.get(kind)
    if writer is None:
        return export_parts(listed.parts, Format(kind.value))
    return writer(listed)


def _write_json(listed: PaperList) -> Iterator[bytes]:
    facts = {"title": listed.title, "total": listed.total, "most": MAX_EXPORTED}
    yield orjson.dumps(facts)[:-1] + b',"data":['
    yield from join(_write_each(part) for part in listed.parts)
    yield b"]}\n"


def _write_each(part: Sequence[Paper]) -> bytes:
    return b",\n".join(orjson.dumps(shape_paper(paper)) for paper in part)


def _write_jsonl(listed: PaperList) -> Iterator[bytes]:
    for part in listed.parts:
        lines = (orjson.dumps(shape_paper(paper)) + b"\n" for paper in part)
        yield b"".join(lines)


def _write_markdown(listed: PaperList) -> Iterator[bytes]:
    shown = f"{listed.size:,} of " if listed.size < listed.total else ""
    plural = "" if listed.total == 1 else "s"
    title = listed.title.replace("\n", " ")
    yield f"# {title}\n\n{shown}{listed.total:,} paper{plural}\n\n".encode()
    yield from export_parts(listed.parts, Format.MARKDOWN)


_WRITERS: dict[Kind, Callable[[PaperList], Iterator[bytes]]] = {
    Kind.JSON: _write_json,
    Kind.JSONL: _write_jsonl,
    Kind.MARKDOWN: _write_markdown,
}
