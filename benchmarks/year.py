"""A year of updates: what 250 of them leave of speed and size, beside a rebuild."""

import lzma
import random
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import orjson

from benchmarks.corpus import NEW, OLD, Corpus, winnow
from benchmarks.tables import write
from benchmarks.updating import SEED, ask_in_turn, measure_size, update
from index import Library, Manifest, find_live, list_wear

UPDATES, NEW_A_DAY, CHANGED_A_DAY = 250, 310, 150


def run(corpus: Corpus) -> None:
    """Update the old library 250 times with new and changed papers, then rebuild it."""
    data = corpus.scratch / "year"
    shutil.rmtree(data, ignore_errors=True)
    winnow("rebuild", corpus.file(OLD), "--data", data)
    rows = [update(data, dump) for dump in _write_days(corpus)]
    worn = find_live(data)
    due = list(list_wear(worn, Manifest.read_from(worn)))
    winnow("rebuild", "--live", "--data", data)
    table = list(_compare(worn, find_live(data)))
    seconds = [row["s"] for row in rows]
    table.append(
        {"what": "seconds an update, first and last ten"}
        | {"after 250 updates": f"{sum(seconds[:10]) / 10:.1f}"}
        | {"rebuilt": f"{sum(seconds[-10:]) / 10:.1f}", "share": ""}
    )
    write("year", "A year of updates", table, updates=rows, due=due)


def _compare(worn: Path, fresh: Path) -> Iterator[dict[str, object]]:
    """Yield what differs between two snapshots, whose files have been read before."""
    for what, facets in (("", False), ("search", False), ("search with facets", True)):
        both = [Library.open(snapshot) for snapshot in (worn, fresh)]  # remembers nothing
        p50 = ask_in_turn(both, facets=facets)
        if what:
            yield _row(f"{what} p50, ms", *p50)
    yield _row("MiB on disk", measure_size(worn), measure_size(fresh))


def _row(what: str, worn: float, fresh: float) -> dict[str, object]:
    measured = {"after 250 updates": worn, "rebuilt": fresh}
    return {"what": what, **measured, "share": f"{worn / fresh:.0%}"}


def _write_days(corpus: Corpus) -> Iterator[Path]:
    """Write one dump after another: new papers, and old ones with another version."""
    chance = random.Random(SEED)
    dump = corpus.scratch / "day.jsonl"
    with lzma.open(corpus.file(NEW)) as new, lzma.open(corpus.file(OLD)) as old:
        every = max(1, 588_238 // (UPDATES * CHANGED_A_DAY))
        changed = (line for n, line in enumerate(old) if n % every == 0)
        for _ in range(UPDATES):
            lines = [*islice(new, NEW_A_DAY)]
            lines += [_change(line, chance) for line in islice(changed, CHANGED_A_DAY)]
            dump.write_bytes(b"".join(lines))
            yield dump


def _change(line: bytes, chance: random.Random) -> bytes:
    """Return a record with a second version and one word of its abstract less."""
    record = orjson.loads(line)
    words = (record.get("abstract") or "").split()
    if words:
        words.pop(chance.randrange(len(words)))
    versions = [*(record.get("versions") or ()), {"version": "v2", "created": _CREATED}]
    return (
        orjson.dumps(record | {"abstract": " ".join(words), "versions": versions}) + b"\n"
    )


_CREATED = "Mon, 1 Jun 2026 10:00:00 GMT"
