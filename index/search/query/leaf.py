"""A leaf of a query: one word or phrase, and the field in which it is looked for."""

import re
import unicodedata
from math import comb

from index.errors import BadId
from index.papers.arxiv_id import ArxivId
from index.papers.categories import canonicalize_code
from index.papers.people.native import join_native
from index.search.query.days import read_days
from index.search.query.lexer import Notify, Token
from index.search.query.tree import Field, Fuzzy, Leaf, Phrase, Prefix, Term
from index.search.terms.cjk import cut_for_query, has_cjk

MIN_PREFIX = 2
"""Letters a prefix needs: one is the beginning of a tenth of all words."""

MIN_FUZZY = {1: 3, 2: 5}
"""Letters a word needs so that so many of them may be wrong."""

WAYS = 20_000
"""In how many ways the words of a phrase may lie apart. An engine may try them all, and
keep them: twelve words at most 99 places apart take it minutes and gigabytes."""

_HAS_WORD = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W_]+")
_BUT_TAIL = re.compile(r".*[\w)*~+#]", re.DOTALL)
_LEADING = re.compile(r"^[\W_]+")
_BUT_TRAILING = re.compile(r".*(?:[^\W_]|\))", re.DOTALL)
_LANGUAGE = re.compile(r"(?<=[^\W_])(?:\+\+|#)$")  # C++, C#
_PREFIX = re.compile(r"(.*?)\*+", re.DOTALL)
_FUZZY = re.compile(r"(.*)~(\d?)", re.DOTALL)
_INNER_STAR = re.compile(r"\w\*\w")
_MOST_WRONG = max(MIN_FUZZY)
_MAY_BE_MISSING = (
    *(Field.COMMENTS, Field.JOURNAL, Field.REPORT),
    *(Field.DOI, Field.WITHDRAWN),
)


def read_leaf(  # noqa: C901, PLR0911  one for each kind of field
    token: Token, where: Field, notice: Notify
) -> Leaf | None:
    """Return what a word, a phrase or a date asks for, or None where that is nothing."""
    if token.kind == "days":
        return _days(token, notice)
    text = " ".join(token.text.split())
    if not _HAS_WORD.search(text):
        if where in _MAY_BE_MISSING and text == "*":
            return Prefix(where, "")
        if any(unicodedata.category(c)[0] not in "PZ" for c in text):
            notice("unreadable", text=text[:40])
        return None
    match where:
        case Field.CATEGORY:
            return _category(text, notice)
        case Field.ID:
            return Term(where, _canonical_id(text))
        case Field.DOI:
            return _doi(text)
        case Field.WITHDRAWN:
            return _word(text, Field.ANY, notice)  # it has no value: `withdrawn:*`
        case Field.AUTHOR if token.kind == "phrase":
            return Term(where, join_native(text) or _bare(text))
    if token.kind == "phrase":
        return _phrase(text, token.slop, where, notice)
    return _word(_cut_behind(_BUT_TAIL, text), where, notice)


def _phrase(text: str, slop: int, where: Field, notice: Notify) -> Leaf:
    """Return a phrase whose words do not lie apart in more ways than can be tried."""
    gaps = len(_WORD.findall(cut_for_query(text))) - 1
    most = next(s for s in range(slop, -1, -1) if gaps < 1 or comb(s + gaps, gaps) <= WAYS)
    if most < slop:
        notice("slop_limit", text=text[:40], limit=most)
    return Phrase(where, text, most)


def _word(text: str, where: Field, notice: Notify) -> Leaf:
    if match := _PREFIX.fullmatch(text):
        return _prefix(_bare(match[1]), where, notice)
    if (match := _FUZZY.fullmatch(text)) and _HAS_WORD.search(match[1]):
        return _fuzzy(_bare(match[1]), int(match[2] or 1), where, notice)
    word = _bare(text)
    if _INNER_STAR.search(word):
        notice("wildcard_inside", text=word[:40])
    return Term(where, word)


def _prefix(word: str, where: Field, notice: Notify) -> Leaf:
    if has_cjk(word[-1]):
        return Term(where, word)  # a run of characters matches within a longer one anyway
    if len(_HAS_WORD.findall(word)) < MIN_PREFIX:
        notice("short_prefix", prefix=word, letters=MIN_PREFIX)
        return Term(where, word)
    return Prefix(where, word)


def _fuzzy(word: str, distance: int, where: Field, notice: Notify) -> Leaf:
    if distance > _MOST_WRONG:
        notice("fuzzy_limit", limit=_MOST_WRONG)
        distance = _MOST_WRONG
    if not word.isalnum() or has_cjk(word):
        notice("fuzzy_word", text=word[:40])
        return Term(where, word)
    possible = [d for d in range(1, distance + 1) if len(word) >= MIN_FUZZY[d]]
    if len(possible) < distance:
        notice("fuzzy_short", word=word, distance=len(possible))
    return Fuzzy(where, word, possible[-1]) if possible else Term(where, word)


def _bare(text: str) -> str:
    """Return a word without the punctuation around it; C++ and C# keep theirs."""
    text = _LEADING.sub("", text)
    return text if _LANGUAGE.search(text) else _cut_behind(_BUT_TRAILING, text)


def _cut_behind(kept: re.Pattern[str], text: str) -> str:
    """Return what is kept from the start; an end would be sought at every sign."""
    found = kept.match(text)
    return found[0] if found else ""


def _days(token: Token, notice: Notify) -> Leaf | None:
    days = read_days(token.name, token.text)
    if days is None:
        notice("bad_date", field=token.name, value=token.text[:40])
    elif days.is_empty:
        notice("empty_range", field=token.name, value=token.text[:40])
    return days


def _category(text: str, notice: Notify) -> Term:
    code = canonicalize_code(text.removesuffix("*").removesuffix("."))
    if code is None:
        notice("unknown_category", category=text[:40])
    return Term(Field.CATEGORY, code or text)


def _doi(text: str) -> Leaf:
    try:
        return Term(Field.ID, ArxivId.parse(text).id)
    except BadId:
        doi = text.casefold()
    if doi.endswith("*") and " " not in doi:
        return Prefix(Field.DOI, doi.rstrip("*"))
    return Term(Field.DOI, doi)


def _canonical_id(text: str) -> str:
    try:
        return ArxivId.parse(text).id
    except BadId:
        return text
