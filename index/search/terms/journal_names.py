"""Names of journals: the ways in which one is written whole, abbreviated or as an acronym.

A word abbreviates another if it is its beginning and ends with a consonant: `Phys.`,
`Lett.`, `Astron.` (ISO 4 cuts words so). Small words between (`and`, `of the`) may be left
out. Acronyms are in a table, since no rule tells them.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

Way = tuple[str, ...]
"""Words in their order, each as a regular expression that a whole word matches."""

SMALL: Final = frozenset(
    "and of the in for on to an de des der du la le les et und di del della".split()
)
"""Words of a name that say nothing, and that abbreviations leave out."""

_IRREGULAR: Final = {
    **dict.fromkeys(("j", "jour", "journal"), "j|jour|journ|journal"),
    **dict.fromkeys(("r", "roy", "royal"), "r|roy|royal"),
    **dict.fromkeys(("z", "zeitschrift"), "z|zeit|zeits|zeitschr|zeitschrift"),
    **dict.fromkeys(("jpn", "japan", "japanese"), "jpn|jap|japan|japanese"),
    **dict.fromkeys(("natl", "nat", "national"), "natl|nat|natn|national"),
    **dict.fromkeys(("intl", "int", "international"), "intl|int|internat|international"),
    **dict.fromkeys(("lond", "london"), "lond|london"),
}
_NAMES: Final = {
    "monthly notices of the royal astronomical society": ("mnras",),
    "astrophysical journal": ("apj", "ap j"),
    "astrophysical journal letters": ("apjl", "apj lett"),
    "astrophysical journal supplement": ("apjs", "apj suppl"),
    "astronomical journal": ("aj",),
    "astronomy and astrophysics": ("a a", "aa"),
    "annual review of astronomy and astrophysics": ("ara a", "araa"),
    "publications of the astronomical society of the pacific": ("pasp",),
    "publications of the astronomical society of japan": ("pasj",),
    "physical review": ("pr",),
    "physical review letters": ("prl",),
    **{f"physical review {letter}": (f"pr{letter}",) for letter in "abcdex"},
    **{f"physics letters {letter}": (f"pl{letter}",) for letter in "ab"},
    **{f"nuclear physics {letter}": (f"np{letter}",) for letter in "ab"},
    "modern physics letters a": ("mpla",),
    "international journal of modern physics a": ("ijmpa",),
    "international journal of modern physics d": ("ijmpd",),
    "european physical journal c": ("epjc",),
    "journal of high energy physics": ("jhep",),
    "journal of cosmology and astroparticle physics": ("jcap",),
    "classical and quantum gravity": ("cqg",),
    "general relativity and gravitation": ("grg",),
    "communications in mathematical physics": ("cmp",),
    "journal of mathematical physics": ("jmp",),
    "new journal of physics": ("njp",),
    "europhysics letters": ("epl",),
    "progress of theoretical physics": ("ptp",),
    "journal of the american chemical society": ("jacs",),
    "proceedings of the national academy of sciences": ("pnas",),
    "journal of machine learning research": ("jmlr",),
    "lecture notes in computer science": ("lncs",),
    "proceedings of science": ("pos",),
}
_ACRONYMS: Final = {
    tuple(acronym.split()): tuple(name.split())
    for name, acronyms in _NAMES.items()
    for acronym in acronyms
}
_WHOLE: Final = tuple(
    (tuple(word for word in name.split() if word not in SMALL), tuple(name.split()), ways)
    for name, ways in _NAMES.items()
)
_FEWEST = 2  # words of a name: one alone is no more than a word
_MOST = 16  # words; what is longer is no journal's name
_SHORTEST, _LONGEST = 2, 24  # letters of a word
_BEGINNING = re.compile(r"\(?(\w*)")  # the first alternative is the shortest
_VOWELS = frozenset("aeou")


def list_ways(words: Sequence[str]) -> tuple[Way, ...]:
    """Return the other ways to write what begins with a journal's name, folded words.

    A name of one word has none, unless it is an acronym. What follows the name, such as a
    volume, follows it in each way.
    """
    return _list_ways(tuple(words))


@lru_cache(maxsize=1_024)
def _list_ways(words: tuple[str, ...]) -> tuple[Way, ...]:
    bare = tuple(word for word in words if word not in SMALL)
    if len(words) > _MOST:
        return ()
    ways = [*_spell_out(words)]
    if sum(map(_is_of_name, bare)) >= _FEWEST:
        ways.append(_match(bare))
        ways.extend(_find_names(bare))
    return tuple(dict.fromkeys(ways))


def _spell_out(words: tuple[str, ...]) -> Iterator[Way]:
    """Yield the names that an acronym at the beginning stands for."""
    for length in (1, 2):
        if name := _ACRONYMS.get(words[:length]):
            yield from _write(name, words[length:])


def _find_names(bare: tuple[str, ...]) -> Iterator[Way]:
    """Yield the acronyms and the whole writing of the name that words begin with."""
    for short, name, acronyms in _WHOLE:
        rest = bare[len(short) :]
        if len(bare) >= len(short) and all(map(is_alike, bare, short)):
            yield from ((*acronym.split(), *rest) for acronym in acronyms)
            yield from _write(name, rest)


def _write(name: tuple[str, ...], rest: tuple[str, ...]) -> Iterator[Way]:
    """Yield a name, with its small words and without, and what follows."""
    yield (*_match(name), *rest)
    yield (*_match(tuple(word for word in name if word not in SMALL)), *rest)


def _match(words: tuple[str, ...]) -> Way:
    return tuple(map(match_word, words))


def find_beginning(pattern: str) -> str:
    """Return the letters with which every word begins that an expression matches."""
    begins = _BEGINNING.match(pattern)
    return begins[1] if begins else ""


def is_alike(word: str, other: str) -> bool:
    """Tell whether two words are one, or one abbreviates the other."""
    return bool(
        re.fullmatch(match_word(word), other) or re.fullmatch(match_word(other), word)
    )


@lru_cache(maxsize=4_096)
def match_word(word: str) -> str:
    """Return an expression of what a word abbreviates, and of what abbreviates it."""
    if known := _IRREGULAR.get(word):
        return f"({known})"
    if not _is_of_name(word) or not word.isascii():
        return word
    ways = [
        word[:length] for length in range(_SHORTEST, len(word)) if _is_cut(word[:length])
    ]
    ways.append(f"{word}[a-z]*" if _is_cut(word) else word)
    return f"({'|'.join(ways)})" if len(ways) > 1 else ways[0]


def _is_cut(word: str) -> bool:
    return word[-1] not in _VOWELS and word not in SMALL


def _is_of_name(word: str) -> bool:
    """Tell whether a word is part of a name, not a series or a number."""
    return word in _IRREGULAR or (
        _SHORTEST <= len(word) <= _LONGEST and word.isalpha() and word not in SMALL
    )
