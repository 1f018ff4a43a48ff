r"""Accented letters that were written as formulas within words: `Schr$\ddot{o}$dinger`."""

import re
import unicodedata

_MARKS = {
    **dict.fromkeys(("ddot", '"'), "\u0308"),
    **dict.fromkeys(("acute", "'"), "\u0301"),
    **dict.fromkeys(("grave", "`"), "\u0300"),
    **dict.fromkeys(("hat", "^"), "\u0302"),
    **dict.fromkeys(("tilde", "~"), "\u0303"),
    **dict.fromkeys(("check", "v"), "\u030c"),
    **dict.fromkeys(("breve", "u"), "\u0306"),
    **dict.fromkeys(("dot", "."), "\u0307"),
    "mathring": "\u030a",
    "c": "\u0327",
}
_NAMES = "|".join(re.escape(name) for name in sorted(_MARKS, key=len, reverse=True))
_STYLE = r"(?:rm|it|bf|sf|tt|mathrm|mathit|text|textrm|mbox)(?![A-Za-z])"
_LETTER = re.compile(
    rf"[\s{{]{{0,4}}(?:\\{_STYLE}[\s{{]{{0,4}})?\\(?P<mark>{_NAMES})(?![A-Za-z](?<=[A-Za-z][A-Za-z]))"
    rf"[\s{{]{{0,4}}(?:\\{_STYLE}[\s{{]{{0,4}})?(?:(?P<letter>[A-Za-z])|\\(?P<dotless>[ij]))[\s}}]{{0,6}}"
)
_ENDS_WORD = re.compile(r"[^\W\d_]{2}\Z")
_BEGINS_WORD = re.compile(r"[^\W\d_]{2}")


def read_accented(tex: str, before: str, after: str) -> str | None:
    r"""Return the letter that a formula is, or None where it is not one of a word.

    `before` and `after` are the characters beside it: two letters on a side make a word, as
    in `Poincar$\acute{e}$`. `x$\hat{y}$` stays a formula.
    """
    is_in_word = _ENDS_WORD.search(before[-2:]) or _BEGINS_WORD.match(after)
    found = _LETTER.fullmatch(tex) if is_in_word else None
    if not found:
        return None
    letter = found["letter"] or found["dotless"]
    if letter.isupper() and before[-1:].isalpha():
        return None
    written = unicodedata.normalize("NFC", letter + _MARKS[found["mark"]])
    return written if len(written) == 1 else None
