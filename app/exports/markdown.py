"""Lists of papers in Markdown, whose signs in titles and names mean nothing."""

import re
from collections.abc import Sequence

from app.exports.citation import Citation, clean_line
from app.exports.inline import make_inline
from index import find_formulas

_NAMED = 10  # authors in Markdown before "et al."
_MARKDOWN_SIGN = re.compile(r"([\\`*_{}\[\]<>#|~!]|&(?=#?\w+;))")
_BRACKET = re.compile(r"\\.|([\[\]])", re.DOTALL)
_BRACKETS = {"[": r"\lbrack ", "]": r"\rbrack "}
_TAG_OR_TARGET = re.compile(r"<(?=[A-Za-z/!?])|\](?=[(\[])")


def write_markdown(citations: Sequence[Citation], number: int = 1) -> str:
    """Return a numbered list, an item for each paper, from some number on."""
    return "".join(_write_item(n, cited) for n, cited in enumerate(citations, number))


def _write_item(number: int, cited: Citation) -> str:
    paper = cited.paper
    names = [_escape_markdown(author.name) for author in paper.authors[:_NAMED]]
    if len(paper.authors) > _NAMED:
        names.append("et al.")
    facts = [
        f"[{_write_title(paper.title)}]({paper.url})",
        ", ".join(names),
        _escape_markdown(clean_line(paper.journal_ref or "")),
        f"arXiv:{paper.id}, {paper.submitted.isoformat()}",
        "Withdrawn" if paper.withdrawn else "",
    ]
    sentences = (fact if fact.endswith(".") else f"{fact}." for fact in facts if fact)
    return f"{number}. {' '.join(sentences)}\n"


def _write_title(text: str) -> str:
    pieces, end = [], 0
    for formula in find_formulas(text):
        prose = _escape_markdown(text[end : formula.start])
        pieces += [prose, f"${_write_math(clean_line(formula.tex))}$"]
        end = formula.end
    return clean_line("".join([*pieces, _escape_markdown(text[end:])]))


def _write_math(tex: str) -> str:
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
