"""Keywording: the stage of a build that finds each paper's keywords."""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

from index.meaning.keywords.extractor import KeywordExtractor
from index.meaning.keywords.surface import find_capitalised, find_proper_words, read_proper
from index.orphans import end_with_parent
from index.papers.paper import Paper
from index.search.tantivy import Fulltext
from index.snapshots.catalog import CatalogWriter

_BATCH = 2_000
_ALONE = 20_000  # papers; for fewer, other processes are not worth starting
_MOST_PROCESSES = 8
_LEAST = (
    2  # abstracts that capitalise a word before it counts as proper, in a small library
)
_LEAST_OF_MANY = 5
_MANY = 10_000

Text = tuple[str, str]
Watch = Callable[[int, int], None]


def count_capitals(counts: Counter[str], papers: Iterable[Paper]) -> None:
    """Count the papers that capitalise each word within a sentence."""
    for paper in papers:
        counts.update(find_capitalised(paper.abstract))


def write_proper(counts: Counter[str], fulltext: Path, file: Path) -> None:
    """Add to a file the words of papers that were counted, and are proper, one a line."""
    opened = Fulltext.open(fulltext)
    frequencies = opened.vocabulary.frequencies
    least = _LEAST_OF_MANY if opened.counts.papers >= _MANY else _LEAST
    found = find_proper_words(counts, lambda word: frequencies(word)[1], least)
    known = set(read_proper(file)) if file.exists() else set()
    file.write_text("".join(f"{word}\n" for word in sorted(known.union(found))))


def find_keywords(
    catalog: CatalogWriter, keys: Sequence[int], fulltext: Path, proper: Path, watch: Watch
) -> None:
    """Write the keywords of the papers with those keys. Raises BuildFailed, OSError."""
    extracted = _extract_alone if len(keys) <= _ALONE else _extract_in_processes
    remaining = iter(keys)
    batches = iter(lambda: list(islice(remaining, _BATCH)), [])
    done = 0
    for batch, found in extracted(_read_texts(catalog, batches), fulltext, proper):
        catalog.add_keywords(list(zip(batch, found, strict=True)))
        done += len(batch)
        watch(done, len(keys))


_Batch = tuple[list[int], list[Text]]
_Found = Iterator[tuple[list[int], list[list[str]]]]


def _read_texts(catalog: CatalogWriter, batches: Iterable[list[int]]) -> Iterator[_Batch]:
    for batch in batches:
        texts = catalog.read_texts(batch)
        yield batch, [texts[key] for key in batch]


def _extract_alone(texts: Iterable[_Batch], fulltext: Path, proper: Path) -> _Found:
    work = _Worker(fulltext, proper)
    for batch, some in texts:
        yield batch, work.extract(some)


def _extract_in_processes(texts: Iterable[_Batch], fulltext: Path, proper: Path) -> _Found:
    """Extract with one process per core, a few batches ahead."""
    processes = min(_MOST_PROCESSES, cpu_count() or 1)
    with ProcessPoolExecutor(
        processes, get_context("spawn"), _begin, (fulltext, proper)
    ) as pool:
        waiting = []
        for batch, some in texts:
            waiting.append((batch, pool.submit(_extract, some)))
            if len(waiting) > 2 * processes:
                first, future = waiting.pop(0)
                yield first, future.result()
        for batch, future in waiting:
            yield batch, future.result()


class _Worker:
    """The extractor of one process."""

    def __init__(self, fulltext: Path, proper: Path) -> None:
        vocabulary = Fulltext.open(fulltext).vocabulary
        self._extractor = KeywordExtractor(vocabulary.frequencies, read_proper(proper))

    def extract(self, texts: Sequence[Text]) -> list[list[str]]:
        return [
            [keyword.text for keyword in self._extractor.extract(title, abstract)]
            for title, abstract in texts
        ]


_here: list[_Worker] = []  # the worker of a process that _by_processes has started


def _begin(fulltext: Path, proper: Path) -> None:
    end_with_parent()
    gc.disable()  # texts and phrases hold no cycles, and there are millions
    _here.append(_Worker(fulltext, proper))


def _extract(texts: Sequence[Text]) -> list[list[str]]:
    return _here[0].extract(texts)
