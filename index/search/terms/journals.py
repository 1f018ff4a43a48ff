"""Journal references as words: letters and digits apart, written or asked for glued.

`Phys.Rev.D76:044016` and `Phys. Rev. D 76` become the same words, and so do `Phys. Lett.
45B` and `Phys. Lett. B 45`: the letter of a series stands before the volume too.
"""

import re

_BOUNDARY = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_TURNED = re.compile(r"(?<![\w.:-])(?P<volume>\d{1,4})(?P<series>[A-HL])(?![^\W_])")


def part_journal(text: str) -> str:
    """Return a text with a space wherever letters and digits meet."""
    return _BOUNDARY.sub(" ", text)


def write_journal(reference: str) -> list[str]:
    """Return what a journal reference is indexed as: itself, and with its series turned."""
    written = [part_journal(reference)]
    turned = _TURNED.sub(r"\g<series> \g<volume>", reference)
    return written if turned == reference else [*written, part_journal(turned)]
