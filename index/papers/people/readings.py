"""Readings of a name: the ways to tell an author's family name from the given names.

arXiv splits `Luc Van Gool` before the last word. Whether `Van` belongs to the family name
cannot be told from the word alone, so both readings are indexed; exports choose one.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from index.papers.paper import Author
from index.papers.people.given_names import GIVEN_NAMES
from index.papers.people.groups import is_group, may_be_person

PARTICLES: Final = frozenset(
    "abd abdel abu af al ap av bar ben bin d da dal dall dalla dalle das de degli dei del "
    "della delle dello dem den der di do dos du e el fitz ibn la las le les lo los mac mc "
    "o op san santa st t te ten ter v van vande vanden vander ver vom von y zu zum "
    "zur".split()
)
"""Words, folded, that may begin a family name."""

_ALWAYS = frozenset(("el", "ben"))  # articles of Arabic and Hebrew, whoever bears them
_VIETNAMESE = frozenset(
    "bui cao chu dang dao dinh do doan dong duong ha ho hoang huynh lam le luong ly mai "
    "ngo nguyen pham phan phung quach ta to tong tran trinh truong vo vu vuong".split()
)
_INITIALS = re.compile(r"(?:[^\W\d_]\w?\.-?\s*)+|[^\W\d_]|[A-Z]{2,4}")
_GLUED = re.compile(r"[B-DF-HJ-NP-TV-XZ]{2,3}")  # no vowel, as in no name but Ng
_NG = "NG"


def list_readings(author: Author) -> Iterator[Author]:
    """Yield an author as given, then as the name may be read, too.

    Particles at the end of the first name may belong to the last name; letters in place
    of a last name are initials: `Kingma DP`; `Oliver Labs` is a group, or a person.
    """
    yield author
    if not author.first:
        yield from _read_group(author)
        return
    if (moved := _move_particles(author)) is not None:
        yield moved
    if _GLUED.fullmatch(author.last) and author.last != _NG and " " not in author.first:
        yield replace(author, last=author.first, first=" ".join(author.last))


@lru_cache(maxsize=4_096)
def keep_particles(author: Author) -> Author:
    """Return an author with the particles that belong to the family name put there.

    They do where what stands before them is an initial or a Western first name.
    """
    moved = _move_particles(author)
    if moved is None or _fold(author.last) in _VIETNAMESE:
        return author
    before = moved.first.split()[0]
    given = _fold(before.partition("-")[0])
    particle = _fold(moved.last.split()[0])
    is_whole = particle in _ALWAYS and " " not in moved.first
    if _INITIALS.fullmatch(before) or given in GIVEN_NAMES or is_whole:
        return moved
    return author


def _move_particles(author: Author) -> Author | None:
    """Return an author whose last name has the particles that end the first name."""
    words = author.first.split()
    start = len(words)
    while start > 1 and _is_particle(words[start - 1]):
        start -= 1
    if start in (0, len(words)):
        return None
    last = " ".join((*words[start:], author.last))
    return replace(author, last=last, first=" ".join(words[:start]))


def _is_particle(word: str) -> bool:
    """Tell whether a word is a particle: an initial never is, `'t` is."""
    bare = word.strip("'’`")
    if len(bare) == 1:
        return bare.islower() and bare in "tey"
    return not word.endswith(".") and _fold(bare) in PARTICLES


def _read_group(author: Author) -> Iterator[Author]:
    if is_group(author.last) and may_be_person(author.last):
        first, last = author.last.split()
        yield replace(author, last=last, first=first)


def _fold(word: str) -> str:
    if word.isascii() and word.isalpha():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if letter.isalpha())
