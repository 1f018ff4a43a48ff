"""A text of a record: Unicode without control characters and hard-wrapped lines."""

import re

from index.papers.accents import decode_tex
from index.papers.prose.cleaning import clean_prose

_CONTROL = re.compile(  # control, byte order, direction and other invisible characters
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    r"\ufeff\ud800-\udfff]"
)


_PARAGRAPH = re.compile(r"\n(?:[ \t]*\n|[ \t]+)\s*")


def clean_line(text: str) -> str:
    """Return one line of Unicode without control characters, accents of TeX decoded."""
    return decode_tex(_join_line(text))


def clean_sentence(text: str) -> str:
    """Return one line of prose as a person would write it; formulas stay TeX."""
    return " ".join(clean_prose(_join_line(text)).split("\n"))


def clean_paragraphs(text: str) -> str:
    """Return prose with its hard-wrapped lines joined, a line for each paragraph.

    arXiv's convention: a line that begins with white space begins a paragraph.
    """
    text = text.strip()
    if "\n" not in text:
        return clean_sentence(text)
    lines = filter(None, map(_join_line, _PARAGRAPH.split(text)))
    return clean_prose("\n".join(lines))


def _join_line(text: str) -> str:
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(remove_control(text).split())


def remove_control(text: str) -> str:
    """Return a text without control and invisible characters."""
    return _CONTROL.sub("", text)
