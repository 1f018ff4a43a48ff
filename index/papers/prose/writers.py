r"""Writers of commands with arguments: what `\footnote{…}` is in prose, and its kin."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.papers.prose.addresses import unescape_address, write_link
from index.papers.prose.held import GONE, HELD, Held
from index.papers.prose.raised import write_lowered, write_raised
from index.papers.prose.symbols import MARKS, set_mark, write_double


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A command with its arguments, as written and written out, and the text before it."""

    name: str
    raw: list[str]
    shown: list[str]
    before: str
    held: Held


Writer = Callable[[Call], str]

OMITTED = "[…]"
"""Stands for what a command refers to, where a sentence needs it."""

_STYLES = (
    "textbf textit textrm textsc textsf texttt textsl textmd textnormal textup text emph "
    "underline uline uuline mbox hbox fbox mathrm mathbf mathsf mathit mathtt mathcal cal "
    "mathscr mathfrak frak operatorname boldsymbol bm pmb ensuremath so ul hl lowercase "
    "uppercase MakeUppercase centerline sout st textlf "
    "textls makebox smash hyperref"
).split()
_SECOND = {
    "textcolor": 2,
    "colorbox": 2,
    "scalebox": 2,
    "raisebox": 2,
    "fcolorbox": 3,
    "hyperlink": 2,
    "resizebox": 3,
}
_DROPPED = (
    "label vspace hspace color index footnotemark bibliographystyle bibliography "
    "thispagestyle pagestyle fontsize includegraphics phantomsection phantom"
).split()
_CITES = (
    "cite citep citet citealp citealt citeauthor citeyear citeyearpar parencite textcite "
    "autocite footcite nocite citenum onlinecite supercite Cite Citet Citep shortcite"
).split()
_REFS = "ref eqref autoref cref Cref pageref secref figref tabref".split()
_ACRONYMS = "ac acs acl acf gls Gls acrshort acrlong acrfull num".split()
_PLURALS = "acp acsp glspl Glspl acrshortpl".split()
_TYPESET = {"ce": 1, "si": 1, "SI": 2, "qty": 2}
_ROMAN = dict(enumerate("I II III IV V VI VII VIII IX X".split(), 1))
_HEADINGS = "section subsection subsubsection paragraph subparagraph caption".split()
_NEEDED = re.compile(
    r"(?:^|[:;,]|\.\s|\(\s*(?:see|e\.g\.,?|cf\.)|\b(?:in|by|of|from|see|to|with|and|or|than|on|"
    r"following|follows|like|per|via|for|extends?|improves?|generali[sz]es?|at|under|as))\s*$",
    re.IGNORECASE,
)
_SIMPLE = re.compile(rf"\w*|[{HELD}]")


def _write_last(call: Call) -> str:
    return call.shown[-1]


def _write_nothing(_: Call) -> str:
    return GONE


def _write_cite(call: Call) -> str:
    """Leave out a citation, unless the sentence needs a word in its place."""
    before = call.before.rstrip("~ ")
    if before.rstrip(",; ").endswith(GONE):
        return GONE
    is_needed = call.name in ("citet", "Citet", "textcite", "citeauthor")
    return OMITTED if is_needed or _NEEDED.search(before) else GONE


def _write_reference(_: Call) -> str:
    return OMITTED


def _write_note(call: Call) -> str:
    note = call.shown[-1].strip()
    return f" ({note.removesuffix('.')})" if note else ""


def _write_quotation(call: Call) -> str:
    return f"“{call.shown[-1]}”"


def _write_plural(call: Call) -> str:
    return f"{call.shown[-1]}s"


def _write_ion(call: Call) -> str:
    """Write an ion as astronomers do: `H II`."""
    element, *stage = call.shown
    told = (
        _ROMAN.get(int(s), s) if s.isascii() and s.isdigit() else s.upper() for s in stage
    )
    return " ".join((element.strip(), *told)).rstrip()


def _write_formula(call: Call) -> str:
    """Write what only formulas are typeset of, a unit or a substance, as a formula."""
    inside = "".join(f"{{{call.held.release(argument)}}}" for argument in call.raw)
    if "$" in inside or "\n" in inside or len(call.raw) < _TYPESET[call.name]:
        return _write_source(call)
    return call.held.hold(f"$\\{call.name}{inside}$", formula=True)


def _write_heading(call: Call) -> str:
    title = call.shown[-1].strip()
    return f"{title} " if title.endswith((".", ":", "?", "!")) else f"{title}. "


def _write_address(call: Call) -> str:
    return call.held.hold(_read_address(call))


def _write_href(call: Call) -> str:
    words = call.shown[1] if len(call.shown) > 1 else ""
    return write_link(words, _read_address(call), call.held)


def _read_address(call: Call) -> str:
    return unescape_address(call.held.release(call.raw[0]))


def _write_double(call: Call) -> str:
    return write_double(call.shown[-1])


def _write_root(call: Call) -> str:
    return f"√{_enclose(call.shown[-1])}"


def _write_ratio(call: Call) -> str:
    return (
        "/".join(map(_enclose, call.shown)) if len(call.shown) > 1 else _write_source(call)
    )


def _enclose(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def _write_modulus(call: Call) -> str:
    return f"(mod {call.shown[-1]})"


def _write_mark(call: Call) -> str:
    return set_mark(call.name, call.shown[-1].strip()) or _write_source(call)


def _write_source(call: Call) -> str:
    return f"\\{call.name}" + "".join(f"{{{argument}}}" for argument in call.shown)


def _list_writers() -> Iterator[tuple[str, tuple[int, Writer]]]:
    for names, most, write in (
        (_STYLES, 1, _write_last),
        (_DROPPED, 1, _write_nothing),
        (_CITES, 1, _write_cite),
        (_REFS, 1, _write_reference),
        (("footnote", "footnotetext", "thanks"), 1, _write_note),
        (("enquote", "textquote", "say"), 1, _write_quotation),
        (_HEADINGS, 1, _write_heading),
        (_ACRONYMS, 1, _write_last),
        (_PLURALS, 1, _write_plural),
        (("ion",), 2, _write_ion),
        (("url", "path", "nolinkurl"), 1, _write_address),
        (("href",), 2, _write_href),
        (("mathbb", "Bbb", "mathbbm", "mathds"), 1, _write_double),
        (("sqrt",), 1, _write_root),
        (("frac", "tfrac", "dfrac", "nicefrac", "sfrac"), 2, _write_ratio),
        (("pmod",), 1, _write_modulus),
        (MARKS, 1, _write_mark),
    ):
        yield from ((name, (most, write)) for name in names)
    yield from ((name, (most, _write_last)) for name, most in _SECOND.items())
    yield from ((name, (most, _write_formula)) for name, most in _TYPESET.items())
    yield "texorpdfstring", (2, _write_last)
    yield "textsuperscript", (1, lambda call: write_raised(call.shown[-1], call.held))
    yield "textsubscript", (1, lambda call: write_lowered(call.shown[-1], call.held))


WRITERS: dict[str, tuple[int, Writer]] = dict(_list_writers())
"""How many arguments each command has, and what writes it."""
