"""Export formats for papers: BibTeX, biblatex, RIS, CSL-JSON and Markdown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.exports.bibtex import write_biblatex, write_bibtex
from app.exports.citation import cite
from app.exports.csl import write_csl
from app.exports.markdown import write_markdown
from app.exports.ris import write_ris
from index import Paper


class Format(StrEnum):
    """A format that papers can be exported to."""

    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"
    RIS = "ris"
    CSL = "csl"
    MARKDOWN = "markdown"


MEDIA = {
    Format.BIBTEX: ("application/x-bibtex; charset=utf-8", "bib"),
    Format.BIBLATEX: ("application/x-bibtex; charset=utf-8", "bib"),
    Format.RIS: ("application/x-research-info-systems; charset=utf-8", "ris"),
    Format.CSL: ("application/vnd.citationstyles.csl+json", "json"),
    Format.MARKDOWN: ("text/markdown; charset=utf-8", "md"),
}
"""The media type and the file extension of each format."""

_WRITERS = {
    Format.BIBTEX: write_bibtex,
    Format.BIBLATEX: write_biblatex,
    Format.RIS: write_ris,
    Format.CSL: write_csl,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How papers become a file: how a part is written, what stands around and between.

    `write` takes the papers of a part, and the number of the first one, from 1 on.
    """

    write: Callable[[Sequence[Paper], int], bytes]
    head: bytes = b""
    between: bytes = b""
    tail: bytes = b""


def export(papers: Sequence[Paper], wanted: Format, number: int = 1) -> str:
    """Write papers in a format, in the order given; `number` is that of the first."""
    citations = [cite(paper) for paper in papers]
    if wanted is Format.MARKDOWN:
        return write_markdown(citations, number)
    return _WRITERS[wanted](citations)


def make_form(wanted: Format) -> Form:
    """Return the form of a format, in parts that together are what `export` writes."""
    if wanted is Format.CSL:
        return Form(write=_write_items, head=b"[\n", between=b",\n", tail=b"\n]\n")

    def write(papers: Sequence[Paper], number: int) -> bytes:
        return export(papers, wanted, number).encode()

    return Form(write=write, between=_BETWEEN.get(wanted, b""))


def _write_items(papers: Sequence[Paper], _number: int) -> bytes:
    return export(papers, Format.CSL).strip()[1:-1].strip("\n").encode()


_BETWEEN = {Format.BIBTEX: b"\n", Format.BIBLATEX: b"\n"}
