"""Prose: the text of Markdown or HTML without its markup; formulas stay in place."""

import html
import re

from index.meaning.keywords.words import strip_emphasis
from index.papers.mathtext import split
from index.papers.prose.cleaning import clean_prose
from index.papers.prose.held import Held, forget_private

_BREAK = "\n\n"
_END = " ;\n"  # ends a phrase
_FENCE = re.compile(
    r"^ {0,3}(`{3,}+|~{3,}+)[^\n]*+\n.*?(?:^ {0,3}\1[^\n]*$|\Z)", re.MULTILINE | re.DOTALL
)
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_BLOCK = re.compile(
    r"</?(?:br|p|li|div|t[dhr]|h[1-6]|[uo]l|d[dlt]|table|pre|blockquote|summary|details"
    r"|section|article|figcaption)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"!?\[([^\[\]]{0,2000})\](?:\([^()\s]{0,2000}+[^()]{0,500}+\)|\[[^\]]{0,200}\])"
)
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\bdoi:\S+", re.IGNORECASE)
_LINE_START = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]|>[ \t]?|[-*+][ \t]|\d{1,9}[.)][ \t])+", re.MULTILINE
)
_HEADING_END = re.compile(r"^( {0,3}#{1,6}[ \t][^\n]*)$", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*[|:*_=-][|:*_=\s-]*$", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!\\)(\*{2,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|~~)")
_PARTED = re.compile(r"\n\s*\n")
_CODE = re.compile(r"`+([^`\n]{0,200})`+")


def strip_markup(text: str) -> str:
    """Return the prose of a text, without commands of TeX.

    Between blocks and cells stands a sign that ends a phrase, in place of what is not
    prose too.
    """
    text = forget_private(text.replace("\r\n", "\n"))
    for pattern in (_FENCE, _UNSEEN):
        text = pattern.sub(_BREAK, text)
    held = Held()
    text = "".join(
        piece if isinstance(piece, str) else held.hold(text[piece.start : piece.end])
        for piece in split(text)
    )
    text = _LINK.sub(r"\1", text)
    text = _ADDRESS.sub(" , ", text)
    text = _TAG.sub(" ", _BLOCK.sub(_BREAK, text))
    text = html.unescape(text)  # only after its tags are gone
    text = _RULE.sub("", text)
    text = _HEADING_END.sub(r"\1.", text)
    text = _LINE_START.sub(_BREAK, text)
    text = _CODE.sub(r"\1", text).replace("|", " , ")
    text = strip_emphasis(_EMPHASIS.sub("", text))
    return clean_prose(held.release(_PARTED.sub(_END, text)))
