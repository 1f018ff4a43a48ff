"""The gist of a summary: the first sentence of its first answer, as plain text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index import find_formulas

MOST_READ = 2_000
"""Characters of a summary that are read for its gist."""

_MOST = 200  # characters, without the sign that something is left out
_MOST_SHORTENED = 1_000
_LEAST = 20  # a shorter sentence says too little alone
_THOUGHT = re.compile(r"\s*<think>.*?(?:</think>|\Z)", re.DOTALL | re.IGNORECASE)
_UNOPENED = re.compile(
    r"^\s{0,3}</think(?:ing)?>|</think(?:ing)?>[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_MARK = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_FENCE = re.compile(
    r"^[ ]{0,3}(`{3,}|~{3,}).*?(?:^[ ]{0,3}\1|\Z)", re.DOTALL | re.MULTILINE
)
_SILENT = re.compile(  # headings, questions, rules, tables, images, comments, definitions
    r"[ ]{0,3}(?:#|\||!\[|<!--|\[\^?[^\]]+\]:|={3,}|(?:[-*_][ ]*){3,}$)"
    r"|\W*(?:Q|问题?|Question)\s*\d*\W*[:：]"
    r"|\s*\*\*[^*]+\*\*\s*$|\s*__[^_]+__\s*$"
)
_LEAD = re.compile(  # what stands before the words: quotes, bullets, numbers, A1:
    r"(?:\s*(?:>|[-+*](?=\s)|\d{1,3}[.)](?=\s)))*\s*"
    r"(?:\W{0,2}(?:A|答案?|Answer)\s*\d*\W{0,2}[:：]\W{0,2}(?=\S))?"
)
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s[^()]*)?\)|\[[^\[\]]*\])")
_NOTE = re.compile(r"\[\^[^\]]+\]")
_ELEMENT = re.compile(r"</?[A-Za-z][^<>]*>")
_STRESSES = (
    re.compile(r"(\*{1,3}|~~|`+)(?=\S)(.{1,400}?)(?<=\S)\1"),
    re.compile(r"(?<!\w)(_{1,3})(?=\S)(.{1,400}?)(?<=\S)\1(?!\w)"),
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_END = re.compile(r"[.!?](?=[\"'”’)]*\s)[\"'”’)]*|[。！？](?:[”’」』）]*)")
_UNENDED = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|cf|vs|etc|resp|approx|Fig|Figs|Eq|Eqs|Sec|Ref|Refs|No|Dr|Prof"
    r"|St|Phys|Rev|Lett|J)|\b[A-Z])\.$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """A sentence about a paper, in a language."""

    text: str
    language: str


def find_gist(markdown: str) -> str:
    """Return the first sentence that a summary says, its formulas as TeX; "" if none.

    Its first MOST_READ characters decide. Headings and questions say nothing.
    """
    text = _THOUGHT.sub("", _drop_unopened(markdown)[:MOST_READ], count=1)
    for block in re.split(r"\n[ \t]*\n", _FENCE.sub("\n\n", text)):
        said = " ".join(_read_lines(block))
        if len(said) >= _LEAST or (said and not said.isascii()):
            return _shorten(said)
    return ""


def _drop_unopened(markdown: str) -> str:
    """Return a summary without the thought before a closing tag that nothing opens."""
    closing = _UNOPENED.search(markdown) if "</think" in markdown else None
    if closing is None:
        return markdown
    before = markdown[: closing.start()]
    is_code = len(_MARK.findall(before)) % 2
    return markdown if is_code or "<think" in before else markdown[closing.end() :]


def _read_lines(block: str) -> Iterator[str]:
    """Yield the lines of a paragraph, or of the first item of a list."""
    begun = False
    for line in block.splitlines():
        if _SILENT.match(line):
            if begun:
                return
            continue
        lead = _LEAD.match(line)
        length = lead.end() if lead else 0
        if begun and line[:length].strip():
            return
        begun = True
        yield line[length:].strip()


def _shorten(said: str) -> str:
    """Return the first sentence of a paragraph as plain text."""
    kept: list[str] = []
    text = _replace_formulas(_PRIVATE.sub("", said[:_MOST_SHORTENED]), kept)
    text = _LINK.sub(r"\1", text)
    text = _ELEMENT.sub("", _NOTE.sub("", text))
    for stress in _STRESSES * 2:
        text = stress.sub(r"\2", text)
    text = _cut(_ESCAPE.sub(r"\1", text).strip(), kept)
    return "".join(kept[ord(c) - 0xE000] if _PRIVATE.match(c) else c for c in text)


def _replace_formulas(text: str, kept: list[str]) -> str:
    """Put a private sign in the place of each formula; a display one ends the text."""
    pieces, end = [], 0
    for formula in find_formulas(text):
        pieces.append(text[end : formula.start])
        end = formula.end
        if formula.display:
            return "".join([*pieces, "…"])
        pieces.append(chr(0xE000 + len(kept)))
        kept.append(text[formula.start : formula.end])
    return "".join([*pieces, text[end:]])


def _cut(text: str, kept: list[str]) -> str:
    """Cut a text behind its first sentence, or between words where that is long."""
    for end in _END.finditer(text):
        if not _UNENDED.search(text[: end.start() + 1]):
            text = text[: end.end()]
            break
    sizes = [len(kept[ord(c) - 0xE000]) if _PRIVATE.match(c) else 1 for c in text]
    if sum(sizes) <= _MOST:
        return text
    last = size = 0
    for at, length in enumerate(sizes):
        size += length
        if size > _MOST:
            break
        if text[at].isspace() or not text[at].isascii():
            last = at if text[at].isspace() else at + 1
    return text[: last or _MOST].rstrip(" ,;:，；：、") + "…"
