"""Related papers: the share that includes a paper which the other names."""

import json
import re
import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.corpus import Corpus, winnow
from benchmarks.judged import all_records, few_records, named_pairs
from benchmarks.server import Client, memory, serving
from benchmarks.tables import spread, write
from index import Library, Manifest, Method, Paper, Shelf, find_live
from index.meaning.encoders.encoder import compose_text
from index.meaning.related.relater import Relater
from index.search.engine import Engine

_DEPTH = 100
_ASKED = 1_000  # papers whose related ones are asked for over HTTP
_WORD_LISTS = {
    "ten TF-IDF words as a query (Cool Papers)": 10,
    "the whole text (BM25)": 400,
}

Ranked = Callable[[int], Sequence[int]]
"""Returns the related keys of a key, best first, without itself."""


def run(corpus: Corpus) -> None:
    """Measure pairs among all papers, answers over HTTP, and pairs among 10,000."""
    data = library_of(corpus, "stripped", "auto", all_records(corpus))
    _built(data)
    _many(corpus, Shelf(data).library())
    _http(data)
    _few(corpus)


def _few(corpus: Corpus) -> None:
    records = few_records(corpus)
    ours = Shelf(library_of(corpus, "ten-auto", "auto", records)).library()
    minilm = Shelf(library_of(corpus, "ten-minilm", "minilm", records)).library()
    pairs = pairs_of(named_pairs(corpus, "related-10k-pairs.tsv"), ours)
    rows = [row_of(name, pairs, rank) for name, rank in _by_words(ours)]
    rows.append(row_of("MiniLM", pairs, _nearest(minilm)))
    rows.append(row_of("the model that ships", pairs, _nearest(ours)))
    rows.append(row_of("related: words", pairs, _related(ours, Method.KEYWORDS)))
    rows.append(row_of("related: words and MiniLM", pairs, _related(minilm, Method.HYBRID)))
    rows.append(row_of("related, by default", pairs, _related(ours, Method.HYBRID)))
    write("related-10k", "Related pairs among 10,000 papers", rows, by="related")


def _many(corpus: Corpus, library: Library) -> None:
    pairs = pairs_of(named_pairs(corpus, "related-pairs.tsv"), library)
    rows = [row_of(name, pairs, rank) for name, rank in _by_words(library)]
    rows.append(row_of("the model that ships", pairs, _nearest(library)))
    rows.append(row_of("related: words", pairs, _related(library, Method.KEYWORDS)))
    rows.append(row_of("related, by default", pairs, _related(library, Method.HYBRID)))
    title = f"Related pairs among {library.catalog.count():,} papers"
    write("related-all", title, rows, by="related")


def _built(data: Path) -> None:
    manifest = Manifest.read_from(find_live(data))
    rows = [
        {"stage": s.stage, "seconds": s.seconds, "peak MiB": s.peak_mib}
        for s in manifest.stages
    ]
    rows.append(
        {
            "stage": "everything",
            "seconds": sum(s.seconds for s in manifest.stages),
            "peak MiB": max(s.peak_mib for s in manifest.stages),
        }
    )
    size = sum(file.bytes for file in manifest.files.values())
    vectors = sum(f.bytes for n, f in manifest.files.items() if n.startswith("vectors/"))
    title = (
        f"Rebuild of {manifest.papers:,} papers by default: "
        f"{size / 2**20:,.0f} MiB, {vectors / 2**20:,.0f} of them vectors"
    )
    write("rebuild-default", title, rows, by="related")


def _http(data: Path) -> None:
    library = Shelf(data).library()
    keys = np.random.default_rng(2026).choice(library.catalog.count(), _ASKED) + 1
    papers = library.catalog.by_keys(keys.tolist())
    asked = {
        "related, 10": [f"/api/papers/{p.id}/related?limit=10" for p in papers],
        "search by meaning, 20": [_search(p, "semantic") for p in papers],
        "search by words and meaning, 20": [_search(p, "hybrid") for p in papers],
        "search by words, 20": [_search(p, "lexical") for p in papers],
    }
    rows = []
    with serving(data) as port:
        client = Client(port)
        for what, paths in asked.items():
            times = [client.timed(path)[0] for path in paths]
            found = spread(times)
            rows.append({"asked for": what} | {k: found[k] for k in ("p50", "p90", "p99")})
        write(
            "related-memory",
            f"A worker with {library.catalog.count():,} papers, after those requests",
            [memory(port)],
            by="related",
        )
        title = f"Over HTTP among {library.catalog.count():,} papers, milliseconds"
        write("related-http", title, rows, by="related")


def _search(paper: Paper, mode: str) -> str:
    words = re.findall(r"[A-Za-z]{4,}", paper.abstract)[:6] or ["paper"]
    return f"/api/search?q={'+'.join(words).lower()}&mode={mode}"


def _by_words(library: Library) -> Iterator[tuple[str, Ranked]]:
    for name, words in _WORD_LISTS.items():
        yield name, _alike(library.engine, library, words)


def _alike(engine: Engine, library: Library, words: int) -> Ranked:
    def rank(key: int) -> Sequence[int]:
        (paper,) = library.catalog.by_keys([key])
        return engine.more_like_this(
            compose_text(paper), words=words, limit=_DEPTH + 1
        ).keys

    return rank


def _nearest(library: Library) -> Ranked:
    vectors = library.relater.vectors
    assert vectors is not None
    return lambda key: vectors.nearest(vectors.of([key])[0], _DEPTH, without=[key]).keys


def _related(library: Library, method: Method) -> Ranked:
    return related_by(library, library.relater, method)


def related_by(library: Library, relater: Relater, method: Method) -> Ranked:
    """Return what is related in a library by a relater of its own or another."""

    def rank(key: int) -> Sequence[int]:
        (paper,) = library.catalog.by_keys([key])
        page = relater.related([paper.id], method=method, limit=_DEPTH)
        return [one.key for one in page.papers]

    return rank


@dataclass(frozen=True)
class Pair:
    """The keys of a paper and of one that it names."""

    source: int
    named: int
    is_chosen_on: bool


def pairs_of(pairs: Sequence[tuple[str, str]], library: Library) -> list[Pair]:
    """Return pairs of ids as pairs of keys; even ones are chosen on."""
    keys = library.catalog.keys([end for pair in pairs for end in pair])
    return [
        Pair(keys[source], keys[named], number % 2 == 0)
        for number, (source, named) in enumerate(pairs)
    ]


def row_of(name: str, pairs: list[Pair], rank: Ranked) -> dict[str, object]:
    """Return hits and reciprocal ranks of the half chosen on, the other, and all."""
    print(name, flush=True)
    ranks: dict[int, Sequence[int]] = {}
    halves: dict[bool, list[int | None]] = {True: [], False: []}
    for pair in pairs:
        if pair.source not in ranks:
            ranks[pair.source] = [k for k in rank(pair.source) if k != pair.source]
        found = ranks[pair.source]
        place = found.index(pair.named) + 1 if pair.named in found else None
        halves[pair.is_chosen_on].append(place)
    row: dict[str, object] = {"method": name}
    for title, places in (
        ("chosen on", halves[True]),
        ("not chosen on", halves[False]),
        ("all", halves[True] + halves[False]),
    ):
        hit = statistics.fmean(p is not None and p <= 10 for p in places)
        reciprocal = statistics.fmean(1 / p if p else 0.0 for p in places)
        row |= {f"{title}: hit@10": f"{hit:.3f}", f"{title}: MRR": f"{reciprocal:.3f}"}
    return row


def library_of(
    corpus: Corpus, name: str, encoder: str, records: Iterable[dict[str, object]]
) -> Path:
    """Return a data directory of records with an encoder, built if there is none."""
    data = corpus.scratch / f"library-{name}"
    if not (data / "CURRENT").exists():
        dump = corpus.scratch / f"{name}.jsonl"
        with dump.open("w") as file:
            file.writelines(f"{json.dumps(record)}\n" for record in records)
        winnow("rebuild", dump, "--data", data, "--encoder", encoder)
        dump.unlink()
    return data
