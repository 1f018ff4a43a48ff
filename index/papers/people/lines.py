r"""Author lines: what stands among names and is none, and what parts them.

Marks with commas in them (`Ada Lovelace^{1,2}`), ORCIDs, addresses, the number of those
who are not named (`and 35 others`), and words that say what somebody did (`with an
appendix by`, `Edited by`) are taken out before a line is split; who wrote an appendix is
an author.
"""

import re
from collections.abc import Callable
from typing import Final

from index.papers.people.leftovers import Reason
from index.substrings import has_any

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_GLUING = re.compile(r"(?<=[^\W\d_])[\x00-\x1f\x7f-\x9f]+(?=[A-Z])")
_ORCID = re.compile(
    r"[(\[<]?\s?(?:ORCID(?:\s?iD)?\s?:?\s?)?(?:https?://)?(?:www\.)?(?:orcid\.org/)?"
    r"(?<!\d)\d{4}-\d{4}-\d{4}-\d{3}[\dXx](?!\w)\s?[)\]>]?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"[<(\[]?\s?(?:e-?mail\s?:?\s?|mailto:)?(?:\{[^{}@]{1,200}\}|(?<![\w.+-])[\w.+-]{1,64})"
    r"@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}\s?[>)\]]?",
    re.IGNORECASE,
)
_RAISED = re.compile(
    r"\$?(?<!\\)\^(?:\{[^{}]{0,40}\}|\d{1,3}(?:,\s?\d{1,3}(?!\w))*|[a-z](?:,[a-z](?!\w))*(?!\w)"
    r"|[*†‡§¶#])\$?"
    r"|<sup>[^<>]{0,40}</sup>|\\textsuperscript\{[^{}]{0,40}\}"
    r"|\[(?:\d{1,3}|[*†‡§¶#])(?:\s?[,;–-]\s?(?:\d{1,3}|[*†‡§¶#])){0,9}\]"
    r"|[¹²³⁰-⁹](?:[,\s]{0,2}[¹²³⁰-⁹*†‡§¶])*"
)
_ROLE = re.compile(
    r"[\s,;(]{0,4}\b(?:with\s+)?(?:(?:an?|the|two|three|some|and)\s+)?"
    r"(?:(?:technical|short|long|mathematical|numerical|additional|new)\s+)?"
    r"(?:appendi(?:x|ces)|foreword|preface|introduction|afterword|epilogue|postscript"
    r"|addendum|supplement|contributions?|assistance|help|collaboration)"
    r"(?:\s+[A-Z])?(?:\s+(?:written|joint|provided))?\s+(?:by|from|of|with)\b\s*:?\s*"
    r"|[\s,;(]{0,4}\b(?:edited|compiled|translated|prepared|presented|revised|annotated"
    r"|communicated|reported|written)"
    r"(?:\s+from\s+(?:the\s+)?[A-Z][a-z]{1,20})?\s+by\b\s*:?\s*"
    r"|[,\s]{1,4}\(?\b(?:eds?\.|editors?\b|translators?\b)\)?",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    r"[\s,;]{0,4}(?:\bet\.?\s+al\b\.?[\s,;]{0,4})?[(\[]?\s?(?:(?:\band|&|\+|\bplus)\s?)?"
    r"(?:(?<![\w.,])\d{1,3}(?:,?\d{3})?(?:\s(?:additional|more|other|further|co))*[\s-]"
    r"(?:(?:co-?)?authors?|others|collaborators|colleagues|more)"
    r"|\b(?:(?:many|several|additional|more|further|other)\s){1,3}(?:(?:co-?)?authors|others))\b"
    r"(?:\s(?:not\s(?:shown|listed|displayed|named)|in\stotal|more))?\s?[)\]]?",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"ppendi|\bby\b|\beds?\b|editor|translator|ions? (?:by|of|from|with)|"
    r"(?:help|assistance) (?:of|from)",
    re.IGNORECASE,
)
_ODD = re.compile(r"[^\w\s.,'’-]|[\d_¹²³⁰-⁹]")
_PERHAPS: Final = (
    " al|et |by |By |ppendi|ditor|ranslator|uthor|ollaborations|eams|Eds|eds|ed.|Ed.|MD|Ph"
    "|M.D|M. D|MSc|M.Sc|M. Sc|BSc|B.Sc|B. Sc|MBBS|Dr|Mr|Ms.|Prof|-,|- "
    "|ion by|ion of|ion from|ion with|ions by|ions of|ions from|ions with"
    "|help of|help from|tance of|tance from|, ,|,,"
).split("|")
_TAKEN: Final[tuple[tuple[Reason, re.Pattern[str], str], ...]] = (
    ("orcid", _ORCID, " "),
    ("email", _ADDRESS, " "),
    ("mark", _RAISED, " "),
    ("et_al", _UNNAMED, ", "),
)
_MANY = re.compile(
    r"(?:\b[Tt]he\s+)?(?<![\w.-])(?P<names>(?:(?=[A-Z][a-z+/-]{0,12}[A-Z0-9])[A-Z][\w+/-]{0,24}\s?,\s*){1,6}"
    r"(?:the\s+)?[A-Z][\w+/-]{0,24})\s+(?P<kind>[Cc]ollaboration|[Tt]eam)s\b"
)
_SEPARATOR = re.compile(
    r"\s*(?:[,;:&]|\b(?:and|for the|on behalf of the|representing the)\b)\s*"
)
_UNUSUAL = (";", ":", "&", " for ", " behalf ", "representing ")
_WIDE = str.maketrans(
    {"、": ", ", "，": ", ", "；": "; ", "（": "(", "）": ")", "：": ": "}
)


def is_plain(text: str) -> bool:
    """Tell, for most texts, that they hold only names, commas and `and`."""
    return not (_ODD.search(text) or has_any(text, _PERHAPS))


def clear_line(line: str, leave_out: Callable[[Reason], object]) -> str:
    """Return an author line without what is no name; tell of each part left out."""
    if not line.isascii():
        line = line.translate(_WIDE)
    if not line.isprintable():
        line = _CONTROL.sub("", _GLUING.sub(" ", line))
    for reason, pattern, instead in _TAKEN:
        if _may_hold(reason, line):
            line = _take(pattern, instead, line, reason, leave_out)
    if _HINT.search(line):
        line = _take(_ROLE, ", ", line, "role", leave_out).lstrip(", ")
    if "s" in line and ("ollaborations" in line or "eams" in line):
        line = _MANY.sub(_name_each, line)
    return line


def names_role(text: str) -> bool:
    """Tell whether a text says what somebody did: `with an appendix by Jane Doe`.

    Or how many did who are not named: `and 35 others`.
    """
    return bool(
        (_HINT.search(text) and _ROLE.search(text))
        or (_may_hold("et_al", text) and _UNNAMED.search(text))
    )


def _may_hold(reason: Reason, line: str) -> bool:
    """Tell quickly whether a line may hold what is left out for a reason."""
    if reason == "email":
        return "@" in line
    if reason == "orcid":
        return "-" in line
    if reason == "et_al":
        return "uthor" in line or " more" in line or "others" in line or "oll" in line
    return "^" in line or "[" in line or "sup" in line or not line.isascii()


def _take(
    pattern: re.Pattern[str],
    instead: str,
    line: str,
    reason: Reason,
    leave_out: Callable[[Reason], object],
) -> str:
    line, count = pattern.subn(instead, line)
    for _ in range(count):
        leave_out(reason)
    return line


def _name_each(many: re.Match[str]) -> str:
    names = (name.strip().removeprefix("the ") for name in many["names"].split(","))
    return ", ".join(f"{name} {many['kind']}" for name in names)


def part_names(line: str) -> list[str]:
    """Return the names of a line in reading order."""
    if has_any(line, _UNUSUAL):
        names = _SEPARATOR.split(line)
    else:
        names = line.removesuffix(" and").replace(" and ", ",").split(",")
    return [name.strip() for name in names if name and not name.isspace()]
