"""Leads: what stands before an id or between ids, and says nothing more than they do.

`arxiv id: 2401.00001`, `doi: 2401.00001`, `2401.00001 | 2401.00002`. Before anything
else, a word of the language with its colon would ask for a field. A field with its value
(`id:2401.00001`, without a blank) stays one. Nor do blanks say anything that a scan has
left in an id: `arXiv: 1706 .03762`.
"""

from index.papers.mentions import find_mentions, join_blanks
from index.search.query.lexer import DAY_NAMES, FIELD_NAMES

_LABELS = frozenset(f"{name}:".lower() for name in (*FIELD_NAMES, *DAY_NAMES))
_JOINTS = frozenset(("|", "OR", "AND", "+", "/"))


def drop_leads(text: str) -> str:
    """Return a query's text without the labels and signs that only lead to ids."""
    text = join_blanks(text)
    words = text.split()
    kept = [word for at, word in enumerate(words) if not _is_lead(words, at)]
    return " ".join(kept) if len(kept) < len(words) else text


def _is_lead(words: list[str], at: int) -> bool:
    """Tell whether a word is a label before an id, or a sign between two."""
    word, follows = words[at], words[at + 1 : at + 2]
    if word in _JOINTS:
        return at > 0 and bool(follows) and _is_id(words[at - 1]) and _leads_on(words, at)
    return word.strip("([\"'").lower() in _LABELS and bool(follows) and _is_id(follows[0])


def _leads_on(words: list[str], at: int) -> bool:
    """Tell whether an id follows a word, or a label and an id."""
    follows = words[at + 1 : at + 3]
    return _is_id(follows[0]) or (
        follows[0].lower() in (*_LABELS, "arxiv:") and _is_id(follows[-1])
    )


def _is_id(word: str) -> bool:
    """Tell whether a word is an id, whatever stands around it, and nothing else."""
    found = find_mentions(word)
    return bool(found.ids) and not found.rest
