"""Author keys: the terms under which authors are indexed and looked up.

A key is a folded name in the order last, first, middle. `Stephen W. Hawking` has

    hawking · hawking s · hawking s w · hawking stephen · hawking stephen w

A first name that is an initial only has a dot (`hawking s.`), and `-` stands where a
middle name would be. A particle may be left out: `van der Waals` is `waals` too. An
author has the keys of each reading of the name (index/papers/people/readings.py), in each
spelling (`O'Brien` is `obrien` too, index/search/terms/spellings.py).
"""

from collections.abc import Iterator
from functools import lru_cache

from index.papers.paper import Author
from index.papers.people.readings import list_readings
from index.search.terms.spellings import shorten_given, spell_given, spell_last

VERSION = 2
"""Grows when authors have more keys than before. 1: one reading, one spelling."""

NO_MIDDLE = "-"


@lru_cache(maxsize=65_536)
def make_author_keys(author: Author) -> frozenset[str]:
    """Return the keys of an author."""
    return frozenset(key for read in list_readings(author) for key in _keys_of(read))


def _keys_of(author: Author) -> Iterator[str]:
    lasts = {name for name in spell_last(author.last) if name}
    given = spell_given(author.first) if author.first else ()
    if given and (short := shorten_given(author.first)):
        given = (*given, short)
    if not given:
        yield from lasts
        return
    lasts |= {part for name in lasts for part in _ends_of(name)}
    for last in lasts:
        yield last
        yield from (f"{last}{key}" for names in given for key in _given_keys(names))


def _ends_of(name: str) -> Iterator[str]:
    """Yield what is left of a last name without its first words."""
    words = name.split()
    yield from (" ".join(words[at:]) for at in range(1, len(words)))


def _given_keys(first: tuple[str, ...]) -> Iterator[str]:
    name = first[0] if len(first[0]) > 1 else f"{first[0]}."
    middle = first[1][0] if len(first) > 1 else NO_MIDDLE
    yield f" {first[0][0]}"
    yield f" {first[0][0]} {middle}"
    yield f" {name}"
    yield f" {name} {middle}"
