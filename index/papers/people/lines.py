r"""Author lines: what stands among names and is none, and names that come family first.

Marks with commas in them (`Ada Lovelace^{1,2}`), ORCIDs, addresses, and words that say what
somebody did (`with an appendix by`, `Edited by`) are taken out before a line is split; who
wrote an appendix is an author.
"""

import re
from collections.abc import Callable
from typing import Final

from index.papers.people.groups import is_group
from index.papers.people.leftovers import Reason

Entry = tuple[str, str, str]
"""Last name, first name, suffix."""

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
_INVERTED = re.compile(
    r",\s?(?:(?:[^\W\d_]{1,2}\.[\s-]?){1,5}|[A-Z](?:[\s-]?[A-Z]){0,3}\s?)(?:,|$|and\b)"
)
_TAKEN: Final[tuple[tuple[Reason, re.Pattern[str], str], ...]] = (
    ("orcid", _ORCID, " "),
    ("email", _ADDRESS, " "),
    ("mark", _RAISED, " "),
)
_MANY = re.compile(
    r"(?:\b[Tt]he\s+)?(?<![\w.-])(?P<names>(?:(?=[A-Z][a-z+/-]{0,12}[A-Z0-9])[A-Z][\w+/-]{0,24}\s?,\s*){1,6}"
    r"(?:the\s+)?[A-Z][\w+/-]{0,24})\s+(?P<kind>[Cc]ollaboration|[Tt]eam)s\b"
)
_INITIALS = re.compile(
    r"(?:[^\W\d_]{1,2}\.[\s-]{0,2}){1,5}|[^\W\d_](?:[\s-][^\W\d_]){0,3}|[A-Z]{2,3}"
)
_SUFFIX = re.compile(r"[JS]r\.?|I{2,3}|IV")
_PARTS = re.compile(r",?\s+and\s+|\s?[,&]\s?")
_BETWEEN = re.compile(r"\s*;\s*(?:and\s+)?")
_MOST_WORDS = 3  # of a last name
_WIDE = str.maketrans(
    {"、": ", ", "，": ", ", "；": "; ", "（": "(", "）": ")", "：": ": "}
)


def is_plain(text: str) -> bool:
    """Tell, for most texts, that they hold only names, commas and `and`."""
    return not (_ODD.search(text) or any(part in text for part in _PERHAPS))


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
    """Tell whether a text says what somebody did: `with an appendix by Jane Doe`."""
    return bool(_HINT.search(text) and _ROLE.search(text))


def _may_hold(reason: Reason, line: str) -> bool:
    """Tell quickly whether a line may hold what is left out for a reason."""
    if reason == "email":
        return "@" in line
    if reason == "orcid":
        return "-" in line
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


def read_inverted(line: str) -> list[Entry] | None:
    """Return the names of a line that has last names first, or None if it has not.

    `Smith, J., Doe, A. B.`; `Smith, John; Doe, Jane`; `Smith, John and Doe, Jane`.
    """
    if "," not in line:
        return None
    ways = [_BETWEEN.split(line)] if ";" in line else []
    if line.count(",") == line.count(" and ") + 1:
        ways.append(line.split(" and "))
    for parts in ways:
        if len(parts) > 1 and (entries := _pair(parts)):
            return entries
    if not _INVERTED.search(line):
        return None
    return _read_initials([part for part in _PARTS.split(line) if part])


def _pair(parts: list[str]) -> list[Entry] | None:
    """Return entries if each part is one name with its last name first."""
    entries: list[Entry] = []
    for part in filter(None, (part.strip(" ,") for part in parts)):
        last, comma, first = part.partition(",")
        if not comma and is_group(part):
            entries.append((part, "", ""))
        elif comma and _is_last(last) and _is_first(first.strip()):
            entries.append((last.strip(), first.strip(), ""))
        else:
            return None
    return entries if len(entries) > 1 else None


def _is_last(name: str) -> bool:
    words = name.split()
    return len(words) == 1 or (1 < len(words) <= _MOST_WORDS and words[0][:1].islower())


def _is_first(name: str) -> bool:
    words = name.split()
    return bool(words) and "," not in name and len(words) <= _MOST_WORDS


def _read_initials(parts: list[str]) -> list[Entry] | None:
    """Return entries if every last name is followed by initials, and by nothing else."""
    entries: list[Entry] = []
    waiting = ""
    for part in parts:
        if waiting:
            if not _INITIALS.fullmatch(part):
                return None
            entries.append((waiting, part, ""))
            waiting = ""
        elif entries and _SUFFIX.fullmatch(part):
            entries[-1] = (*entries[-1][:2], part)
        elif is_group(part):
            entries.append((part, "", ""))
        elif "." in part or not _is_last(part):
            return None
        else:
            waiting = part
    is_told = any("." in first or first.isupper() for _, first, _ in entries if first)
    return entries if is_told and not waiting else None
