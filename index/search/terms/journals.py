"""Journal references as words: letters and digits apart, written or asked for glued.

`Phys.Rev.D76:044016` and `Phys. Rev. D 76` become the same words, and so do `Phys. Lett.
45B` and `Phys. Lett. B 45`: the letter of a series stands before the volume too.
"""

import re

from index.search.terms.journal_names import SMALL

_BOUNDARY = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_TURNED = re.compile(r"(?<![\w.:-])(?P<volume>\d{1,4})(?P<series>[A-HL])(?![^\W_])")
_GLUED = re.compile(r"(?<=[a-z]{4})(?=[A-Z][a-z]{2})|(?<=[A-Z]{2})(?=[A-Z][a-z]{3})")
_SMALL = re.compile(rf"\b(?:{'|'.join(sorted(SMALL))})\b\s*", re.IGNORECASE)


def part_journal(text: str) -> str:
    """Return a text with a space wherever letters and digits meet."""
    return _BOUNDARY.sub(" ", text)


def write_journal(reference: str) -> list[str]:
    """Return what a journal reference is indexed as.

    That is itself; with its series turned; and with its name as it may be asked for: words
    that are glued apart (`Lect.NotesPhys`), without `and` and `of the`.
    """
    written = [reference, _TURNED.sub(r"\g<series> \g<volume>", reference)]
    plain = _SMALL.sub("", _GLUED.sub(" ", reference))
    return [part_journal(text) for text in dict.fromkeys([*written, plain])]
