r"""Cleaning of prose: a title or an abstract as a person would write it, formulas as TeX.

TeX commands of text, elements and entities of HTML, dashes, quotes and ties become plain
Unicode. Formulas stay byte for byte, but for those that hold text alone (`$\textbf{A}$`).
Whatever else is not known stays as written, but for macros that authors name what they
have made by.
"""

import re
import unicodedata

from index.papers.accents import decode_accents
from index.papers.mathtext import Formula, find_formulas, split
from index.papers.prose.accented import read_accented
from index.papers.prose.addresses import hold_addresses
from index.papers.prose.commands import write_commands
from index.papers.prose.elements import write_elements
from index.papers.prose.held import GONE, HELD, Held, forget_private
from index.papers.prose.shorthands import name_macros, write_arguments

_TEXT_ALONE = re.compile(
    r"\s*+(?:\{\s*+)?(?:\\(?:textbf|textit|emph|text|textrm|texttt|textsf|textsc|textnormal|mbox)"
    r"\s*\{(?P<text>[^{}\\$^_]*)\}"
    r"|\\(?:mathrm|mathsf|mathtt|mathbf|mathit|rm|bf|it|sf|tt|sc)\s*"
    r"(?:\{(?P<math>(?:[^{}\\$^_A-Za-z]*[A-Za-z]){2}[^{}\\$^_]*)\}"
    r"|(?P<rest>[A-Za-z][A-Za-z-]+)))\s*+(?:\}\s*+)?"
)
_IN_PROSE = re.compile(r"\s*\\(?:href|url|footnote|cite[a-z]*|textcolor|underline)\s*[\[{]")
_TIE = re.compile(  # each begins with its sign, which makes the search fast
    rf"~(?:(?<=[A-Za-z.,;)\]%’”{HELD}]~)(?=[A-Za-z0-9\\(\[“{HELD}])"
    rf"|(?<=\d~)(?=[A-Za-z\\%(\[{HELD}])"
    rf"|(?<=[\w{HELD}]~)(?=[=<>±≤≥∼≈]~)|(?<=[~ ][=<>±≤≥∼≈]~)(?=[\w{HELD}]))"
)
_DASH = re.compile(r"--(?<![-<|!`'\"=\\]--)(?!(?<=\s--)[a-z]+-[a-z])-*(?![<>|])")
_QUOTED = re.compile(r"(?<![\w`'’])`(?=[^\s`'])([^`'\n]{1,80})(?<!\s)'(?![\w'])")
_EMPTY = re.compile(rf" ?[(\[](?:[\s,;~]*{GONE})+[\s,;~]*[)\]]")
_LOOSE = re.compile(
    rf"(?<![ ~])[ ~]*+{GONE}(?:[\s,;~]*{GONE})*(?=\s*[,.;:?!)\]]|\s*$)"
    rf"|~?{GONE}(?:[\s,;~]*{GONE})*"
)
_RUN = re.compile(r"[^\S\n]+")
_LINE_EDGE = re.compile(r" ?\n[ \n]*")


def clean_prose(text: str) -> str:
    """Return a text as a person would write it, in NFC; its formulas stay TeX."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", forget_private(text))
    if not _has_sign(text):
        return text
    held = Held()
    marked = _hold_formulas(text, held) if "\\" in text or "$" in text else text
    if not _has_sign(marked):
        return held.release(marked)
    plain = _write(marked, held)
    if plain == marked and r"\$" not in plain:
        return text
    cleaned = held.release(plain.replace(r"\$", "$"))
    if "$" in cleaned and not _keeps_formulas(cleaned, held.list_formulas(plain)):
        cleaned = held.release(plain)
    return cleaned if cleaned.isascii() else unicodedata.normalize("NFC", cleaned)


def _has_sign(text: str) -> bool:
    return (
        "\\" in text
        or "<" in text
        or "&" in text
        or "~" in text
        or "--" in text
        or "{" in text
        or "`" in text
    )


def _hold_formulas(text: str, held: Held) -> str:
    return "".join(
        piece if isinstance(piece, str) else _hold_formula(text, piece, held)
        for piece in split(text)
    )


def _hold_formula(text: str, formula: Formula, held: Held) -> str:
    written = text[formula.start : formula.end]
    if formula.display or "\\" not in formula.tex:
        return held.hold(written, formula=True)
    before, after = (
        text[max(0, formula.start - 2) : formula.start],
        text[formula.end : formula.end + 2],
    )
    if letter := read_accented(formula.tex, before, after):
        return letter
    if alone := _TEXT_ALONE.fullmatch(formula.tex):
        return alone["text"] or alone["math"] or alone["rest"] or ""
    if _IN_PROSE.match(formula.tex):
        return formula.tex
    return held.hold(written, formula=True)


def _write(text: str, held: Held) -> str:
    before = text
    if "://" in text or "www." in text:
        text = hold_addresses(text, held)
    if "&" in text or "<" in text:
        text = write_elements(text, held)
    if "\\" in text:
        text = decode_accents(text)
    if "\\" in text or "{" in text:
        text = name_macros(write_commands(write_arguments(text), held))
    if "``" in text:
        text = text.replace("``", "“").replace("''", "”")
    if "`" in text:
        text = _QUOTED.sub(r"‘\1’", text)
    if "~" in text:
        text = _TIE.sub(" ", text)
    if "--" in text:
        text = _DASH.sub(_write_dash, text)
    return text if text == before else _tidy(text)


def _write_dash(dash: re.Match[str]) -> str:
    return {2: "–", 3: "—"}.get(len(dash[0]), dash[0])


def _tidy(text: str) -> str:
    """Mend what commands leave behind: double spaces, a space before a full stop."""
    if GONE in text:
        text = _LOOSE.sub("", _EMPTY.sub("", text))
    if "  " in text or "\n" in text:
        text = _LINE_EDGE.sub("\n", _RUN.sub(" ", text))
    return text.strip()


def _keeps_formulas(text: str, wanted: list[str]) -> bool:
    found = [text[formula.start : formula.end] for formula in find_formulas(text)]
    return found == wanted
