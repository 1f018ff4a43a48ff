"""Prices: how many milliseconds of a processor each step of a search takes at most.

Pure: sizes of leaves come from a vocabulary. A price is the sum of what leaves read, so
that it grows with them; what the rest of a query spares an engine is counted only where
parts must all match. The numbers are nanoseconds, measured among 10,000 papers
(docs/decisions/search.md); a price is mostly above what is spent.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from math import log1p
from typing import TypeAlias

from index.search.engine import Size, Sort
from index.search.query.tree import (
    All,
    AnyOf,
    Days,
    Field,
    Fuzzy,
    Leaf,
    Loose,
    Node,
    Query,
    Term,
    Unscored,
    Without,
)

SCAN = 6  # a posting that is read after the one before
SEEK = 60  # a posting that is looked for
SCORE = 1.5  # times a posting of a bare word: its other fields add to the score
GATHER = 2.5  # a posting of an expansion
TERM = 800  # a term of an expansion, found in a dictionary
FUZZY = 2  # times what a prefix with as many terms costs: its terms lie apart
PLACE = 50  # the place of a word of a phrase
LEAF = 60_000  # a leaf, compiled and opened in every segment
COLLECT = 8  # a paper that is found, kept among the best
ORDER = 45  # a paper that is found, put in order by day
KEEP = 150  # a paper that is kept as one of the first, up to those that are wanted
COUNT = 200  # a paper that is counted by category and year
EXPLAIN = 400_000  # a paper whose score is explained
RUNS = 2  # of a ranked search, at most: papers of equal scores are looked for again

LIMIT_MS = 1_000
"""The price that all steps of a request may have together."""

PAPER_MS, AUTHOR_MS, ORIGIN_MS, CODE_MS = 0.8, 0.005, 0.02, 0.01
"""Milliseconds that a paper of an answer takes mostly, read, marked and shown; each of its
authors; a paper of which authors and categories are read; and one of which categories
are read alone."""

EXPLAINED = 20
"""Papers of a page whose scores are explained, the first ones."""

TELLING, HEARD = 0.55, 0.92
"""The shares of weight that words of a loose query have, a little more than they do."""

_LONG = 5  # plain words from which on an engine looks first if there is anything

Sizes: TypeAlias = Callable[[Leaf], Size]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Milliseconds, the leaf that has the greatest part in them, and what may help.

    The leaf is looked for when it is asked for: only a refusal names it.
    """

    ms: float
    find_dearest: Callable[[], Leaf | None] = lambda: None
    advice: str = ""

    @property
    def dearest(self) -> Leaf | None:
        """The leaf that costs the most, if there is one."""
        return self.find_dearest()


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a tree: nanoseconds paid always and at most, and its papers."""

    always: float
    at_most: float
    papers: int

    @property
    def ns(self) -> float:
        return self.always + self.at_most


class Prices:
    """Knows the prices of steps in one snapshot. Safe to share between threads."""

    def __init__(self, sizes: Sizes, papers: int) -> None:
        """Take what tells the sizes of leaves, and how many papers there are."""
        self._sizes = sizes
        self._papers = papers

    def of_search(self, query: Query, sort: Sort = Sort.RELEVANCE, reach: int = 0) -> Cost:
        """Return the price of some hits with the exact total.

        `reach` is how many of the first papers are kept, up to the last that is wanted.
        A price beyond LIMIT_MS is only a part: to know all of it would cost as well.
        """
        if beyond := self._beyond(query):
            return beyond
        found = self._of(query)
        kept = KEEP * min(max(reach, 0), found.papers)
        is_ranked = sort is Sort.RELEVANCE and query.is_ranked
        if not is_ranked:
            return self._cost(query, found.ns + found.papers * ORDER + kept)
        runs = RUNS + (len(query.words) >= _LONG)
        return self._cost(query, runs * (found.ns + found.papers * COLLECT + kept))

    def of_counts(self, query: Query) -> Cost:
        """Return the price of counting what is found."""
        if beyond := self._beyond(query):
            return beyond
        found = self._of(query)
        return self._cost(query, found.ns + found.papers * COUNT)

    def of_scores(self, query: Query, papers: int) -> Cost:
        """Return the price of explaining the scores of so many papers.

        For each of them all expansions are gathered twice in its part of the index.
        """
        return self._cost(query, papers * (EXPLAIN + 2 * self._of(query).always))

    def _beyond(self, query: Query) -> Cost | None:
        """Return what the first leaves cost always, if that is beyond the limit."""
        seen: list[Leaf] = []
        ns = 0.0
        for leaf in _leaves_of(query):
            if isinstance(leaf, Term | Days):
                continue
            seen.append(leaf)
            ns += self._leaf(leaf).always
            if ns > LIMIT_MS * 1e6:
                return Cost(ms=ns / 1e6, find_dearest=partial(self._dearest_of, seen))
        return None

    def _cost(self, query: Query, ns: float) -> Cost:
        def find() -> Leaf | None:
            return self._dearest_of(_leaves_of(query))

        return Cost(ms=ns / 1e6, find_dearest=find)

    def _dearest_of(self, leaves: Iterable[Leaf]) -> Leaf | None:
        return max(leaves, key=lambda leaf: self._leaf(leaf).ns, default=None)

    def _of(self, query: Query) -> _Part:
        return self._all(_roots(query))

    def _node(self, node: Node) -> _Part:
        match node:
            case Unscored():
                return self._node(node.node)
            case Without():
                return self._all((node,))
            case All():
                return self._all(node.nodes)
            case AnyOf():
                return self._any(map(self._node, node.nodes))
            case Loose():
                return self._loose(node)
            case _:
                return self._leaf(node)

    def _leaf(self, leaf: Leaf) -> _Part:
        size = self._sizes(leaf)
        is_bare = isinstance(leaf, Term) and leaf.field is Field.ANY
        always = LEAF + GATHER * size.gathered + TERM * size.terms + PLACE * size.places
        if isinstance(leaf, Fuzzy):
            always *= FUZZY
        postings = size.postings * (SCORE if is_bare else 1)
        postings += min(size.gathered, 2 * size.papers)
        return _Part(always, SCAN * postings, min(size.papers, self._papers))

    def _any(self, parts: Iterable[_Part]) -> _Part:
        always, at_most, papers = 0.0, 0.0, 0
        for part in parts:
            always += part.always
            at_most += part.at_most
            papers += part.papers
        return _Part(always, at_most, min(papers, self._papers))

    def _all(self, nodes: Iterable[Node]) -> _Part:
        """Return parts that must all match: the smallest leads, the others are sought."""
        wanted: list[_Part] = []
        barred: list[_Part] = []
        for node in nodes:
            if isinstance(node, Without):
                barred.append(self._node(node.node))
            else:
                wanted.append(self._node(node))
        papers = min((part.papers for part in wanted), default=self._papers)
        others = self._any((*wanted, *barred))
        lead = SCAN * self._papers if not wanted else 0
        sought = SEEK * papers * (len(wanted) + len(barred))
        if len(wanted) == 1 and not barred:
            return _Part(others.always, others.at_most, papers)
        return _Part(others.always, lead + min(others.at_most, sought), papers)

    def _loose(self, node: Loose) -> _Part:
        """Return the telling words, of which one must be there; the others are sought."""
        parts = sorted(map(self._leaf, node.nodes), key=lambda part: part.papers)
        heard, count = len(parts), len(parts)
        if not node.any_word:
            weights = [log1p(self._papers / (1 + part.papers)) for part in parts]
            heard, count = _count_share(weights, HEARD), _count_share(weights, TELLING)
        telling, others = self._any(parts[:count]), self._any(parts[count:heard])
        sought = SEEK * telling.papers * (heard - count)
        at_most = telling.at_most + min(others.at_most, sought)
        return _Part(telling.always + others.always, at_most, telling.papers)


def _roots(query: Query) -> tuple[Node, ...]:
    return (*(() if query.tree is None else (query.tree,)), *query.filters)


def _count_share(weights: Sequence[float], share: float) -> int:
    """Return how many of the first weights have more than a share of their sum."""
    sums = list(accumulate(weights))
    return min(bisect_right(sums, share * sums[-1]) + 1, len(sums))


def _leaves_of(query: Query) -> Iterator[Leaf]:
    for node in _roots(query):
        yield from _leaves(node)


def _leaves(node: Node) -> Iterator[Leaf]:
    """Yield every leaf of a tree, of what must not be there, too."""
    if isinstance(node, Without | Unscored):
        yield from _leaves(node.node)
    elif isinstance(node, All | AnyOf | Loose):
        for part in node.nodes:
            yield from _leaves(part)
    else:
        yield node
