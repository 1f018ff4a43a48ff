r"""Symbols of TeX in prose as Unicode: `\ldots` is one sign, `\pm` is ±.

pylatexenc knows most of them; the tables here have what it lacks or reads otherwise.
"""

import unicodedata
from collections.abc import Iterator

from pylatexenc.latex2text import get_default_latex_context_db

_UNREAD = frozenset(
    "ref autoref cref Cref eqref cite citet citep hspace vspace today id P inf sup int sum "
    "prod th j i o O l L".split()
)
_OWN = {
    **dict.fromkeys(("ldots", "dots", "textellipsis", "dotsc", "dotsb", "dotso"), "…"),
    "ie": "i.e.",
    "eg": "e.g.",
    "etal": "et al.",
    "etc": "etc.",
    "cf": "cf.",
    "wrt": "w.r.t.",
    "iid": "i.i.d.",
    "vs": "vs.",
    "aka": "a.k.a.",
    **dict.fromkeys(("deg", "degree", "textdegree"), "°"),
    "celsius": "°C",
    **dict.fromkeys(("micron", "um", "mum"), "μm"),
    "infinity": "∞",
    "textmu": "μ",
    **dict.fromkeys(("eps", "epsilon", "varepsilon"), "ε"),
    **dict.fromkeys(("phi", "varphi"), "φ"),
    "NP": "NP",
    "kms": "km/s",
    **dict.fromkeys(("msun", "Msun"), "M☉"),
    **dict.fromkeys(("rsun", "Rsun"), "R☉"),
    "C": "ℂ",
    "N": "ℕ",
    "Q": "ℚ",
    "R": "ℝ",
    "Z": "ℤ",
    "S": "§",
    "copyright": "©",
    "pounds": "£",
    "euro": "€",
    "glqq": "„",
    "grqq": "“",
    "glq": "‚",
    "grq": "‘",
    "flqq": "«",
    "frqq": "»",
    "flq": "‹",
    "frq": "›",
    "lq": "‘",
    "rq": "’",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textbackslash": "\\",
    "textunderscore": "_",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textperthousand": "‰",
    "textpertenthousand": "‱",
    "texttrademark": "™",
    "textregistered": "®",
    "textrightarrow": "→",
    "textleftarrow": "←",
    "textbullet": "•",
    "textvisiblespace": " ",
    "textdollar": "$",
    "textpercent": "%",
    "textOmega": "Ω",
    "textohm": "Ω",
    "bullet": "•",
    "star": "⋆",
    "checkmark": "✓",
    "cmark": "✓",
    "xmark": "✗",
    "sim": "∼",
    "lessapprox": "⪅",
    "gtrapprox": "⪆",
    "la": "⟨",
    "ra": "⟩",
    "langle": "⟨",
    "rangle": "⟩",
    "mid": "|",
    "leftrightarrow": "↔",
    "Leftrightarrow": "⇔",
    "Rightarrow": "⇒",
    "Leftarrow": "⇐",
    "mapsto": "↦",
    "hookrightarrow": "↪",
    "iff": "⇔",
    "implies": "⇒",
    "boxtimes": "⊠",
    "rtimes": "⋊",
    "ltimes": "⋉",
    "cong": "≅",
    "ne": "≠",
    "leqslant": "≤",
    "geqslant": "≥",
    "odot": "⊙",
    "angle": "∠",
    "triangle": "△",
    "square": "□",
    "Box": "□",
    "diamond": "⋄",
    "ell": "ℓ",
    "sum": "∑",
    "prod": "∏",
    "int": "∫",
    "inf": "inf",
    "sup": "sup",
    "dim": "dim",
    "det": "det",
    "ker": "ker",
    "gcd": "gcd",
    "hom": "hom",
    "poly": "poly",
    "polylog": "polylog",
    "TeX": "TeX",
    "LaTeX": "LaTeX",
    "BibTeX": "BibTeX",
    "colon": ":",
    "lbrace": "{",
    "rbrace": "}",
}
_EATING = (
    "text",
    "etal",
    "glq",
    "flq",
)  # a space behind these ends the command, and is not printed

_BROKEN = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda rho sigma tau "
    "upsilon phi varphi chi psi omega copyright times infty"
).split()


def _read_names() -> Iterator[tuple[str, str]]:
    names = get_default_latex_context_db()
    for category in names.categories():
        for name, known in names.d[category]["macros"].items():
            sign = known.simplify_repl
            if isinstance(sign, str) and name.isalpha() and _is_plain(sign):
                yield name, sign


def _is_plain(sign: str) -> bool:
    return bool(sign.strip()) and "%" not in sign and not set(sign) & set("\\{}$")


SYMBOLS = {
    **{name: sign for name, sign in _read_names() if name not in _UNREAD},
    **_OWN,
}
"""What each symbol's command is in Unicode."""

BROKEN = {(name[0], name[1:]): SYMBOLS[name] for name in _BROKEN}
r"""Commands that another program took for an accent: `\k{appa}` was `\kappa`."""


def eats_space(name: str) -> bool:
    """Tell whether the space behind a symbol only ends its command."""
    return name.startswith(_EATING)


_MARKS = {
    **dict.fromkeys(("bar", "overline"), "\u0304"),
    **dict.fromkeys(("hat", "widehat"), "\u0302"),
    **dict.fromkeys(("tilde", "widetilde"), "\u0303"),
    **dict.fromkeys(("check",), "\u030c"),
    "dot": "\u0307",
    "ddot": "\u0308",
    "vec": "\u20d7",
}
MARKS = frozenset(_MARKS)
"""The commands that set a mark above a letter."""


def set_mark(name: str, letter: str) -> str | None:
    """Return a letter below the mark of a command, or None if it is not one letter."""
    if len(letter) != 1 or not letter.isalpha():
        return None
    return unicodedata.normalize("NFC", letter + _MARKS[name])


_DOUBLE = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))


def write_double(letters: str) -> str:
    """Return capital letters as blackboard bold; other signs as they are."""
    return "".join(
        _DOUBLE.get(c, chr(0x1D538 + ord(c) - ord("A")) if "A" <= c <= "Z" else c)
        for c in letters
    )
