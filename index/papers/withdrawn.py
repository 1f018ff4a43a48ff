"""Withdrawn papers: the rule by which comments and abstracts say so.

arXiv keeps the record of a withdrawn paper, and its authors or arXiv's administrators
say in the comments, or in place of the abstract, that it is withdrawn. The rule:

    comments  a clause that says of this work that it is withdrawn or retracted: "This
              paper has been withdrawn by …", "Withdrawn due to …", "We withdraw it", "… to
              be withdrawn". Not so: a part of the work ("Lemma 2 is withdrawn"), another
              paper, an earlier version, a withdrawal from a journal or a conference
              Other words for it, "removed by arXiv", are in index/papers/removals. One
              letter of the word may be wrong: "wthdrawn"
    abstract  its first sentence says so of this work, or its last, or any of a short one
    versions  the last has the source type I (OAI-PMH's arXivRaw): index/sources/record

Every expression takes time in proportion to the text, which is bounded besides: only the
first `_LONGEST` characters of a comment or of a sentence are read.
"""

import re
from collections.abc import Iterator
from string import ascii_lowercase

from index.papers.removals import find_removal, may_be_removal, states_removal
from index.substrings import has_any

_WORK = (
    r"(?:papers?|articles?|(?:pre-?|e-?)prints?|submissions?|manuscripts?|notes?|thesis"
    r"|documents?|drafts?|reports?|works?|letter|chapter|contribution|publication|comment"
    r"|version|study|file|proposal|survey|review|upload)"
)
_GONE = (
    r"(?:withdrawn?|withdrawed|withdrew|withdrawa?l|withdrawan|retract(?:ed)?|with\s?drawn)"
)
_LINK = (
    r"(?:has|have|had|is|are|was|were|will|must|should|to|be|being|been|now|hereby"
    r"|temporarily|currently|already|therefore|thus|voluntarily|since|also|so|formally|bee|ha"
    r"|officially|permanently|partially|admini?stratively|momentarily|beenbeen|needs?|can"
    r"|by\s+(?:the|its|all)\s+authors?|as\s+of\s+now)"
)
_THIS = r"(?:this|these|the|th|his|our|my|present|above|current|whole|entire|it)"

_OF_WORK = re.compile(
    rf"(?:(?<![^\W\d_])[^\W\d_]+\s+)?\b{_WORK}\b(?:\s*\([^()]*\))?(?:,?\s+{_LINK})*"
    rf",?\s+{_GONE}\b",
    re.IGNORECASE,
)
_AT_LENGTH = re.compile(
    rf"\b(?:this|our|my|the)\s+(?:[^\W\d_]+\s+)?{_WORK}\b[^.;:\d]{{0,60}}?\b(?:{_LINK}\s+)+{_GONE}\b"
    rf"|\b(?:this|it)\s+(?:{_LINK}\s+)+{_GONE}\b"
    rf"|\b(?:reasons?|request(?:ing|s)?|prompt(?:ed|s)?)\s+(?:for\s+|the\s+|this\s+|its\s+)*withdraw(?:al|n)?\b"
    rf"|\b(?:better|prefer(?:red)?|best|agreed)\b[^.;:\d]{{0,40}}?\bto\s+withdraw\s+{_THIS}\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"[\W_]*(?:(?:arxiv\s+)?(?:admin\s+)?note:?\s*)?(?:{_LINK}\s+)*"
    rf"(?:withdrawn|retracted|withdrawal(?!\s+(?!of|due|by|because|since|request|notice|on|for|note)[a-z])|withdrawed|withdrew|withdraw(?=\s*$|\s+(?:due|this|it|because|since|for|as|until|by)\b))\b"
    rf"|[\W_]*withdrawing\b(?!\s+(?:the\s+)?(?:earlier|previous|first|experiment))",
    re.IGNORECASE,
)
_BY_AUTHOR = re.compile(
    rf"(?<!\bone )\b(?:authors?|we|i|submitters?|administrators?|admin)\b"
    rf"(?!\s+(?:stud|model|analy[sz]|examin|investigat|explor|discuss|consider|present|predict))"
    rf"[^.;]{{0,80}}?\b"
    rf"(?:withdraw(?:n|al|ing|ed|s)?|withdrew|retract(?:ed|ing|s)?)\b"
    rf"(?:\s+(?:{_THIS}|of|from|ar-?xiv)\b|\s+{_WORK}\b|\s*$)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:want|wish|like|need|decided?|request(?:ed)?|please|going|ought|has|have|had)\s+(?:to\s+)?"
    r"(?:be\s+)?(?:withdraw(?:n|a?l)?|retract(?:ed)?)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:previous|preceding|former|earlier|older|prior|companion|another|other|original|first|initial|supersedes?"
    r"|replaces?|replacement|not|never|un-?withdrawn|erroneously|mistakenly|conference|workshop"
    r"|that|which|when|latter|(?:of|on|about|among)\s+(?:papers|articles|preprints|manuscripts)|claims?|versions|version\s*\d)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\bsubmission\s+to\s+(?!ar-?xiv)|\b(?:withdrawn|withdrew|withdraw|retracted)(?:\s+\w+){0,3}\s+from\s+(?:the\s+|its\s+|a\s+)?"
    r"(?:journals?|conference|proceedings|review|publication|workshop|phys|press|plos|nature|ieee"
    r"|icml|iclr|neurips|nips|aaai|acl|emnlp|cvpr|iccv)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?<!\bv)(?<!\bver)(?<![.;!?])[.;!?]+(?:\s+|$)|\s+--+\s+|\n|(?=\()|(?<=\))|,\s+(?=(?:[Tt]emporarily\s+)?"
    r"[Ww](?:ithdrawn|ITHDRAWN)\b)|\s+(?=W(?:ithdrawn|ITHDRAWN|ithdraw due)\b)"
)
_SUBMITTED = re.compile(r"\b(?:accept|submi|review|journal)\w*", re.IGNORECASE)
_LABEL = re.compile(r"\b(?:v|ver|version)\.?\s*(\d{1,2})\b[^:;.,]{0,20}:", re.IGNORECASE)
_ID_BEFORE = re.compile(
    r"(?:\d{4}\.\d{4,5}|[a-z-]+/\d{7})(?:v\d+)?[\s(\[]*$", re.IGNORECASE
)
_STEMS = ("ithdra", "ithdre", "etract", "ITHDRA", "ETRACT", "ith drawn", "ith-", "ITH-")
_STATES = re.compile(
    rf"\W*(?:abstract:?\s*)?(?:\b{_THIS}\s+)*(?:[^\W\d_]+\s+)?\b{_WORK}\b(?:\(s\))?(?:,?\s+{_LINK})*\s+"
    r"(?:withdrawn|retracted)\b"
    rf"|\W*(?:the\s+)?(?:authors?|we|i)\s+(?:{_LINK}\s+)*(?:withdraw[ns]?|withdrew|retract(?:ed)?)\s+"
    rf"{_THIS}\s+{_WORK}\b"
    r"|\W*(?:temporarily\s+)?withdrawn\b(?!\s+(?:from|into|through|at)\b)",
    re.IGNORECASE,
)
_BESIDE = 15  # characters beside what is withdrawn that tell whether it is another work
_NO_CLAUSE = " \n.;!?()-"
_NO_END = ".;!?rv"  # before a full stop: `ver. 2` goes on, and perhaps others
_SHORT = 300  # characters of an abstract that says little else
_LONGEST = 2_000  # characters of a comment or of a sentence that are read
_ID_LENGTH = 60  # characters before a clause that may hold an id
_PARTED = re.compile(r"\b(with)[-‐‑\xad]\s?(dr[ae]w)", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")


def _list_slips(word: str) -> Iterator[str]:
    """Yield what one slip makes of a word, behind its first letter: `wthdrawn`."""
    for at in range(1, len(word) + 1):
        before, behind = word[:at], word[at:]
        yield before + behind[1:]
        yield before + behind[1:2] + behind[:1] + behind[2:]
        for letter in ascii_lowercase:
            yield before + letter + behind
            yield before + letter + behind[1:]


_SPELLED = re.compile(r"\bw[a-z]{6,10}\b", re.IGNORECASE)
_RIGHT = frozenset("withdraw withdraws withdrawn withdrawal withdrawals withdrew".split())
_SLIPS = {
    slip: word
    for word in ("withdraw", "withdrawal", "withdrawn")
    for slip in _list_slips(word)
    if slip not in _RIGHT
}


def is_withdrawn(comments: str | None, abstract: str) -> bool:
    """Tell whether a paper's comments or abstract say that it is withdrawn."""
    comments = _SPELLED.sub(_mend_slip, comments or "")
    return bool(
        (comments and _has_word(comments) and _is_said_in_comments(comments))
        or (_has_word(_cut_middle(abstract)) and _is_said_in_abstract(abstract))
    )


def _mend_slip(found: re.Match[str]) -> str:
    word = found[0]
    meant = _SLIPS.get(word.lower(), "")
    if not meant:
        return word
    if word.isupper():
        return meant.upper()
    return meant.capitalize() if word[0].isupper() else meant


def _has_word(text: str) -> bool:
    """Tell whether a text has one of the words at all: quick, and false of most papers."""
    return has_any(text, _STEMS) or may_be_removal(text)


def _cut_middle(text: str) -> str:
    """Return the ends of a long text, which hold its first and its last sentence."""
    if len(text) <= _SHORT:
        return text
    last = len(text.rstrip(_NO_CLAUSE))
    start = len(text) - len(text.lstrip(_NO_CLAUSE))
    first = text.find(". ", start)
    while first > 0 and text[first - 1] in _NO_END:
        first = text.find(". ", first + 1)
    last = text.rfind(". ", 0, last)
    while last > 0 and text[last - 1] in _NO_END:
        last = text.rfind(". ", 0, last)
    return f"{text[:first]} {text[last:]}" if 0 < first < last else text


def _join_blanks(text: str) -> str:
    """Return a text with one blank, or one line break, for each run of them.

    A hyphen within `with-drawn` goes.
    """
    text = _PARTED.sub(r"\1\2", text)
    return _BLANKS.sub(lambda run: "\n" if "\n" in run[0] else " ", text)


def _is_said_in_comments(text: str) -> bool:
    text = _join_blanks(text[: 2 * _LONGEST])[:_LONGEST]
    labels = [(found.end(), int(found[1])) for found in _LABEL.finditer(text)]
    last = max((number for _, number in labels), default=0)
    for start, clause in _split_clauses(text):
        if not _has_word(clause):
            continue
        end = start + len(clause)
        version = next((n for place, n in reversed(labels) if place <= end), last)
        if version == last and _says_so(_LABEL.sub("", clause), text[:start]):
            return True
    return False


def _split_clauses(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for cut in _CLAUSE.finditer(text):
        yield start, text[start : cut.start()]
        start = cut.end()
    yield start, text[start:]


def _says_so(clause: str, before: str) -> bool:
    if _ELSEWHERE.search(clause):
        return False
    if _BARE.match(clause):
        follows = before.rstrip().endswith(",")
        beside = _ID_BEFORE.search(before[-_ID_LENGTH:]) or _OTHER.search(before[-_BESIDE:])
        return not (beside or (follows and _SUBMITTED.search(before)))
    found = (
        _AT_LENGTH.search(clause)
        or _OF_WORK.search(clause)
        or _BY_AUTHOR.search(clause)
        or _ASKED.search(clause)
    )
    if not found and (removal := find_removal(clause)):
        return not _OTHER.search(removal[0])
    return found is not None and not _OTHER.search(
        clause[found.start() : found.end() + _BESIDE]
    )


def _is_said_in_abstract(text: str) -> bool:
    text = _join_blanks(text)
    sentences = [clause for _, clause in _split_clauses(text) if clause.strip(_NO_CLAUSE)]
    if len(text) > _SHORT and sentences:
        sentences = [sentences[0], sentences[-1]]
    return any(_states_it(sentence[:_LONGEST]) for sentence in sentences)


def _states_it(sentence: str) -> bool:
    found = _STATES.match(sentence)
    if not found and states_removal(sentence):
        return not _OTHER.search(sentence[:_SHORT])
    return found is not None and not _OTHER.search(found[0])
