"""Single dollar signs: tells math between them from prose and prices."""

import re

TEXISH = re.compile(r"\\[A-Za-z]|[\\^_{}=<>≤≥]")
"""Characters that are common in math and rare in prose."""

_WORD = re.compile(
    r"(?:^|[^\\A-Za-z])(?!(?:sin|cos|tan|log|exp|max|min|mod|det|dim|ker|deg|inf|sup|lim"
    r"|arg)\b)[A-Za-z]{3,}",
    re.ASCII,
)
_TWO_WORDS = re.compile(r"(?:^|[^\\A-Za-z])[A-Za-z]{3,} +[A-Za-z]{3,}")
_SHORT = re.compile(r"[\w.,+\-*/!'|()\[\] ]{1,24}", re.ASCII)
_THREE_LETTERS = re.compile(r"[A-Za-z]{3,}")
_PRICE = re.compile(r"\d[\d.,]*(?:[KMBkmb]|bn)?[-–—/,，、;；。:： ]")
_PRICE_TAIL = re.compile(r"[\u3400-\u9fff]|[-–—/,，、;； ]$")
_SPACES = frozenset(" \t\n\u00a0\u3000")


def is_math(body: str, *, followed_by_digit: bool) -> bool:
    """Tell whether a non-empty text between two dollars is math."""
    texish = bool(TEXISH.search(body)) or not re.search(r"[A-Za-z0-9]", body)
    lead, trail = body[0] in _SPACES, body[-1] in _SPACES
    if lead or trail:
        weak = texish or _is_short(body.strip(), both=lead and trail)
        return weak and not followed_by_digit and not _is_prose(body)
    if texish:
        return True
    if followed_by_digit or _TWO_WORDS.search(body):
        return False
    return not (_PRICE.match(body) and _PRICE_TAIL.search(body))


def _is_short(body: str, *, both: bool) -> bool:
    if not _SHORT.fullmatch(body) or _THREE_LETTERS.search(body):
        return False
    return both or not body[:1].isdigit()


def _is_prose(body: str) -> bool:
    bare = re.sub(r"\{[^{}]*\}", " ", re.sub(r"\\[A-Za-z]+\*?", " ", body))
    return bool(_WORD.search(bare))
