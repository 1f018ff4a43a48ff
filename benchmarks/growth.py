"""Growth: search latency with 100,000, 588,238 and 3 million papers."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import OLD, Corpus, winnow
from benchmarks.kinds import drawn
from benchmarks.server import Client, serving
from benchmarks.tables import spread, write
from index import Shelf

SEED = 2026
QUERIES = 300
MILLIONS = 3_000_000
_FIRST_YEAR = 20
_PER_MONTH = 40_000
_KINDS = ("one word", "two words", "title", "phrase", "ten keywords", "filtered")


def run(corpus: Corpus) -> None:
    """Ask the same queries of libraries of three sizes, in the engine and over HTTP."""
    source = corpus.library()
    queries = drawn(Shelf(source).library(), random.Random(SEED), QUERIES)
    sizes = {
        "100,000": _library(corpus, "library-100k", "--limit", "100000"),
        "588,238": source,
        "3,000,000": _millions(corpus),
    }
    rows = []
    for name, data in sizes.items():
        rows.append({"papers": name, "MiB on disk": _mib(data)} | _times(data, queries))
    write("growth", "Growth: page of HTML with facets and highlights, milliseconds", rows)


def _times(data: Path, queries: dict[str, list[str]]) -> dict[str, object]:
    row: dict[str, object] = {}
    with serving(data) as port:
        client = Client(port)
        for kind in _KINDS:
            times = [client.timed(f"/search?{query}")[0] for query in queries[kind]]
            found = spread(times)
            row[f"{kind}, p50 / p99"] = f"{found['p50']:.1f} / {found['p99']:.1f}"
    return row


def _library(corpus: Corpus, name: str, *options: str) -> Path:
    data = corpus.scratch / name
    if not (data / "CURRENT").exists():
        winnow("rebuild", corpus.file(OLD), "--data", data, *options)
    return data


def _millions(corpus: Corpus) -> Path:
    """Return a library of the corpus over and over, with ids and word order changed.

    Frequencies of words grow as they would; phrases and titles beyond the first copy
    mean nothing.
    """
    data = corpus.scratch / "library-3m"
    if (data / "CURRENT").exists():
        return data
    dump = write_millions(corpus)
    winnow("rebuild", dump, "--data", data)
    dump.unlink()
    return data


def write_millions(corpus: Corpus) -> Path:
    """Write a dump of 3 million papers; return it."""
    plain, _ = corpus.unpacked(OLD)
    dump = corpus.scratch / "3m.jsonl"
    with dump.open("w") as file:
        for line in _repeated(plain):
            file.write(line)
    plain.unlink()
    return dump


def _repeated(plain: Path) -> Iterator[str]:
    chance = random.Random(SEED)
    count = 0
    while count < MILLIONS:
        is_copy = count > 0
        copied = 0
        with plain.open() as lines:
            for line in lines:
                if count == MILLIONS:
                    return
                yield _altered(line, count, chance) if is_copy else line
                count += 1
                copied += 1


def _altered(line: str, number: int, chance: random.Random) -> str:
    record = json.loads(line)
    month, place = divmod(number, _PER_MONTH)
    year = _FIRST_YEAR + month // 12
    record["id"] = f"{year:02}{month % 12 + 1:02}.{place + 1:05}"
    record.pop("versions", None)
    record["update_date"] = f"20{year:02}-{month % 12 + 1:02}-{place % 28 + 1:02}"
    for field in ("title", "abstract"):
        words = (record.get(field) or "").split()
        chance.shuffle(words)
        record[field] = " ".join(words)
    return json.dumps(record) + "\n"


def _mib(data: Path) -> int:
    return sum(file.stat().st_size for file in data.rglob("*") if file.is_file()) >> 20
