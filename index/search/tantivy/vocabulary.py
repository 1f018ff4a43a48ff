"""The vocabulary of a snapshot, read from the term dictionaries of its tantivy index."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import tantivy

from index.search.engine import Completed, Size
from index.search.query.tree import Leaf
from index.search.tantivy.sizes import Sizes
from index.search.tantivy.terms import split_words, stem_words

_AS_WRITTEN = ("title_words", "abstract_words")
_REMEMBERED = 4_096
_COMPLETED = {Completed.TITLE: "title_key", Completed.AUTHOR: "author_name"}


class FulltextVocabulary:
    """Fulfils Vocabulary with tantivy's term dictionaries. It searches nothing."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        """Take a searcher of an immutable index."""
        self._searcher = searcher
        self._size = lru_cache(_REMEMBERED)(Sizes(searcher).measure)

    def stems(self, text: str) -> Sequence[str]:
        """Return the terms that a text's words are looked for as, in order."""
        return stem_words(text)

    def split(self, text: str) -> Sequence[str]:
        """Return a text's words as they stand but for case and accents, in order."""
        return split_words(text)

    def frequency(self, word: str) -> int:
        """Return in how many titles, abstracts or names at most a word stands as it is."""
        fields = (*_AS_WRITTEN, "authors")
        return max(self._searcher.doc_freq(field, word) for field in fields)

    def frequencies(self, word: str) -> tuple[int, int]:
        """Return in how many titles and in how many abstracts a word stands as it is."""
        titles, abstracts = (self._searcher.doc_freq(field, word) for field in _AS_WRITTEN)
        return titles, abstracts

    def size(self, leaf: Leaf) -> Size:
        """Return how much there is to read for a leaf. See Vocabulary.size."""
        return self._size(leaf)

    def words(self, minimum: int) -> Iterator[tuple[str, int]]:
        """Yield all words that are in at least `minimum` papers, and in how many."""
        most: dict[str, int] = {}
        for field in ("abstract_words", "title_words", "authors"):
            for word, count in self._searcher.terms_with_prefix(field, ""):
                if count >= minimum:
                    most[word] = max(most.get(word, 0), count)
        yield from most.items()

    def complete(
        self, what: Completed, beginning: str, limit: int
    ) -> Sequence[tuple[str, int]]:
        """Return what begins so, with its number of papers, most first."""
        field = _COMPLETED[what]
        return self._searcher.terms_with_prefix(field, beginning, limit=limit)
