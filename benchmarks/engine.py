"""Latency of the engines for the best 20 papers, with one query at a time and two."""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from benchmarks.corpus import Corpus
from benchmarks.kinds import KINDS, drawn, understood
from benchmarks.peers import PEERS, Asked, Peer
from benchmarks.tables import spread, write
from index import Library, Paper, Shelf, Sort
from index import Search as Wanted

SEED = 2026
QUERIES = 1_000
TOP = 20
_CAP_S = 20.0  # of one peer on one kind of query with so many threads
_WARM = 20
_READ = 5_000  # papers at a time
_OURS = "Winnow"

Search = Callable[[str, str], object]
"""Asks for a kind's query, as an address has it."""


def run(corpus: Corpus) -> None:
    """Ask every engine the same queries, kind by kind."""
    library = Shelf(corpus.library()).library()
    queries = drawn(library, random.Random(SEED), QUERIES)
    times: dict[str, dict[str, dict[int, list[float]]]] = {kind: {} for kind in KINDS}
    rates: dict[str, dict[str, float]] = {kind: {} for kind in KINDS}
    searches = {_OURS: _ours(library)} | {
        peer.name: _theirs(peer(corpus.scratch / "peers" / peer.__name__), library)
        for peer in PEERS
    }
    for kind in KINDS:
        for name, search in searches.items():
            try:
                search(kind, queries[kind][0])
            except NotImplementedError:  # a peer cannot do this kind: it has no row
                continue
            alone = _timed(search, kind, queries[kind])
            together, rates[kind][name] = _timed_together(search, kind, queries[kind])
            times[kind][name] = {1: alone, 2: together}
    rows = [
        _row(kind, name, of_threads, of_names[_OURS], rates[kind][name])
        for kind, of_names in times.items()
        for name, of_threads in of_names.items()
    ]
    title = f"Engines, best {TOP} of {library.catalog.count():,} papers, milliseconds"
    notes = {peer.name: peer.note for peer in PEERS}
    write("engine", title, rows, notes=notes, times=_raw(times))


def all_papers(library: Library) -> Iterator[tuple[int, Paper]]:
    """Yield every paper with its key."""
    last = library.catalog.count()
    for start in range(1, last + 1, _READ):
        keys = range(start, min(last + 1, start + _READ))
        yield from zip(keys, library.catalog.by_keys(keys), strict=True)


def _ours(library: Library) -> Search:
    """Return our search: parsing, filters, all steps of relaxing; the exact total too."""

    def search(_: str, query: str) -> object:
        text, filters = understood(query)
        asked = Wanted(text, filters=filters).understand()
        return library.finder.matcher.match(asked, TOP, 0, Sort.RELEVANCE)

    return search


def _theirs(peer: Peer, library: Library) -> Search:
    made = peer.made(all_papers(library))

    def search(kind: str, query: str) -> object:
        return made.search(Asked.of(kind, query), TOP)

    return search


def _timed(search: Search, kind: str, queries: list[str]) -> list[float]:
    """Return the milliseconds of each query, as many as there is time for."""
    for query in queries[:_WARM]:
        search(kind, query)
    times = []
    deadline = time.perf_counter() + _CAP_S
    for query in queries:
        start = time.perf_counter()
        search(kind, query)
        end = time.perf_counter()
        times.append((end - start) * 1_000)
        if end > deadline:
            break
    return times


def _timed_together(
    search: Search, kind: str, queries: list[str]
) -> tuple[list[float], float]:
    """Return the same of two threads, each with half the queries, and queries a second."""
    halves = queries[::2], queries[1::2]
    start = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda half: _timed(search, kind, half), halves)
        times = [each for half in found for each in half]
    return times, (len(times) + 2 * _WARM) / (time.perf_counter() - start)


def _row(
    kind: str,
    name: str,
    times: dict[int, list[float]],
    ours: dict[int, list[float]],
    rate: float,
) -> dict[str, object]:
    one, two = spread(times[1]), spread(times[2])
    return {
        "query": kind,
        "engine": name,
        "asked": f"{len(times[1]):,}",
        "mean": one["mean"],
        "p50": one["p50"],
        "p90": one["p90"],
        "p99": one["p99"],
        "times ours": one["p50"] / spread(ours[1])["p50"],
        "2 threads p50": two["p50"],
        "2 threads, queries a second": rate,
    }


def _raw(
    times: dict[str, dict[str, dict[int, list[float]]]],
) -> dict[str, dict[str, dict[int, list[float]]]]:
    return {
        kind: {
            name: {threads: [round(t, 2) for t in kept] for threads, kept in each.items()}
            for name, each in of_names.items()
        }
        for kind, of_names in times.items()
    }
