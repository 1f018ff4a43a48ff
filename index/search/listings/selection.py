"""A selection: the categories and days of a listing, words it must have or not.

A word is looked for at the beginning of words in title, abstract and authors.
"""

import re
from dataclasses import dataclass

from index.errors import BadQuery
from index.search.listings.expression import Expression
from index.search.listings.span import Span
from index.search.query.filters import Filters
from index.search.query.tree import All, AnyOf, Field, Node, Prefix, Without

MAX_WORDS = 20
"""Words to include, and as many to exclude."""

_LEAST = 2  # letters; fewer begin too many words


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Categories, days, and words: to include (any, or `every` one) and to exclude.

    `withdrawn` asks for the papers that are withdrawn, or are not; `revised` for older
    papers whose last version came on these days, which the engine does not know.
    """

    expression: Expression
    span: Span
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    every: bool = False
    withdrawn: bool | None = None
    revised: bool = False

    @property
    def filters(self) -> tuple[Node, ...]:
        """The conditions on a paper, as filters of a query; no days of versions."""
        days = () if self.revised else (self.span.days,)
        wanted = tuple(map(_begins, self.include))
        left = tuple(Without(_begins(word)) for word in self.exclude)
        if len(wanted) > 1:
            wanted = (All(wanted) if self.every else AnyOf(wanted),)
        gone = Filters(withdrawn=self.withdrawn).nodes()
        return (*self.expression.nodes(), *days, *wanted, *left, *gone)


def read_words(text: str, param: str) -> tuple[str, ...]:
    """Return the words of a text, each once, in lower case. Raises BadQuery."""
    words = tuple(dict.fromkeys(re.findall(r"[^\s,;，；、]+", text.lower())))
    if len(words) > MAX_WORDS:
        raise BadQuery(f"{param} has {len(words)} words, at most {MAX_WORDS}", param=param)
    for word in words:
        letters = re.sub(r"[\W_]", "", word)
        if not letters or (len(letters) < _LEAST and letters.isascii()):
            raise BadQuery(
                f"{word[:40]!r} is too short to look for; write two letters or more",
                param=param,
            )
    return words


def _begins(word: str) -> Node:
    return Prefix(Field.ANY, word)
