r"""Plain text: formulas as Unicode, where nothing typesets them: `$\ell_1$` is ℓ₁."""

import re

from index.papers.mathtext import split
from index.papers.prose.commands import write_commands
from index.papers.prose.held import Held, forget_private

_RAISED = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyz*′T",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ*′ᵀ",
        strict=True,
    )
)
_LOWERED = dict(
    zip(
        "0123456789+-−=()aehijklmnoprstuvx",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ",
        strict=True,
    )
)
_SHORT = re.compile(  # an argument without braces
    r"\\(mathbb|mathcal|mathrm|mathbf|mathsf|mathfrak|Bbb|cal|rm|bf|sqrt)\s*([A-Za-z0-9])(?![A-Za-z])"
)
_HALF = re.compile(r"\\([td]?frac)\s*([A-Za-z0-9])\s*([A-Za-z0-9])")
_UNITS = re.compile(r"\\(?:ce|si)\s*(?=\{)|\\(?:SI|qty)\s*\{([^{}]*)\}\s*(?=\{)")
_SCRIPT = re.compile(r"([\^_])(?!\u2060)\s*(?:\{([^{}]*)\}|([^\s{}\\^_]))")
_DONE = "\u2060"  # stands behind a mark that is written
_UNKNOWN = re.compile(r"\\(?:begin|end)\{[^{}]*\}|\\([A-Za-z]+)|\\([^A-Za-z])")
_LEFT = re.compile("[{}\u2060]")
_SPACES = re.compile(r"\s+")
_MOST_NESTED = 4


def write_plain(text: str) -> str:
    """Return a text with its formulas as Unicode, for a terminal."""
    if "$" not in text and "\\" not in text:
        return text
    return "".join(
        piece if isinstance(piece, str) else _write_formula(piece.tex)
        for piece in split(text)
    )


def _write_formula(tex: str) -> str:
    tex = _HALF.sub(r"\\\1{\2}{\3}", _SHORT.sub(r"\\\1{\2}", forget_private(tex)))
    tex = _UNITS.sub(lambda found: f"{found[1]}~" if found[1] else "", tex)
    held = Held()
    for brace in "{}":
        tex = tex.replace(f"\\{brace}", held.hold(brace))
    tex = tex.replace(r"\\", "; ").replace("&", " ").replace("~", " ")
    text = write_commands(tex, held)
    for _ in range(_MOST_NESTED):
        text = _SCRIPT.sub(_write_script, text)
    text = _UNKNOWN.sub(lambda found: found[1] or found[2] or " ", text)
    text = held.release(_LEFT.sub("", text)).replace("'", "′")
    return _SPACES.sub(" ", text).strip()


def _write_script(found: re.Match[str]) -> str:
    mark, inside = found[1], (found[2] if found[2] is not None else found[3]).strip()
    signs = _RAISED if mark == "^" else _LOWERED
    if inside in ("∘", "°"):
        return "°"
    if all(sign in signs for sign in inside):
        return "".join(signs[sign] for sign in inside)
    return f"{mark}{_DONE}{inside}" if inside.isalnum() else f"{mark}{_DONE}({inside})"
