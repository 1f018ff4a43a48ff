"""The lexer: a query's text as tokens, which are words, phrases, operators, brackets."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.papers.accents import decode_tex
from index.papers.mathtext import Formula, find_formulas
from index.papers.prose.cleaning import clean_prose
from index.search.query.nodes import Field
from index.search.query.printing import FIELD, OPERATORS, SEPARATOR

FIELD_NAMES = {
    **{str(known): known for known in Field},
    "title": Field.TITLE,
    "abstract": Field.ABSTRACT,
    "author": Field.AUTHOR,
    "category": Field.CATEGORY,
    "comments": Field.COMMENTS,
    "journal": Field.JOURNAL,
    "report": Field.REPORT,
}
"""Every field name of the query language that holds words, short and long."""

DAY_NAMES = ("year", "after", "before", "submittedDate", "lastUpdatedDate")
"""The field names that hold days."""


class Notify(Protocol):
    """Takes note of something a reader should know."""

    def __call__(self, code: str, **params: str | int) -> None:
        """Note a code with parameters."""
        ...


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query.

    `field` is set where it names one, `name` is that of a field of days, and `slop`
    belongs to a phrase.
    """

    kind: str  # open close phrase word field days and or not
    text: str
    field: Field | None = None
    name: str = ""
    slop: int = 0


def make_plain(text: str) -> str:
    """Return a text with TeX of prose as Unicode and full-width marks as the plain ones.

    Control characters become spaces, marks of writing direction go. The result is NFC,
    as the papers are.
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", text.translate(_MARKS))
    text = _CONTROL.sub(" ", text)
    text = _TIE.sub(" ", _TILDE.sub(_HELD, text))
    text = clean_prose(text) if "\\" in text else decode_tex(text)
    text = text.replace(_HELD, "~")
    return unicodedata.normalize("NFC", text)


def is_plain(text: str) -> bool:
    """Tell whether a text uses no field, operator or minus of the query language."""
    return not any(
        word in OPERATORS or word.startswith("-") or _FIELDED.match(word)
        for word in text.split()
    )


def read_tokens(text: str, notice: Notify) -> Iterator[Token]:
    """Yield the tokens of a text that `make_plain` has returned; report what is odd."""
    spans = {formula.start: formula.end for formula in find_formulas(text)}
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            start, position = position, _end_of_word(text, position, spans)
            yield from _word(text[start:position], text[position : position + 1], notice)
            continue
        position = match.end()
        if match["quote"]:
            if not match["closed"]:
                notice("unclosed_quote")
            yield Token("phrase", match["phrase"], slop=int(match["slop"] or 0))
        elif match["name"]:
            yield Token("days", match["days"].strip('"'), name=match["name"].lower())
        elif match["doi"]:
            doi, closings = _balanced(match["doi"])
            position -= closings
            yield Token("field", "doi:", Field.DOI)
            yield Token("word", doi)
        elif match["sign"]:
            yield Token(_SIGNS[match["sign"]], match["sign"])


_FIELDED = re.compile(
    rf"\W*(?:{'|'.join((*FIELD_NAMES, *DAY_NAMES))}):(?!//)", re.IGNORECASE
)
_MARKS = {0xFF01 + n: 0x21 + n for n in range(94)} | str.maketrans(
    dict.fromkeys("“”„«»「」『』", '"') | dict.fromkeys("\u3000、。", " ")
)
"""What is typed on other keyboards: full-width ASCII, quotation marks, white space."""

_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_HELD = "\x00"  # stands for a tilde that is no TeX tie
_TILDE = re.compile(r"~(?=\d{0,2}(?:[\s)|]|$))")
_TIE = re.compile(r"(?<=\d)~(?=[A-Za-z])")
_SYMBOL = re.compile(r"\{?\s*\\?([A-Za-z]+|\d)\s*\}?")
_PLAIN_WORD = re.compile(r"[\w-]+[.,;:?!]?")
_SIGNS = {"(": "open", ")": "close", "|": "or", "-": "not"}

_TOKEN = re.compile(
    r"""\s+
    | (?P<quote>")(?P<phrase>[^"]*)(?P<closed>"(?:~(?P<slop>\d{1,2})(?!\w))?)?
    | (?P<name>year|after|before|submittedDate|lastUpdatedDate)
      :(?P<days>\[[^\]]*\]|"[^"]*"|[^\s()"\[\]]+)
    | (?:doi:\s?|(?:https?://)?(?:dx\.)?doi\.org/)?(?P<doi>10\.\d{4,9}/[^\s"]+)
    | (?P<sign>[()|]|(?<![^\s(])-(?=[^\s\-]))""",
    re.VERBOSE | re.IGNORECASE,
)
_RUN = re.compile(r"[^\s()\"|]+")
_GROUP = re.compile(r"(?<=\w)\([^\s()\"]*\)")


def _end_of_word(text: str, start: int, spans: dict[int, int]) -> int:
    """Return where a word ends: at white space or a sign, but not inside a formula."""
    position = start
    while True:
        if position in spans:
            position = spans[position]
            continue
        formula = next((at for at in spans if at > position), len(text))
        part = _RUN.match(text, position, formula)
        if part is None and text[start:position] not in OPERATORS:
            part = _GROUP.match(text, position)
        if part is None:
            return max(position, start + 1)
        position = part.end()


def _word(word: str, following: str, notice: Notify) -> Iterator[Token]:
    if operator := OPERATORS.get(word):
        yield Token(operator, word)
        return
    if match := FIELD.fullmatch(word):
        name, value = match.groups()
        known = FIELD_NAMES.get(name.lower())
        if known and (value or following in ('"', "(")):
            yield Token("field", word, known)
            if value:
                yield _literal(value)
            return
        if known:
            notice("field_without_value", field=name)
        elif value:
            notice("unknown_field", field=name)
    for part in SEPARATOR.split(word) if "$" not in word else [word]:
        if part:
            yield _literal(part)


def _literal(word: str) -> Token:
    r"""Return a word; one with a formula in it is a phrase, for TeX has no word forms.

    A symbol or a letter that is tied to a word is read as its name: `$\alpha$-stable`.
    """
    found = find_formulas(word)
    if not found:
        return Token("word", word)
    is_tied = sum(formula.end - formula.start for formula in found) < len(word)
    named = _name_symbols(word, found) if is_tied else ""
    if _PLAIN_WORD.fullmatch(named):
        return Token("word", named)
    pieces, end = [], 0
    for formula in found:
        pieces += [word[end : formula.start], formula.tex]
        end = formula.end
    text = decode_tex("".join((*pieces, word[end:])))
    return Token("phrase", " ".join(unicodedata.normalize("NFC", text).split()))


def _name_symbols(word: str, formulas: Sequence[Formula]) -> str:
    """Return a word with its formulas as the names of symbols; empty if one is more."""
    named, end = "", 0
    for formula in formulas:
        symbol = _SYMBOL.fullmatch(formula.tex)
        if not symbol:
            return ""
        named += word[end : formula.start] + symbol[1]
        end = formula.end
    return named + word[end:]


def _balanced(doi: str) -> tuple[str, int]:
    """Return a DOI without the closing parentheses that are not its own; and how many."""
    whole = doi
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1]
    return doi, len(whole) - len(doi)
