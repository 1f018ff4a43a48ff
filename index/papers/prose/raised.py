r"""Raised and lowered signs: `PM\textsuperscript{4}` and `CO<sub>2</sub>` in Unicode."""

import re

from index.papers.prose.held import HELD, Held

_RAISED = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_KNOWN = {
    "tm": "™",
    "(tm)": "™",
    "r": "®",
    "(r)": "®",
    "o": "°",
    "circ": "°",
    "\\circ": "°",
}
_AS_IT_IS = re.compile(rf"(?:st|nd|rd|th|[*†‡§¶#°′″®™'’\s]+|[^\w\s]|[{HELD}])*")
_PLAIN = re.compile(r"[\w ,.+*/()=–—-]{1,40}")


def write_raised(text: str, held: Held) -> str:
    """Return a superscript: in Unicode, or as a formula where Unicode has no sign."""
    if text.strip().lower() in _KNOWN:
        return _KNOWN[text.strip().lower()]
    return _write(text, _RAISED, "^", held)


def write_lowered(text: str, held: Held) -> str:
    """Return a subscript: in Unicode, or as a formula where Unicode has no sign."""
    return _write(text, _LOWERED, "_", held)


def _write(text: str, signs: dict[str, str], mark: str, held: Held) -> str:
    bare = text.strip()
    if all(sign in signs for sign in bare):
        return "".join(signs[sign] for sign in bare)
    if _AS_IT_IS.fullmatch(bare) or not _PLAIN.fullmatch(bare):
        return text
    escaped = bare.replace("_", r"\_")
    return held.hold(f"${mark}{{\\text{{{escaped}}}}}$", formula=True)
