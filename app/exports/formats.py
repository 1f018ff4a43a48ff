"""Export formats for papers: BibTeX, RIS, CSL-JSON and Markdown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

import orjson

from app.exports.bibtex import write_bibtex
from app.exports.inline import make_inline
from index import Author, Paper, find_formulas, keep_particles


class Format(StrEnum):
    """A format that papers can be exported to."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl"
    MARKDOWN = "markdown"


MEDIA = {
    Format.BIBTEX: ("application/x-bibtex; charset=utf-8", "bib"),
    Format.RIS: ("application/x-research-info-systems; charset=utf-8", "ris"),
    Format.CSL: ("application/vnd.citationstyles.csl+json", "json"),
    Format.MARKDOWN: ("text/markdown; charset=utf-8", "md"),
}
"""The media type and the file extension of each format."""

_NAMED = 10  # authors in Markdown before "et al."
_MARKDOWN_SIGN = re.compile(r"([\\`*_{}\[\]<>#|~!]|&(?=#?\w+;))")
_BRACKET = re.compile(r"\\.|([\[\]])", re.DOTALL)
_BRACKETS = {"[": r"\lbrack ", "]": r"\rbrack "}
_TAG_OR_TARGET = re.compile(r"<(?=[A-Za-z/!?])|\](?=[(\[])")


def export(papers: Sequence[Paper], wanted: Format) -> str:
    """Write papers in a format, in the order given."""
    papers = [_tell_family_names(paper) for paper in papers]
    match wanted:
        case Format.BIBTEX:
            return write_bibtex(papers)
        case Format.RIS:
            return "".join(map(_write_ris, papers))
        case Format.CSL:
            items = [dict(_list_csl_variables(paper)) for paper in papers]
            return orjson.dumps(items, option=orjson.OPT_INDENT_2).decode() + "\n"
        case Format.MARKDOWN:
            return "".join(_write_markdown(n, paper) for n, paper in enumerate(papers, 1))


def _tell_family_names(paper: Paper) -> Paper:
    """Return a paper whose authors have the particles of their family names there."""
    return replace(paper, authors=tuple(map(keep_particles, paper.authors)))


def _write_ris(paper: Paper) -> str:
    """Write a record of tagged lines that end in CR LF, as RIS requires."""
    day = paper.submitted
    tags = [
        ("TY", "JOUR" if paper.journal_ref else "UNPB"),
        ("ID", f"arXiv:{paper.id}"),
        ("TI", paper.title),
        *(("AU", _invert_name(author)) for author in paper.authors),
        ("PY", f"{day.year:04}"),
        ("DA", day.strftime("%Y/%m/%d")),
        ("AB", paper.abstract),
        *(("KW", keyword) for keyword in paper.keywords),
        ("JO", paper.journal_ref),
        ("DO", paper.doi),
        ("M1", f"arXiv:{paper.id}"),
        ("UR", paper.url),
        ("L1", paper.pdf_url),
        ("DB", "arXiv"),
        ("ER", ""),
    ]
    lines = (
        f"{tag}  - {_clean_line(value or '')}\r\n"
        for tag, value in tags
        if value or tag == "ER"
    )
    return "".join(lines)


def _list_csl_variables(paper: Paper) -> Iterator[tuple[str, Any]]:
    """Yield the paper's CSL-JSON variables."""
    day = paper.submitted
    yield "id", f"arXiv:{paper.id}"
    yield "type", "article"
    yield "title", _clean_line(paper.title)
    yield "author", [_make_csl_name(author) for author in paper.authors]
    yield "issued", {"date-parts": [[day.year, day.month, day.day]]}
    yield "abstract", paper.abstract
    yield "publisher", "arXiv"
    yield "number", f"arXiv:{paper.id}"
    yield "URL", paper.url
    if paper.doi:
        yield "DOI", paper.doi
    if paper.journal_ref:
        yield "container-title", _clean_line(paper.journal_ref)
    if paper.keywords:
        yield "keyword", ", ".join(paper.keywords)


def _make_csl_name(author: Author) -> dict[str, str]:
    if not author.first:
        return {"literal": author.name}
    name = {"family": author.last, "given": author.first}
    return name | ({"suffix": author.suffix} if author.suffix else {})


def _write_markdown(number: int, paper: Paper) -> str:
    names = [_escape_markdown(author.name) for author in paper.authors[:_NAMED]]
    if len(paper.authors) > _NAMED:
        names.append("et al.")
    facts = [
        f"[{_write_markdown_title(paper.title)}]({paper.url})",
        ", ".join(names),
        f"arXiv:{paper.id}, {paper.submitted.isoformat()}",
    ]
    sentences = (fact if fact.endswith(".") else f"{fact}." for fact in facts if fact)
    return f"{number}. {' '.join(sentences)}\n"


def _write_markdown_title(text: str) -> str:
    pieces, end = [], 0
    for formula in find_formulas(text):
        prose = _escape_markdown(text[end : formula.start])
        pieces += [prose, f"${_write_markdown_math(_clean_line(formula.tex))}$"]
        end = formula.end
    return _clean_line("".join([*pieces, _escape_markdown(text[end:])]))


def _write_markdown_math(tex: str) -> str:
    """Return equivalent TeX that Markdown reads as no link, tag or code."""
    tex = make_inline(tex).replace("`", r"\lq ")
    opened: list[re.Match[str]] = []
    alone: list[re.Match[str]] = []
    for bracket in _BRACKET.finditer(tex):
        if bracket[1] == "[":
            opened.append(bracket)
        elif bracket[1] and not opened:
            alone.append(bracket)
        elif bracket[1]:
            opened.pop()
    for bracket in sorted(opened + alone, key=re.Match.start, reverse=True):
        start, end = bracket.span()
        tex = f"{tex[:start]}{_BRACKETS[bracket[1]]}{tex[end:]}"
    return _TAG_OR_TARGET.sub(r"\g<0> ", tex)


def _escape_markdown(text: str) -> str:
    return _MARKDOWN_SIGN.sub(r"\\\1", re.sub(r"[^\S ]", " ", text)).replace("$", r"\$")


def _invert_name(author: Author) -> str:
    if not author.first:
        return author.name.replace(",", " ")
    parts = (author.last, author.first, author.suffix)
    return ", ".join(part.replace(",", " ") for part in parts if part)


def _clean_line(text: str) -> str:
    """Return a text on one line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
