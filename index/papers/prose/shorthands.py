r"""Shorthands: arguments without braces, and macros of authors' own, which have none.

`\mathbb R` is `\mathbb{R}`, `\unit[300]{MV/m}` says 300 MV/m. What `\method{}` stands for
is in nobody's record: its name is what a reader can be told.
"""

import re

from index.papers.prose.writers import WRITERS

_BARE = re.compile(r"\\(mathbb|Bbb|mathbbm|mathds)\s+([A-Za-z])(?![A-Za-z])")
_QUANTITY = re.compile(
    r"\\(?P<name>unit|unitfrac)\s?(?:\[(?P<value>[^\[\]{}]{1,40})\])?\s?"
    r"\{(?P<unit>[^{}\\]{1,40})\}(?:(?<=\})\s?\{(?P<below>[^{}\\]{1,40})\})?"
)
_EMPTY = re.compile(r"(?<!\\)\\(?P<name>[A-Za-z]{2,40})\{\}")
_NAMED = re.compile(
    r"(?P<brace>\{)?(?<![\w\\:])\\(?P<name>[A-Za-z]{0,16}(?:method|model|name|framework|dataset|bench"
    r"|tool|system)|ours|our[A-Za-z]{2,24})(?![A-Za-z{\[\\])(?(brace)\})"
)


def write_arguments(text: str) -> str:
    """Return prose in which arguments have their braces, and quantities are written out."""
    if "bb" in text or "mathds" in text:
        text = _BARE.sub(r"\\\1{\2}", text)
    return _QUANTITY.sub(_write_quantity, text) if "\\unit" in text else text


def name_macros(text: str) -> str:
    r"""Return prose, its known commands written out, with the names of other macros.

    They are macros if they end with an empty group, or are called as authors call what
    they have made: `\ours`, `\modelname`.
    """
    if "\\" not in text:
        return text
    text = _EMPTY.sub(lambda own: own[0] if own["name"] in WRITERS else own["name"], text)
    return _NAMED.sub(r"\g<name>", text)


def _write_quantity(found: re.Match[str]) -> str:
    is_ratio = found["name"] == "unitfrac"
    if is_ratio and not found["below"]:
        return found[0]
    unit = f"{found['unit']}/{found['below']}" if is_ratio else found["unit"]
    behind = f"{{{found['below']}}}" if found["below"] and not is_ratio else ""
    is_counted = found.string[found.start() - 1 : found.start()].isdigit()
    value = found["value"] or ""
    return f"{value}{' ' if value or is_counted else ''}{unit}{behind}"
