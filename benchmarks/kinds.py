"""Queries of nine kinds, drawn from real titles, abstracts and names."""

import random
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode

from index import Filters, Library, Paper
from index.search.query.joining import STOP_WORDS

_WORD = re.compile(r"[A-Za-z]{4,}")


def drawn(library: Library, chance: random.Random, count: int) -> dict[str, list[str]]:
    """Return so many query strings of each kind, as an address has them."""
    return {kind: draw(library, chance, count, make) for kind, make in KINDS.items()}


def draw(
    library: Library,
    chance: random.Random,
    count: int,
    make: Callable[[Paper, random.Random], dict[str, str] | None],
) -> list[str]:
    """Return so many query strings of one kind, none twice."""
    last = library.catalog.count()
    found: dict[str, None] = {}
    while len(found) < count:
        keys = [chance.randint(1, last) for _ in range(count)]
        for paper in library.catalog.by_keys(keys):
            if (asked := make(paper, chance)) and len(found) < count:
                found.setdefault(urlencode(asked))
    return list(found)


def understood(query: str) -> tuple[str, Filters]:
    """Return the text and the filters that an address asks for."""
    values = {name: found[0] for name, found in parse_qs(query).items()}
    text = values.pop("q", "")
    return text, Filters(**values)  # type: ignore[arg-type]  # cat and year are text


def telling(text: str) -> list[str]:
    """Return the words of a text that are no stop words, each once."""
    words = (word for word in _WORD.findall(text) if word.lower() not in STOP_WORDS)
    return list(dict.fromkeys(words))


def _words(count: int, of: str) -> Callable[[Paper, random.Random], dict[str, str] | None]:
    def make(paper: Paper, chance: random.Random) -> dict[str, str] | None:
        words = telling(getattr(paper, of))
        return {"q": " ".join(chance.sample(words, count))} if len(words) >= count else None

    return make


def _title(paper: Paper, _: random.Random) -> dict[str, str]:
    return {"q": paper.title}


def _phrase(paper: Paper, chance: random.Random) -> dict[str, str] | None:
    words = re.findall(r"[A-Za-z]+", paper.abstract)
    length = chance.choice((2, 3))
    if len(words) <= length:
        return None
    start = chance.randrange(len(words) - length)
    return {"q": f'"{" ".join(words[start : start + length])}"'}


def _boolean(paper: Paper, chance: random.Random) -> dict[str, str] | None:
    words = telling(paper.abstract)
    if len(words) < 4:
        return None
    a, b, c, d = chance.sample(words, 4)
    shapes = (f"{a} {b} OR {c} -{d}", f"({a} OR {b}) {c}", f"{a} NOT {d}", f"{a} OR {b}")
    return {"q": chance.choice(shapes)}


def _prefix(paper: Paper, chance: random.Random) -> dict[str, str] | None:
    words = [word for word in telling(paper.title) if len(word) > 6]
    if not words:
        return None
    return {"q": f"{chance.choice(words)[: chance.randint(4, 6)]}*"}


def _author(paper: Paper, chance: random.Random) -> dict[str, str] | None:
    named = [author for author in paper.authors if author.first]
    return {"q": f'au:"{chance.choice(named).name}"'} if named else None


def _filtered(paper: Paper, chance: random.Random) -> dict[str, str] | None:
    words = telling(paper.title)
    if len(words) < 2 or not paper.categories:
        return None
    year = paper.submitted.year
    return {
        "q": " ".join(chance.sample(words, 2)),
        "cat": paper.categories[0],
        "year": f"{year - 2}..{year + 2}",
    }


KINDS = {
    "one word": _words(1, "title"),
    "two words": _words(2, "title"),
    "title": _title,
    "phrase": _phrase,
    "boolean": _boolean,
    "prefix": _prefix,
    "ten keywords": _words(10, "abstract"),
    "author": _author,
    "filtered": _filtered,
}
"""How a query of each kind is made from a paper, or None where it cannot be."""
