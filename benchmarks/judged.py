"""Judged sets: claims with abstracts, and papers that name others."""

import csv
import json
import math
import random
import re
from collections.abc import Iterator, Sequence
from datetime import date

from benchmarks.corpus import NEW, OLD, Corpus
from index import Author, Dump, Paper

_PER_MONTH = 9_000
_SEED = 2026
_VERSION = re.compile(r"v\d+$")
_ID = re.compile(
    r"(?:arXiv:)?\b(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?\b",
    re.IGNORECASE,
)


def documents(corpus: Corpus) -> Iterator[tuple[int, Paper]]:
    """Yield the abstracts as papers with made-up ids, under the set's numbers."""
    nobody = Author(last="Nobody")
    with corpus.file("eval/scifact/corpus.jsonl").open() as lines:
        for number, line in enumerate(lines):
            document = json.loads(line)
            month, place = divmod(number, _PER_MONTH)
            yield (
                int(document["_id"]),
                Paper(
                    id=f"{1001 + month:04}.{place + 1:04}",
                    title=document["title"],
                    abstract=document["text"],
                    authors=(nobody,),
                    categories=("q-bio.OT",),
                    submitted=date(2010, 1, 1),
                    updated=date(2010, 1, 1),
                ),
            )


def document_records(corpus: Corpus) -> Iterator[dict[str, object]]:
    """Yield the abstracts as records of a dump."""
    for _, paper in documents(corpus):
        yield {
            "id": paper.id,
            "title": paper.title,
            "abstract": paper.abstract,
            "authors": paper.authors[0].name,
            "categories": "q-bio.OT",
            "update_date": "2010-01-01",
        }


def claims(corpus: Corpus, split: str, file: str) -> Iterator[tuple[str, dict[int, int]]]:
    """Yield each claim with its relevant documents and their grades."""
    with corpus.file(f"eval/scifact/{file}").open() as lines:
        texts = {claim["_id"]: claim["text"] for claim in map(json.loads, lines)}
    judged: dict[str, dict[int, int]] = {}
    with corpus.file(f"eval/scifact/qrels/{split}.tsv").open() as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if grade := int(row["score"]):
                judged.setdefault(row["query-id"], {})[int(row["corpus-id"])] = grade
    for number, relevant in judged.items():
        yield texts[number], relevant


def ndcg(found: Sequence[int], relevant: dict[int, int], depth: int = 10) -> float:
    """Return the normalized discounted cumulative gain of a ranking, linear gains.

    Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002),
    as trec_eval computes ndcg_cut.
    """

    def gain(grades: Sequence[int]) -> float:
        return sum(g / math.log2(rank + 2) for rank, g in enumerate(grades[:depth]))

    ideal = gain(sorted(relevant.values(), reverse=True))
    return gain([relevant.get(document, 0) for document in found]) / ideal


def named_pairs(corpus: Corpus, name: str) -> list[tuple[str, str]]:
    """Return the ids of papers and of those that they name. Even rows are chosen on."""
    with corpus.file(f"eval/{name}").open() as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return [(row["source_id"], row["named_id"]) for row in rows]


def few_records(corpus: Corpus) -> list[dict[str, object]]:
    """Return the 10,000 papers that pairs are sought among, as `all_records` has them."""
    ids = set(corpus.file("eval/related-10k-ids.txt").read_text().split())
    return [record for record in all_records(corpus) if record["id"] in ids]


def stripped(text: str) -> str:
    """Return a text without arXiv ids."""
    return _ID.sub(" ", text).strip()


def all_records(corpus: Corpus) -> Iterator[dict[str, object]]:
    """Yield the papers of the old file as records, arXiv ids stripped from texts."""
    with Dump.open(corpus.file(OLD)) as dump:
        yield from map(_record, dump)


def new_records(
    corpus: Corpus, count: int
) -> tuple[list[dict[str, object]], list[tuple[str, str]]]:
    """Return papers of the new file as records, and pairs of which one names the other.

    Of the papers in no pair so many are drawn that there are `count` in all.
    """
    with Dump.open(corpus.file(NEW)) as dump:
        papers = {paper.id: paper for paper in dump}
    pairs = [
        (paper.id, named)
        for paper in papers.values()
        for named in dict.fromkeys(_named_by(paper))
        if named in papers and named != paper.id
    ]
    ends = {end for pair in pairs for end in pair}
    others = sorted(set(papers) - ends)
    drawn = ends | set(random.Random(_SEED).sample(others, count - len(ends)))
    return [_record(papers[paper_id]) for paper_id in sorted(drawn)], pairs


def _named_by(paper: Paper) -> Iterator[str]:
    for found in _ID.findall(f"{paper.abstract} {paper.comments or ''}"):
        yield _VERSION.sub("", found.lower().removeprefix("arxiv:"))


def _record(paper: Paper) -> dict[str, object]:
    return {
        "id": paper.id,
        "title": stripped(paper.title) or "Untitled",
        "abstract": stripped(paper.abstract) or "No abstract.",
        "authors_parsed": [[a.last, a.first, a.suffix] for a in paper.authors],
        "categories": " ".join(paper.categories),
        "update_date": paper.submitted.isoformat(),
    }
