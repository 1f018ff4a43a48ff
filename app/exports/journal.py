"""Journal references: journal, volume, issue, pages and year, read from arXiv's free text.

What is not read whole is the journal as it stands, without words that only say that the
paper will appear there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

_YEAR = r"(?:1[89]|20)\d\d"
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"|spring|summer|autumn|fall|winter"
)
_DATE = (
    rf"(?:\d{{1,2}}/){{0,2}}(?:\d{{1,2}}\s+)?(?:(?:{_MONTH})(?:\s*[-–/]\s*(?:{_MONTH}))?\s*(?:\d{{1,2}}\s*[,\s])?,?\s*)?"
    rf"(?P<year>{_YEAR})"
)
_NAME = r"(?P<name>[^\W\d_][^\d;\"\[\]{}]*?[^\W\d_]\)?\.?|[^\W\d_]+\.?)"
_VOLUME = (
    r"(?:(?<![^\W\d_])(?:vol(?:ume|\.)?:?|v\.|tome?|n[or]\.|bd\.?)\s*)?"
    r"(?P<volume>(?:(?<![^\W\d_])[A-Z])?\d{1,5}[A-Za-z]?)"
)
_NUMBER = r"\d{1,4}(?:\s?[-–/&]\s?\d{1,4})?"
_ISSUE = (
    rf"(?:\s*\((?:no\.?\s*)?(?P<issue>{_NUMBER})\)"
    rf"|[,.:;\s]+(?:no|nr|num(?:ber)?|n|issues?|iss)(?:[.:]\s*|°\s*|\s+)(?P<issue_>{_NUMBER})"
    rf"|/(?P<issue__>{_NUMBER}))?"
)
_PAGE = r"(?:[A-Z]{1,4}[-.]?)?\d{1,9}(?:[.-]\d{1,3})?[A-Za-z]?(?:\s?\((?:R|L|T|C|E|S)\))?"
_PAGES = (
    r"(?:(?:pp\b|p\b|pgs?\b|pages?\b|art(?:icle)?(?:\s+(?:no|id|number))?\b|id\b|paper\b)[.:]?\s*"
    r"|pp?\.\s*|pp)?"
    rf"(?P<pages>{_PAGE}(?:\s*[-–—]+\s*{_PAGE})?)"
)
_GAP = r"[\s,:.;]*"
_FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        # Phys. Rev. B 75, 245114 (2007)   Phys.Rev.D75:115013,2007
        rf"{_NAME}[\s,.:]*{_VOLUME}{_ISSUE}(?:\s*[,:.;]\s*|\s+){_PAGES}[\s,.:;]*\(?{_DATE}\)?",
        # Physica A 385(2007)493-500   Phys. Rev. A 75 (2007) 063626   NeurIPS 30 (2017)
        rf"{_NAME}[\s,.:(]*{_VOLUME}{_ISSUE}[\s,.:;]*\(?{_DATE}\)?(?:{_GAP}{_PAGES})?",
        # Collect. Math. 57,3 (2006), 319-346   SIAM J. Comput. 27:5, 1998, pp. 1457-1491
        rf"{_NAME}[\s,.:]*{_VOLUME}\s*[,:]\s*(?P<issue>\d{{1,3}})[\s,]*\(?{_DATE}\)?{_GAP}{_PAGES}",
        # Transactions, 26:4, 289-299, 2007
        rf"{_NAME}[\s,.:]*{_VOLUME}:(?P<issue>\d{{1,2}}),\s*{_PAGES}[\s,.:;]*\(?{_DATE}\)?",
        # 2009 Chinese Phys. B 18 506-515
        rf"(?P<year>{_YEAR}) {_NAME}[\s,.:]*{_VOLUME}{_ISSUE}(?:\s*[,:.;]\s*|\s+){_PAGES}",
        # Physica A 385(2007), no. 3, 493-500
        rf"{_NAME}[\s,.:]*{_VOLUME}\s*\({_DATE}\){_ISSUE}{_GAP}{_PAGES}",
        # Annals of Probability 2007, Vol. 17, No. 2, 676-687   J. X (2008) 12: 3-4
        rf"{_NAME}[\s,.:]*\(?{_DATE}\)?[\s,.:;]*{_VOLUME}{_ISSUE}\s*[,:;]\s*{_PAGES}",
        # J. Stat. Mech. (2007) P07012
        rf"{_NAME}[\s,.:]*\(?{_DATE}\)?(?:[\s,.:;]+{_PAGES})?",
        # Lett. Math. Phys. 3(2), 1-20
        rf"{_NAME}[\s,.:]*{_VOLUME}{_ISSUE}(?:\s*[,:.;]\s*|\s+){_PAGES}",
        # Lett. Math. Phys. 3
        rf"{_NAME}[\s,.:]+{_VOLUME}{_ISSUE}",
    )
]
_TEX = re.compile(
    r"\\(?:em|it|bf|sl|rm|tt|sc|emph|textit|textbf|textsl|textrm)(?![A-Za-z])\s*"
    r"|\\[,;!/]|(?<!\\)[{}$]"
)
_LETTER = re.compile(r"[^\W\d_]")
_SPACE = re.compile(r"\s+|\\ |~")
_STATE = (
    r"(?:to\s+(?:appear|be\s+published)|will\s+appear|in\s+press|forthcoming|accepted"
    r"(?:\s+for\s+publication)?|submitted(?:\s+for\s+publication)?|(?:to|was|will)\s+be\s+submitted"
    r"|under\s+review)"
)
_LEADS = re.compile(
    rf"(?P<state>{_STATE})(?:\s*[:,]\s*|\s+(?:in|by|to|at|for|as)\b\s*:?\s*|\s+)"
    r"|(?:published|appeared|appears|presented)\s+(?:in|by|at|as)\b\s*:?\s*|(?:in|ref\.?)\s*:\s*|in\s+",
    re.IGNORECASE,
)
_TRAILS = re.compile(
    rf"(?<![\s,.;:])[\s,.;:]*+(?:[(\[]\s*)?\b(?P<state>{_STATE})\s*[)\]]?\.?", re.IGNORECASE
)
_ERRATUM = re.compile(
    r"\s*;\s*|(?<![,.\s])[,.\s]*+[(\[]?(?=\b(?:erra?t|corrigend|addend))|[.,]\s+(?=see\b)",
    re.IGNORECASE,
)
_YEARS = re.compile(rf"(?<![\d.-]){_YEAR}(?![\d-])")
_YEARS_ANYWHERE = re.compile(_YEAR)
_PAIRS = {")": "(", "]": "["}
_NO_NAME = re.compile(r"(?:arxiv|corr)\b|(?-i:PoS)(?![a-z])", re.IGNORECASE)
_PREPRINT = re.compile(  # where a preprint is, which is no journal
    r"(?:(?:arxiv(?:\.org)?|e-?prints?|preprints?|corr|abs)[\s:,./]*)*"
    r"(?:\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[a-z-]+)?/\d{7})(?:v\d+)?"
    rf"(?:[\s,:]*[(\[][a-z-]+(?:\.[a-z-]+)?[)\]])?(?:[\s,:]*\(?{_DATE}\)?)?",
    re.IGNORECASE,
)
_WHERE = r"(?:(?:arxiv(?:\.org)?|e-?prints?|preprints?|corr)[\s:,.]*)+"
_NOWHERE = re.compile(rf"{_WHERE}(?:\(?{_YEAR}\)?)?", re.IGNORECASE)
_PROCEEDINGS = re.compile(
    rf"PoS[\s,:]*[(\[]?(?P<volume>[A-Z][A-Za-z&+-]*(?:\s?(?:{_YEAR}|\d{{1,2}}))?)[)\]]?[\s,:]*"
    rf"(?:\((?P<stated>{_YEAR})\)[\s,:]*)?(?<![^\W_])(?P<pages>\d{{1,4}})(?:[\s,:]*\(?(?P<stated_>{_YEAR})\)?)?"
)
_LENGTH = re.compile(
    r"[\s,;]*\(?(?:\d{1,4}\s*(?:pages|pp\.?)|(?:brief|rapid)\s+(?:report|communication)s?)\)?\.?$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s*[-–—]+\s*")
_SERIES = re.compile(r"[A-HL](?=\d)")
_GLUED = re.compile(r"(?<=\w\.)(?=[^\W\d_])")
_BOOK = re.compile(
    r"\b(?:eds?|editors?|edited|springer|birkh[aä]user|press)\b", re.IGNORECASE
)
_ARTICLE = re.compile(r"[A-Z]\d{4,}")
_LONGEST = 300  # characters of a reference that is taken apart
_LONGEST_READ = 500  # characters of a text in which a reference is looked for
_LONGEST_NAME = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """Where a paper was published. A part that the reference does not tell is empty.

    `state` is "to appear" and the like, `rest` what follows the reference: an erratum.
    """

    name: str
    volume: str = ""
    issue: str = ""
    pages: str = ""
    year: int | None = None
    state: str = ""
    rest: str = ""

    @property
    def is_submitted(self) -> bool:
        """Tell whether the paper is only submitted there."""
        return "submitted" in self.state


def read_journal(text: str | None) -> Journal | None:
    """Return what a journal reference tells, or None if it tells nothing."""
    plain = _make_plain(text or "")
    if not _LETTER.search(plain):
        return None
    if len(plain) > _LONGEST_READ:
        return _keep_whole(plain)
    plain, state = _take_state(plain)
    if not _LETTER.search(plain):
        return None
    if _PREPRINT.fullmatch(plain) or _NOWHERE.fullmatch(plain):
        return None
    first, rest = _split_erratum(plain)
    found = _read_parts(plain) or (rest and _read_parts(first))
    if not found:
        found, rest = _keep_whole(plain), ""
    elif found == _read_parts(plain):
        rest = ""
    return replace(found, state=state, rest=rest)


def _keep_whole(text: str) -> Journal:
    """Return a text as a journal, with the year if it names only one."""
    years = {int(year) for year in _YEARS.findall(text)}
    return Journal(name=text, year=years.pop() if len(years) == 1 else None)


def _make_plain(text: str) -> str:
    """Return a text without TeX's fonts, groups and ties, on one line."""
    text = _SPACE.sub(" ", _TEX.sub("", text)).replace(r"\&", "&").replace("--", "–")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _take_state(text: str) -> tuple[str, str]:
    """Take `to appear in` and the like off a text; return it, and what they say."""
    state = ""
    while lead := _LEADS.match(text):
        state, text = lead["state"] or state, text[lead.end() :]
    if (trail := _TRAILS.search(text)) and trail.end() == len(text):
        state, text = trail["state"] or state, text[: trail.start()]
    return text.strip(" ,;:"), state.lower()


def _split_erratum(text: str) -> tuple[str, str]:
    """Split a text before what follows the first reference."""
    cut = _ERRATUM.search(text, 1)
    return (text[: cut.start()], _close(text[cut.end() :])) if cut else (text, "")


def _close(text: str) -> str:
    """Return a text without the unpaired brackets behind it."""
    closed = text.rstrip(" .")
    while (sign := closed[-1:]) in _PAIRS and closed.count(sign) > closed.count(
        _PAIRS[sign]
    ):
        text = closed = closed[:-1].rstrip(" .")
    return text


def _read_parts(text: str) -> Journal | None:
    if len(text) > _LONGEST:
        return None
    text = _LENGTH.sub("", text).rstrip(" .,;")
    if found := _PROCEEDINGS.fullmatch(text):
        return _make_proceedings(found)
    for form in _FORMS:
        found = form.fullmatch(text)
        if found and _is_name(found["name"]):
            return _make_journal(found.groupdict() | _drop_year(found))
    return None


def _drop_year(found: re.Match[str]) -> dict[str, str]:
    """Return no volume where it is the year before a name: `2021 ICRA, 2021, pp. 1`."""
    parts = found.groupdict()
    is_first = "year" in parts and found.start("year") == 0
    return {"volume": ""} if is_first and parts["volume"] == parts["year"] else {}


def _is_name(text: str) -> bool:
    """Tell whether a text can be a journal's name: it is short, and names no editors."""
    return len(text) < _LONGEST_NAME and not _BOOK.search(text) and not _NO_NAME.match(text)


def _make_proceedings(found: re.Match[str]) -> Journal:
    """Return a paper of `PoS`, whose volumes are conferences: `LAT2007`."""
    year = _YEARS_ANYWHERE.findall(found["stated"] or found["stated_"] or found["volume"])
    return Journal(
        name="PoS",
        volume=found["volume"].replace(" ", ""),
        pages=found["pages"],
        year=int(year[-1]) if year else None,
    )


def _make_journal(parts: Mapping[str, str | None]) -> Journal:
    """Return a journal; the letter of a series (Phys.Rev.D76) belongs to its name."""
    name = _GLUED.sub(" ", (parts["name"] or "").rstrip(" ,:("))
    volume, pages = parts.get("volume") or "", parts.get("pages") or ""
    if _ARTICLE.fullmatch(volume) and not pages:
        volume, pages = "", volume
    if letter := _SERIES.match(volume):
        name, volume = f"{name} {letter[0]}", volume[1:]
    issue = parts.get("issue") or parts.get("issue_") or parts.get("issue__") or ""
    year = parts.get("year")
    return Journal(
        name=name,
        volume=volume,
        issue=_RANGE.sub("–", issue),
        pages=_RANGE.sub("–", pages),
        year=int(year) if year else None,
    )
