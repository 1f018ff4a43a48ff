"""Relevance of search: judged claims, and papers that a reader knows."""

import random
import re
import statistics
import string
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import orjson

from benchmarks.corpus import Corpus
from benchmarks.engine import all_papers
from benchmarks.judged import claims, document_records, documents, ndcg
from benchmarks.peers import PEERS, WORDS, Asked, BareTantivy
from benchmarks.related import library_of
from benchmarks.server import Client, serving
from benchmarks.tables import write
from index import Library, Paper, Shelf
from index.search.query.joining import STOP_WORDS
from index.search.terms.title import title_key

SEED = 2026
KNOWN = 2_000
_DEEP = 100
_WORD = re.compile(r"[^\W_]+")
_OURS = "Winnow"
_MODES = {
    _OURS: "",  # left to us: meaning has a part where few papers have all the words
    f"{_OURS}, words": "lexical",
    f"{_OURS}, words and meaning": "hybrid",
    f"{_OURS}, meaning": "semantic",
}

Ranked = Callable[[str, int], Sequence[int]]
"""Returns the best so many for a text, as numbers that tell papers apart."""


def run(corpus: Corpus) -> None:
    """Measure claims among 5,183 abstracts, and known papers among all."""
    _scifact(corpus)
    _known_items(corpus)


def _scifact(corpus: Corpus) -> None:
    """Ask each claim through the API; the numbers are the documents' own."""
    data = _claims_library(corpus)
    numbers = {paper.id: number for number, paper in documents(corpus)}
    rows = []
    with serving(data) as port:
        for name, mode in _MODES.items():
            rows.append(_judged(corpus, name, _api(Client(port), numbers, mode)))
    for peer in PEERS:
        made = peer(corpus.scratch / "peers-scifact" / peer.__name__)
        made.made(documents(corpus))
        rows.append(
            _judged(
                corpus,
                peer.name,
                lambda text, limit, made=made: made.search(Asked(WORDS, text), limit),
            )
        )
    write("scifact", "SciFact claims, 5,183 abstracts, MiniLM", rows, by="relevance")


def _claims_library(corpus: Corpus) -> Path:
    return library_of(corpus, "scifact", "minilm", document_records(corpus))


def _api(client: Client, numbers: dict[str, int], mode: str) -> Ranked:
    def ranked(text: str, limit: int) -> Sequence[int]:
        return [numbers[found] for found in _found_ids(client, text, limit, mode)]

    return ranked


def _found_ids(client: Client, text: str, limit: int, mode: str) -> list[str]:
    """Return the ids that the API finds, best first."""
    path = f"/api/search?fields=id&limit={limit}&mode={mode}&q={quote(text, safe='')}"
    return [paper["id"] for paper in orjson.loads(client.timed(path)[1])["data"]]


def _judged(corpus: Corpus, name: str, ranked: Ranked) -> dict[str, object]:
    row: dict[str, object] = {"engine": name}
    for split, file in (("train", "queries-train.jsonl"), ("test", "queries.jsonl")):
        gains, recalled = [], []
        for text, relevant in claims(corpus, split, file):
            found = ranked(text, _DEEP)
            gains.append(ndcg(found, relevant))
            recalled.append(sum(d in found for d in relevant) / len(relevant))
        row[f"{split} nDCG@10"] = f"{statistics.fmean(gains):.4f}"
        row[f"{split} recall@100"] = f"{statistics.fmean(recalled):.4f}"
    return row


def _known_items(corpus: Corpus) -> None:
    """Ask for papers drawn at random by what a reader may remember of them."""
    data = corpus.library()
    library = Shelf(data).library()
    queries = _remembered(library)
    peer = BareTantivy(corpus.scratch / "peers" / "BareTantivy").made(all_papers(library))

    def bare(text: str, limit: int) -> Sequence[Paper]:
        return library.catalog.by_keys(peer.search(Asked(WORDS, text), limit))

    rows = []
    with serving(data) as port:
        for what, asked in queries.items():
            client = Client(port)  # an idle connection is closed while the peer is asked
            ours = {n: _ours(client, library, mode) for n, mode in _MODES.items()}
            for name, search in (*ours.items(), (peer.name, bare)):
                rows.append({"asked by": what, "engine": name} | _found(asked, search))
    title = f"Known papers among {library.catalog.count():,}, {KNOWN:,} drawn"
    write("known", title, rows, by="relevance")


def _ours(
    client: Client, library: Library, mode: str
) -> Callable[[str, int], Sequence[Paper]]:
    def search(text: str, limit: int) -> Sequence[Paper]:
        ids = _found_ids(client, text, limit, mode)
        papers = library.catalog.by_ids(ids)
        return [papers[paper_id] for paper_id in ids]

    return search


def _remembered(library: Library) -> dict[str, list[tuple[str, Paper]]]:
    """Return each way to ask, with the papers that can be asked for so."""
    chance = random.Random(SEED)
    keys = chance.sample(range(1, library.catalog.count() + 1), KNOWN)
    queries: dict[str, list[tuple[str, Paper]]] = {}
    for paper in library.catalog.by_keys(keys):
        for what, text in _ways(paper, chance):
            queries.setdefault(what, []).append((text, paper))
    return queries


def _ways(paper: Paper, chance: random.Random) -> Iterator[tuple[str, str]]:
    words = [w for w in _WORD.findall(paper.title) if w.lower() not in STOP_WORDS]
    yield "its title", paper.title
    if slip := _with_slip(paper.title, chance):
        yield "its title with a slip", slip
    if len(words) > 1 and paper.authors:
        two = " ".join(chance.sample(words, 2))
        asked = f"{paper.authors[0].last} {paper.submitted.year} {two}"
        yield "first author, year, two words of the title", asked
    if len(words) > 2:
        yield "three words of the title in any order", " ".join(chance.sample(words, 3))


def _with_slip(title: str, chance: random.Random) -> str | None:
    """Return a title with one letter added, left out, replaced, or two swapped."""
    words = list(re.finditer(r"[A-Za-z]{4,}", title))
    if not words:
        return None
    word = chance.choice(words)
    text, at = word[0], chance.randrange(len(word[0]) - 1)
    letter = chance.choice(string.ascii_lowercase)
    slips = (
        text[:at] + letter + text[at:],
        text[:at] + text[at + 1 :],
        text[:at] + letter + text[at + 1 :],
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
    )
    slip = chance.choice([slip for slip in slips if slip != text])
    return title[: word.start()] + slip + title[word.end() :]


def _found(
    asked: list[tuple[str, Paper]], search: Callable[[str, int], Sequence[Paper]]
) -> dict[str, object]:
    """Return how often a paper, or another of its very title, is first, or in ten."""
    ranks = [_rank(search(text, 10), paper) for text, paper in asked]
    reciprocal = statistics.fmean(1 / rank if rank else 0.0 for rank in ranks)
    return {
        "asked": f"{len(ranks):,}",
        "hit@1": f"{statistics.fmean(rank == 1 for rank in ranks):.3f}",
        "hit@10": f"{statistics.fmean(rank > 0 for rank in ranks):.3f}",
        "MRR@10": f"{reciprocal:.3f}",
    }


def _rank(found: Sequence[Paper], wanted: Paper) -> int:
    """Return the rank of a paper, from 1 on; 0 where it is not found."""
    title = title_key(wanted.title)
    for rank, paper in enumerate(found, 1):
        if paper.id == wanted.id or title_key(paper.title) == title:
            return rank
    return 0
