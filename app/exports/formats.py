"""Export formats for papers: BibTeX, biblatex, RIS, CSL-JSON and Markdown."""

from collections.abc import Sequence
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
    Format.MARKDOWN: write_markdown,
}


def export(papers: Sequence[Paper], wanted: Format) -> str:
    """Write papers in a format, in the order given."""
    return _WRITERS[wanted]([cite(paper) for paper in papers])
