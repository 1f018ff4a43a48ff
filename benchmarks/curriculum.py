"""The lessons of the shipped model: tokenized papers, cut into batches of one kind each."""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from benchmarks.distilling import encode_tokens, encode_words, load_minilm_tokenizer
from benchmarks.schooling import FIRST, Asked, Papers
from index.meaning.encoders.lessons import Bags, Lessons, Pairs, cut_batches
from index.meaning.encoders.token_bags import Ids, TokenBags
from index.meaning.encoders.vocabulary import add_words
from index.meaning.vectors.files import Floats

MOST_WORDS = 34_478
"""Words to add; with MiniLM's 30,522 tokens that makes 65,000."""

LEAST_PAPERS = 10
"""Papers that must contain a word."""

_EXCERPT = (12, 40)  # tokens at least and at most
_AT_ONCE = 4_096  # papers that are tokenized at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Curriculum:
    """What is taught. Shares are of the papers, or of what is paired.

    Excerpts of abstracts are to find the rest. Alike batches are of papers in alike
    categories, so that their partners are hard to tell apart.
    """

    pairs: tuple[str, ...] = (FIRST,)
    most_pairs: float = 0.45
    excerpts: float = 0.0
    alike: float = 0.0


@dataclass
class School:
    """Papers as tokens, and the vectors that the tokens begin with."""

    papers: Papers
    asked: Asked
    tokenizer: Tokenizer
    start: Floats
    titles: TokenBags
    abstracts: TokenBags

    @classmethod
    def make(cls, papers: Papers, asked: Asked, most_words: int = MOST_WORDS) -> "School":
        """Tokenize papers, and encode tokens and words with MiniLM."""
        tokenizer, added = add_words(
            load_minilm_tokenizer(), papers.words.items(), LEAST_PAPERS, most_words
        )
        return cls(
            papers,
            asked,
            tokenizer,
            np.concatenate([encode_tokens(), encode_words(added)]),
            tokenize(papers.titles, tokenizer),
            tokenize(papers.abstracts, tokenizer),
        )

    def prepare(self, curriculum: Curriculum) -> Lessons:
        """Find the pairs of papers."""
        pairs = self.papers.pair(curriculum.pairs, self.asked)
        most = int(len(self.papers) * curriculum.most_pairs)
        chance = np.random.default_rng(1)
        return Lessons(self.titles, self.abstracts, chance.permutation(pairs)[:most])

    def make_batches(
        self, lessons: Lessons, curriculum: Curriculum, size: int, seed: int
    ) -> list[Pairs]:
        """Return full batches of all kinds, mixed."""
        chance = np.random.default_rng(seed)
        papers = np.arange(len(self.papers))
        some = chance.permutation(papers)[: int(len(papers) * curriculum.excerpts)]
        found = [
            *map(lessons.pair_titles, self._cut(papers, size, curriculum, chance)),
            *map(lessons.pair_papers, self._cut(lessons.pairs, size, curriculum, chance)),
            *(self._pair_excerpts(batch, chance) for batch in cut_batches(some, size)),
        ]
        return [found[place] for place in chance.permutation(len(found))]

    def _cut(
        self, items: Ids, size: int, curriculum: Curriculum, chance: np.random.Generator
    ) -> Iterator[Ids]:
        """Cut shuffled papers or pairs into batches, a share of them of alike papers."""
        items = chance.permutation(items)
        count = int(len(items) * curriculum.alike)
        alike, mixed = items[:count], items[count:]
        first = alike if alike.ndim == 1 else alike[:, 0]
        categories = np.array([self.papers.categories[p] for p in first], dtype=str)
        yield from cut_batches(mixed, size)
        yield from cut_batches(alike[np.argsort(categories, kind="stable")], size)

    def _pair_excerpts(self, papers: Ids, chance: np.random.Generator) -> Pairs:
        """Pair excerpts of abstracts with the titles and the rest, the same each time."""
        state = copy.deepcopy(chance.spawn(1)[0])

        def cut() -> tuple[Bags, Bags]:
            drawn = copy.deepcopy(state)
            cuts = [self._cut_excerpt(paper, drawn) for paper in papers.tolist()]
            return _join([few for few, _ in cuts]), _join([rest for _, rest in cuts])

        return cut

    def _cut_excerpt(self, paper: int, chance: np.random.Generator) -> tuple[Ids, Ids]:
        abstract = self.abstracts.get(paper)
        length = min(int(chance.integers(*_EXCERPT)), len(abstract) // 2)
        start = int(chance.integers(len(abstract) - length + 1))
        parts = self.titles.get(paper), abstract[:start], abstract[start + length :]
        return abstract[start : start + length], np.concatenate(parts)


def tokenize(texts: Sequence[str], tokenizer: Tokenizer) -> TokenBags:
    """Return the tokens of texts."""
    found = TokenBags()
    for start in range(0, len(texts), _AT_ONCE):
        some = texts[start : start + _AT_ONCE]
        encodings = tokenizer.encode_batch_fast(some, add_special_tokens=False)
        found.add([encoding.ids for encoding in encodings])
    return found


def _join(texts: Sequence[Ids]) -> Bags:
    """Join the tokens of texts into one array; return it and the start of each."""
    ends = np.cumsum([len(text) for text in texts])
    starts = np.concatenate([[0], ends[:-1]]).astype(np.int64)
    return np.concatenate(texts).astype(np.int64), starts
