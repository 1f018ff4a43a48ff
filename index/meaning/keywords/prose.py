"""Prose: the text of Markdown or HTML without its markup; formulas stay in place."""

import html
import re

_BREAK = "\n\n"
_FENCE = re.compile(
    r"^ {0,3}(`{3,}+|~{3,}+)[^\n]*+\n.*?(?:^ {0,3}\1[^\n]*$|\Z)", re.MULTILINE | re.DOTALL
)
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_LINK = re.compile(
    r"!?\[([^\[\]]{0,2000})\](?:\([^()\s]{0,2000}+[^()]{0,500}+\)|\[[^\]]{0,200}\])"
)
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\bdoi:\S+", re.IGNORECASE)
_LINE_START = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]|>[ \t]?|[-*+][ \t]|\d{1,9}[.)][ \t])+", re.MULTILINE
)
_HEADING_END = re.compile(r"^( {0,3}#{1,6}[ \t][^\n]*)$", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*[|:*_=-][|:*_=\s-]*$", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|~~)")
_CODE = re.compile(r"`+([^`\n]{0,200})`+")


def strip_markup(text: str) -> str:
    """Return the prose of a text; blocks and cells that are not prose become breaks."""
    text = text.replace("\r\n", "\n")
    for pattern in (_FENCE, _UNSEEN):
        text = pattern.sub(_BREAK, text)
    text = _LINK.sub(r"\1", text)
    text = _ADDRESS.sub(" , ", text)
    text = _TAG.sub(" ", text)
    text = html.unescape(text)  # only after its tags are gone
    text = _RULE.sub("", text)
    text = _HEADING_END.sub(r"\1.", text)
    text = _LINE_START.sub(_BREAK, text)
    text = _CODE.sub(r"\1", text).replace("|", " , ")
    return _EMPHASIS.sub("", text)
