"""An asked name: the keys that a written name may ask for.

`Hawking, S` and `hawking_s` have the last name first; without comma or underscore
it comes last, or, as the name may be all of a last name or turned round, else.
`stephen_hawking` may be either.
A first name finds its initial too, an initial all first names; where one of two
names has no middle name, it does not count.
"""

import re
from collections.abc import Callable, Iterator

from index.papers.people.groups import is_group, name_group
from index.papers.people.names import read_authors
from index.papers.people.readings import PARTICLES
from index.search.terms.author_keys import NO_MIDDLE
from index.search.terms.spellings import fold_name, spell_given, spell_last, spell_name

IsFamily = Callable[[str], bool]
"""Tells whether a folded word is a last name much more often than a given name."""

_SUFFIX = re.compile(r"(?:^|[\s,]+)(?:[JS]r\b\.?|II|III|IV)(?=[\s,]|$)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?-?)|(?:[^\W\d_]\.-?){2,}|[A-Z]{2,6}")
_LETTER = re.compile(r"[^\W\d_]")
_BRACE = re.compile(r"[{}]")
_MOST_GLUED = 3
_FEWEST = 3  # letters of a particle that is glued on, and of the name behind it
_PARTED = {
    "vande": "van de",
    "vander": "van der",
    "vanden": "van den",
    "vonder": "von der",
    "dela": "de la",
    "delos": "de los",
}
_GLUED_ON = frozenset(p for p in PARTICLES if len(p) >= _FEWEST) | _PARTED.keys()
_JOINT = re.compile(r",?\s+(?:and|und|et)\s+|\s*[;&]\s*", re.IGNORECASE)


def read_author(
    text: str, is_family: IsFamily = lambda _: False
) -> Iterator[frozenset[str]]:
    """Yield the sets of keys that a written name may ask for, the likeliest first."""
    text = _BRACE.sub("", text)
    before, comma, after = text.partition(",")
    whole = f"{after} {before}" if comma else text
    if is_group(" ".join(whole.split())):
        yield frozenset({fold_name(name_group(" ".join(whole.split())))})
    if comma:
        yield from _read_inverted(before, _SUFFIX.sub(" ", after), is_family)
    elif "_" in text:
        yield from _read_underscored([w for w in text.split("_") if fold_name(w)])
    else:
        yield from _read_in_order(_SUFFIX.sub(" ", text), is_family)


def split_people(text: str) -> list[str]:
    """Return the people that an asked text names: `A and B` are two, a group is one."""
    if is_group(text):
        return [text]
    return [part for part in _JOINT.split(text) if _LETTER.search(part)] or [text]


def part_glued(name: str) -> tuple[str, ...]:
    """Return a folded name of one word with its particle apart: `VanGool` is van gool."""
    word = fold_name(name)
    if " " in word:
        return ()
    heads = (word[:at] for at in range(_FEWEST, len(word) - _FEWEST + 1))
    parted = [(head, word[len(head) :]) for head in heads if head in _GLUED_ON]
    return tuple(f"{_PARTED.get(head, head)} {rest}" for head, rest in parted)


def _read_inverted(last: str, first: str, is_family: IsFamily) -> Iterator[frozenset[str]]:
    """Yield the readings of a name whose last name comes first: `Gool, Luc Van`."""
    last = _SUFFIX.sub(" ", last)
    yield _ask(last, first) | _ask_turned(last, first, is_family)
    words = last.split()
    if len(words) > 1 and fold_name(words[0]) in PARTICLES:
        yield _ask(" ".join(words[1:]), f"{first} {words[0]}")
    elif len(words) > 1:  # arXiv has all but the last word of `García Márquez` before it
        yield _ask(words[-1], f"{first} {' '.join(words[:-1])}")


def _read_underscored(words: list[str]) -> Iterator[frozenset[str]]:
    """Yield the readings of `Witten_E`, `del_maestro`, `Witten_Edward`, `Edward_Witten`.

    Nothing says which the last name is, unless an initial comes last: full names are
    asked for in either order. Initials of full names are the last try.
    """
    if not words:
        return
    *before, end = words
    inverted = _ask(" ".join(before), end)
    if len(fold_name(end)) == 1:
        yield inverted
    inverted |= _ask(words[0], " ".join(words[1:]))
    in_order = _ask(end, " ".join(before)) | _ask(" ".join(words[1:]), words[0])
    names = spell_last(" ".join(words))
    full = frozenset(key for key in inverted | in_order if "." not in key)
    yield full.union(names, _glue(names[0].split()))
    if not PARTICLES.issuperset(map(fold_name, before)):
        yield inverted
        yield in_order


def _read_in_order(text: str, is_family: IsFamily) -> Iterator[frozenset[str]]:
    """Yield the readings of a name without a comma: `Diederik P. Kingma`, `Kingma DP`."""
    words = text.split()
    author = next(iter(read_authors(text.replace(".", ". "))), None)
    asked: frozenset[str] = frozenset()
    if author and author.first:
        asked = _ask(author.last, author.first)
        asked |= _ask_turned(author.last, author.first, is_family)
    at = _find_initials(words)
    if at:
        asked |= _ask(" ".join(words[:at]), " ".join(words[at:]))
    elif len(words) == 2 and is_family(fold_name(words[0])):  # noqa: PLR2004  first, last
        asked |= _ask(*words)
    if asked:
        yield asked
    names = spell_name(text)
    plain = names[0].split()
    yield frozenset((*names, *_glue(plain))) - {""}
    if len(plain) > 1:
        yield _ask(plain[-1], " ".join(plain[:-1]))
        yield _ask(plain[0], " ".join(plain[1:]))
        if len(plain[-1]) <= _MOST_GLUED:
            yield _ask(" ".join(plain[:-1]), " ".join(plain[-1]))


def _find_initials(words: list[str]) -> int:
    """Return where the initials begin that end a name, or 0 where it has no such end."""
    at = len(words)
    while at and _INITIALS.fullmatch(words[at - 1]):
        at -= 1
    is_told = any(letter.islower() for word in words[:at] for letter in word)
    glued = any(len(_LETTER.findall(word)) > 1 for word in words[at:])
    return at if at < len(words) and (is_told or not glued) else 0


def _glue(words: list[str]) -> list[str]:
    """Return a last name with its particle glued on, or nothing where it has none."""
    return ["".join(words)] if len(words) > 1 and words[0] in PARTICLES else []


def _ask(last: str, first: str) -> frozenset[str]:
    lasts = [name for name in spell_last(last) if name]
    lasts += [glued for name in lasts for glued in _glue(name.split())]
    lasts += part_glued(last)
    keys = _ask_plain(lasts, first)
    *before, particle = first.split() or [""]
    if before and len(particle) > 1 and fold_name(particle) in PARTICLES:
        keys |= _ask_plain([fold_name(f"{particle}{last}")], " ".join(before))
    return keys


def _ask_plain(lasts: list[str], first: str) -> frozenset[str]:
    given = spell_given(first) if fold_name(first) else ()
    if not given:
        return frozenset(lasts)
    plain, *others = given
    is_glued = any(max(map(len, names)) == 1 for names in others)
    keys = set(_given_asked(plain, with_initial=not is_glued))
    keys.update(*(_given_asked(names, with_initial=False) for names in others))
    return frozenset(f"{name} {key}" for name in lasts for key in keys)


def _given_asked(names: tuple[str, ...], *, with_initial: bool) -> Iterator[str]:
    """Yield the keys of given names; `Diederik` is asked for as `D.`, too, `DP` is not."""
    given, *middle = names
    for name in [given, f"{given[0]}."] if len(given) > 1 and with_initial else [given]:
        if not middle:
            yield name
            continue
        yield f"{name} {middle[0][0]}"
        yield f"{name} {NO_MIDDLE}"


def _ask_turned(last: str, first: str, is_family: IsFamily) -> frozenset[str]:
    """Return the key of a name that is written family first: `Kim Minsu`."""
    family, given = fold_name(last), fold_name(first)
    words = given.split()
    is_full = words and all(len(word) > 1 for word in words)
    if not is_full or not is_family(family) or is_family(words[-1]):
        return frozenset()
    turned = {f"{given} {family}"}
    if len(words) > 1:
        turned.add(f"{words[-1]} {family} {words[0][0]}")
    return frozenset(turned)
