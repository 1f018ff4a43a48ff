"""A text of a record: one line of Unicode without control characters."""

import re

from index.papers.accents import decode_tex

_CONTROL = re.compile(  # control, byte order, direction and other invisible characters
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    r"\ufeff\ud800-\udfff]"
)


def clean_line(text: str) -> str:
    """Return one line of Unicode without control characters, accents of TeX decoded."""
    text = " ".join(text.split())
    if not text.isprintable():
        text = " ".join(remove_control(text).split())
    return decode_tex(text)


def remove_control(text: str) -> str:
    """Return a text without control and invisible characters."""
    return _CONTROL.sub("", text)
