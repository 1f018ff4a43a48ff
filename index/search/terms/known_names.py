"""Known names: the keys of a library that find a written name."""

from typing import Protocol

from index.search.terms.asked_names import part_glued, read_author
from index.search.terms.spellings import spell_name

_FEWEST = 3  # papers of a last name from which on it can be told from a given name
_SHARE = 0.7  # of the papers with a word in a name, in which it is the last name


class Frequencies(Protocol):
    """Tells how common a term is; tantivy's Searcher provides it."""

    def doc_freq(self, field_name: str, field_value: str) -> int:
        """Return in how many documents a field has a term."""
        ...


class KnownNames:
    """Finds the keys that a written name asks for in an immutable library."""

    def __init__(self, frequencies: Frequencies) -> None:
        """Take what knows how common terms are."""
        self._frequencies = frequencies

    def find_keys(self, name: str) -> frozenset[str]:
        """Return the keys of the likeliest reading that has papers; none where none has.

        Readings with whole names come before those with initials alone.
        """
        readings = list(read_author(name, self._is_family))
        for reading in readings:
            if any(self.count(key) for key in reading if "." not in key):
                return reading
        for reading in readings:
            if any(map(self.count, reading)):
                return reading
        return frozenset()

    def spell(self, name: str) -> frozenset[str]:
        """Return the other spellings of a name of one word that are last names."""
        spelled = (*spell_name(name), *part_glued(name))
        return frozenset(key for key in spelled if self.count(key))

    def count(self, key: str) -> int:
        """Return in how many papers an author has a key."""
        return self._frequencies.doc_freq("author", key)

    def _is_family(self, word: str) -> bool:
        papers = self.count(word)
        named = self._frequencies.doc_freq("authors", word)
        return papers >= _FEWEST and papers > _SHARE * named
