"""Removals: a withdrawal in other words: removed by arXiv, pulled, taken down, recalled.

Parts of a work are removed far more often than works are. So a clause counts only where
the work itself is what is removed, or where nothing is named and it says by whom or why.
"""

import re

from index.substrings import has_any

_WORK = (
    r"(?:papers?|articles?|(?:pre-?|e-?)prints?|submissions?|manuscripts?|documents?|drafts?"
    r"|works?|publication|upload)"
)
_REMOVED = (
    r"(?:removed|pulled|deleted|recalled|rescinded|revoked|cancell?ed|annulled|retired"
    r"|taken\s+(?:down|back|off)|unpublished\s+by)"
)
_REMOVE = (
    r"(?:remove|pull|delete|recall|rescind|revoke|cancel|annul|take\s+down|take\s+back)"
)
_LINKS = (
    r"(?:,?\s+(?:has|have|had|is|are|was|were|being|been|be|now|hereby|since|also|will|must"
    r"|should|to|temporarily|permanently|voluntarily|formally|administratively)){0,5}"
)
_WHO = (
    r"(?:arxiv|(?:the\s+|its\s+|all\s+)?(?:authors?|admin\w*|moderat\w+|submitters?)\b"
    r"|me\b|us\b)"
)
_WHY = r"(?:copyright|licen[sc]e|rights|violation|plagiari\w+|policy|infring\w+)"
_NOTE = r"[\W_]*(?:(?:arxiv[\s-]+)?admin\w*\s+note:?\s*)?"
_THIS = (  # not "a part of the paper"
    r"(?<!\bof )(?<!\bin )(?<!\binto )(?<!\bfrom )(?<!\bwith )(?<!reviously, )"
    r"\b(?:this|our|my|the)\s+"
)

_OF_WORK = re.compile(
    rf"(?:\A{_NOTE}|\bso\s|{_THIS}){_WORK}{_LINKS}\s+{_REMOVED}(?!\s+from\s+(?!ar-?xiv))\b"
    rf"|{_THIS}version{_LINKS}\s+{_REMOVED}\b(?=.{{0,120}}?\b(?:arxiv|{_WHY}))"
    rf"|\bthis\s+(?:{_WORK}|version){_LINKS}\s+no\s+longer\s+available\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"{_NOTE}{_REMOVED}\s+(?:by\s+{_WHO}|at\s+the\s+request\s+of\b"
    rf"|(?:because\s+of|due\s+to|for)\s+(?:an?\s+|the\s+|serious\s+|fatal\s+|several\s+){{0,3}}"
    rf"(?:errors?|mistakes?|gaps?|flaws?|{_WHY})\b)"
    r"|[\W_]*retraction(?:\s+notice)?\s*(?:[:.]|$)",
    re.IGNORECASE,
)
_BY_AUTHOR = re.compile(
    rf"\b(?:authors?|we|i|submitters?|administrators?)\b(?:\s+\w+){{0,4}}?\s+"
    rf"(?:{_REMOVED}|{_REMOVE})\s+(?:this|our|my|the\s+(?:whole|entire|present))\s+{_WORK}\b"
    rf"|\b(?:disregard|ignore)\s+this\s+{_WORK}\b"
    rf"|\bthis\s+{_WORK}\s+(?:should|must|is\s+to)\s+be\s+(?:disregarded|ignored)\b",
    re.IGNORECASE,
)
_STEMS = (
    *("remove", "pull", "delete", "recall", "rescind", "revoke", "cancel", "annul"),
    *("retired", "taken ", "take ", "no longer", "disregard", "ignore", "retraction"),
    "unpublished by",
)


def may_be_removal(text: str) -> bool:
    """Tell whether a text has one of the words at all."""
    return has_any(text.lower(), _STEMS)


def find_removal(clause: str) -> re.Match[str] | None:
    """Return where a clause says that the work is removed, or None."""
    return _BARE.match(clause) or _OF_WORK.search(clause) or _BY_AUTHOR.search(clause)


def states_removal(sentence: str) -> bool:
    """Tell whether a sentence of an abstract begins with the work's removal."""
    return bool(_OF_WORK.match(sentence) or _BARE.match(sentence))
