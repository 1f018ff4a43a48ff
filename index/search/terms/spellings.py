"""Spellings of a name: one name, folded, in the ways that people write it.

`O'Brien` is OBrien, `Müller` is Muller and Mueller, `Jun-Yan` is Jun Yan and Junyan,
`DP` may be D. P.
"""

import re
import unicodedata

from index.bounded_cache import remember_short

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
_DIGRAPHS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
    | {"Ø": "Oe", "Å": "Aa"}
)
_APOSTROPHE = re.compile("['’‘ʼ`´ʻʹ]")
_HYPHEN = re.compile("[-‐‑]")
_ELIDED = re.compile(r"(?<!\w)['’‘ʼ`´]t\s", re.IGNORECASE)
_GLUED = re.compile(r"(?<![^\W_])[A-Z]{2,6}(?![^\W_])")
_SHORTENED = re.compile(r"^([A-Z])[a-z]\.")  # Ph., Yu.
_SYLLABLE = 5  # letters of a word that may be half of a given name


def fold_name(name: str) -> str:
    """Return a name in lower case, without accents and signs, one space apart."""
    if name.isascii():
        return name.lower() if name.isalpha() else " ".join(_WORDS.findall(name.lower()))
    name = unicodedata.normalize("NFKD", name)
    name = "".join(c for c in name if not unicodedata.combining(c))
    return " ".join(_WORDS.findall(name.casefold().translate(_LETTERS)))


def spell_name(name: str) -> tuple[str, ...]:
    """Return a name folded, then its other spellings without apostrophes, with digraphs.

    What stands before `'t Hooft` is glued on, too: `thooft`.
    """
    plain = fold_name(name)
    if name.isascii() and "'" not in name and "`" not in name:
        return (plain,)
    joined = unicodedata.normalize("NFC", _APOSTROPHE.sub("", name))
    found = [plain, fold_name(joined), fold_name(joined.translate(_DIGRAPHS))]
    if _ELIDED.search(name):
        found.append(fold_name(_ELIDED.sub("t", name)))
    return tuple(dict.fromkeys(found))


@remember_short(65_536)
def spell_last(name: str) -> tuple[str, ...]:
    """Return the spellings of a last name, those with its hyphens left out too."""
    found = spell_name(name)
    if _HYPHEN.search(name):
        found += spell_name(_HYPHEN.sub("", name))
    return tuple(dict.fromkeys(found))


def shorten_given(name: str) -> tuple[str, ...]:
    """Return the given names where the first is shortened to two letters, to one letter."""
    short = _SHORTENED.match(name)
    return tuple(fold_name(f"{short[1]}. {name[short.end() :]}").split()) if short else ()


@remember_short(65_536)
def spell_given(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the given names of each spelling, the plain one first."""
    written = [name]
    if "-" in name or not name.isascii():
        written.append(_HYPHEN.sub("", name))
    if _GLUED.search(name):
        written.append(_GLUED.sub(lambda letters: " ".join(letters[0]), name))
    found = [tuple(s.split()) for way in written for s in spell_name(way)]
    if len(found[0]) == 2 and all(1 < len(word) <= _SYLLABLE for word in found[0]):  # noqa: PLR2004  two halves
        found.append(("".join(found[0]),))
    return tuple(dict.fromkeys(names for names in found if names))
