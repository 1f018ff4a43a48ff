"""More like this: a query made of the most characteristic words of a text."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import tantivy
from tantivy import Occur

from index.search.tantivy.terms import idf, stem_words
from index.search.terms.known_names import Frequencies

FIELD = "all"
_K1 = 1.2  # tantivy's, with which its BM25 saturates


@dataclass(frozen=True, slots=True)
class Telling:
    """A stem, its weight in the query, and the most that it can add to a score."""

    stem: str
    weight: float
    most: float


def choose_words(
    text: str, statistics: Frequencies, papers: int, most: int
) -> Sequence[Telling]:
    """Return the stems of a text with the greatest tf-idf, at most so many.

    Both factors are damped as in BM25. A stem of one paper only is that of the text
    itself, or a slip, and is left out where there are many papers.
    """
    counts = Counter(stem_words(text))
    found = []
    for stem, count in counts.items():
        frequency = statistics.doc_freq(FIELD, stem)
        if frequency < _LEAST or len(stem) < _SHORTEST:
            continue
        weight = count / (count + _K1)
        rarity = idf(papers, frequency)
        found.append(Telling(stem, weight, weight * rarity * (1 + _K1)))
    found.sort(key=lambda word: word.most, reverse=True)
    return found[:most]


_LEAST, _SHORTEST = 2, 2  # papers with a stem; letters of it


def compile_words(words: Sequence[Telling], schema: tantivy.Schema) -> tantivy.Query:
    """Return a flat query for any of the words."""

    def clauses() -> Iterator[tuple[Occur, tantivy.Query]]:
        for word in words:
            term = tantivy.Query.term_query(schema, FIELD, word.stem, index_option="freq")
            yield Occur.Should, tantivy.Query.boost_query(term, word.weight)

    return tantivy.Query.boolean_query(list(clauses()))
