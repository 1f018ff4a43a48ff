"""Chinese, Japanese and Korean text as words: the pairs of neighbouring characters.

These scripts put no spaces between words, so that a run of them is cut into bigrams,
at both ends alike: 量子力学 is indexed as 量子 子力 力学 and, for searches of a single
character, its last one, 学; it is searched as the phrase of its bigrams. Traditional
characters count as simplified ones.
"""

import re

from index.search.terms.script_forms import fold_forms

_CHARACTERS = (
    "\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U000323af"
)
_RUN = re.compile(f"[{_CHARACTERS}]+")


def has_cjk(text: str) -> bool:
    """Tell whether a text has a character of these scripts."""
    return not text.isascii() and bool(_RUN.search(text))


def cut_for_index(text: str) -> str:
    """Return a text with each run as its bigrams and its last character."""
    return _RUN.sub(lambda run: _cut(run[0], last=True), text) if has_cjk(text) else text


def cut_for_query(text: str) -> str:
    """Return a text with each run as its bigrams; one character stays as it is."""
    return _RUN.sub(lambda run: _cut(run[0], last=False), text) if has_cjk(text) else text


def cut_as_written(text: str) -> str:
    """Return a text cut as for a query, its characters in the form that they have.

    Indexes made before forms were folded hold them so.
    """
    return _RUN.sub(lambda run: _pair(run[0], last=False), text)


def _cut(run: str, *, last: bool) -> str:
    return _pair(fold_forms(run), last=last)


def _pair(run: str, *, last: bool) -> str:
    pairs = [run[at : at + 2] for at in range(len(run) - 1)]
    if last or not pairs:
        pairs.append(run[-1])
    return f" {' '.join(pairs)} "
