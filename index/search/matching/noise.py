"""Noise: queries of several words that fingers wrote, not people."""

from index.search.query.tree import Query
from index.search.terms.gibberish import is_gibberish


def is_noise(query: Query) -> bool:
    """Tell whether all plain words of a query, two or more, are gibberish.

    Some paper has even `qqqq`; that it has one such word is no reason to show it.
    """
    words = query.words
    return len(words) > 1 and is_gibberish(" ".join(word.text for word in words))
