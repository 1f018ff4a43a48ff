"""Author keys: the terms under which authors are indexed and looked up.

A key is a folded name in the order last, first, middle. `Stephen W. Hawking` has

    hawking · hawking s · hawking s w · hawking stephen · hawking stephen w

A first name that is an initial only has a dot (`hawking s.`), and `-` stands where a
middle name would be. A particle may be left out: `van der Waals` is `waals` too. An
author has the keys of each reading of the name (index/papers/people/readings.py), in each
spelling (`O'Brien` is `obrien` too, index/search/terms/spellings.py).
"""

from collections.abc import Iterator

from index.papers.paper import Author
from index.papers.people.readings import list_readings
from index.search.terms.spellings import shorten_given, spell_given, spell_last

VERSION = 3
"""Grows when authors have more keys than before. 1: one reading, one spelling. 2: no
`thooft`, nor words of names beside others (王伟)."""

NO_MIDDLE = "-"


def make_author_keys(author: Author) -> frozenset[str]:
    """Return the keys of an author."""
    keys: set[str] = set()
    for read in list_readings(author):
        _add_keys(keys, read)
    return frozenset(keys)


def _add_keys(keys: set[str], author: Author) -> None:
    lasts = [name for name in spell_last(author.last) if name]
    given = spell_given(author.first) if author.first else ()
    if given and (short := shorten_given(author.first)):
        given = (*given, short)
    if given:
        lasts += [part for name in lasts if " " in name for part in _ends_of(name)]
    keys.update(lasts)
    for names in given:
        initial, name = names[0][0], names[0]
        if len(name) == 1:
            name += "."
        middle = names[1][0] if len(names) > 1 else NO_MIDDLE
        for last in lasts:
            keys.add(f"{last} {initial}")
            keys.add(f"{last} {initial} {middle}")
            keys.add(f"{last} {name}")
            keys.add(f"{last} {name} {middle}")


def _ends_of(name: str) -> Iterator[str]:
    """Yield what is left of a last name without its first words."""
    words = name.split()
    yield from (" ".join(words[at:]) for at in range(1, len(words)))
