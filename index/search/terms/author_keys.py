"""Author keys: the terms under which authors are indexed and looked up.

A key is a folded name in the order last, first, middle. `Stephen W. Hawking` has

    hawking · hawking s · hawking s w · hawking stephen · hawking stephen w

A first name that is an initial only has a dot (`hawking s.`), and `-` stands where a
middle name would be. A particle may be left out: `van der Waals` is `waals` too.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from index.papers.names import read_authors
from index.papers.paper import Author

_WORDS = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ħ": "h",
        "ŋ": "n",
    }
)
_NO_MIDDLE = "-"


def fold_name(name: str) -> str:
    """Return a name in lower case, without accents and signs, one space apart."""
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name)
        name = "".join(c for c in name if not unicodedata.combining(c))
    return " ".join(_WORDS.findall(name.casefold().translate(_LETTERS)))


@lru_cache(maxsize=65_536)
def make_author_keys(author: Author) -> frozenset[str]:
    """Return the keys of an author."""
    last, first = fold_name(author.last), fold_name(author.first).split()
    lasts = {last, last.rpartition(" ")[2]} if first else {last}
    return frozenset(
        f"{name}{given}" for name in lasts if name for given in _given_keys(first)
    )


def read_author(text: str) -> Iterator[frozenset[str]]:
    """Yield the sets of keys that a written name may ask for, the likeliest first.

    `Hawking, S` and `hawking_s` have the last name first; without comma or underscore
    it comes last, or, as the name may be all of a last name or turned round, else.
    A first name finds its initial too, an initial all first names; where one of two
    names has no middle name, it does not count.
    """
    before, comma, after = text.partition(",")
    if comma:
        yield _asked(fold_name(before), fold_name(after).split())
        return
    words = fold_name(text.replace("_", " ")).split()
    if not words:
        return
    whole = " ".join(words)
    if "_" in text:
        if len(words[-1]) == 1:
            yield _asked(" ".join(words[:-1]), words[-1:])
        yield frozenset({whole})
        yield _asked(words[0], words[1:])
        return
    author = next(iter(read_authors(text.replace(".", ". "))), None)
    if author and author.first:
        yield _asked(fold_name(author.last), fold_name(author.first).split())
    yield frozenset({whole})
    if len(words) > 1:
        yield _asked(words[-1], words[:-1])
        yield _asked(words[0], words[1:])


def _given_keys(first: list[str]) -> Iterator[str]:
    yield ""
    if not first:
        return
    name = first[0] if len(first[0]) > 1 else f"{first[0]}."
    middle = first[1][0] if len(first) > 1 else _NO_MIDDLE
    yield f" {first[0][0]}"
    yield f" {first[0][0]} {middle}"
    yield f" {name}"
    yield f" {name} {middle}"


def _asked(last: str, first: list[str]) -> frozenset[str]:
    if not last or not first:
        return frozenset({last} if last else ())
    given, *middle = first
    names = [given] if len(given) == 1 else [given, f"{given[0]}."]
    if not middle:
        return frozenset(f"{last} {name}" for name in names)
    middles = (middle[0][0], _NO_MIDDLE)
    return frozenset(f"{last} {name} {second}" for name in names for second in middles)
